// The page's words: English as they stand in the code, French from the list. Numbers and dates in the reader's way.

import { FINDINGS, FRENCH, REFUSALS } from "./french.js";
import { choice } from "./drafts.js";

let own = "en";

export const language = () => own;

/** Sets the page's language: `en` or `fr`. */
export function setLanguage(wanted) {
  own = wanted === "fr" ? "fr" : "en";
  choice("language", own);
  document.documentElement.lang = own;
}

/** A text in the page's language; `{name}` stands for a value. */
export function t(text, values = {}) {
  const found = set(own === "fr" ? FRENCH[text] ?? text : text);
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** No line ends before a percent sign, nor before or behind the marks that French sets apart. */
const set = (text) => text.replace(own === "fr" ? / (?=[%:;!?»])|(?<=«) /g : / (?=%)/g, "\u00A0");

/** What a check says, or a refusal, in the page's language where it has it. */
export function message(text, list = FINDINGS) {
  if (own !== "fr") return text;
  const values = [];
  const kind = text.replace(/`[^`]*`|\d+/g, (value) => {
    values.push(value);
    return value.startsWith("`") ? "``" : "#";
  });
  return list[kind]?.replace(/``|#/g, () => values.shift()) ?? text;
}

/** Why something was refused: its units by the numbers that the page shows, without the article's name before it. */
export function reason(text, numberOf) {
  const numbered = text.replace(/\b[a-z][0-9a-z]{9}\b/g, (id) => numberOf(id) ?? id);
  return message(numbered.replace(/^[^:]+: (?=unit \d|the English for)/, ""), REFUSALS);
}

/** A number of something: `many(2, "1 sentence", "{n} sentences")`. */
export const many = (n, one, more, values = {}) => t(n === 1 ? one : more, { n: number(n), ...values });

export const number = (value) => new Intl.NumberFormat(own).format(value);

/** A day, and the hour where it is known. */
export function time(at) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const today = new Date().toDateString() === date.toDateString();
  const style = at.length <= 10 ? { dateStyle: "medium" } : today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(own === "en" ? "en-GB" : "fr", style).format(date);
}
