// What can be done, and by which key. Within a text with Alt, outside it the letter alone; `?` shows them all.

import { h } from "./dom.js";
import { t } from "./words.js";
import { dialog } from "./dialogs.js";

const actions = new Map();

/** Adds actions: {id, key, title, group, run}; one with the same id takes another's place. Returns what takes them away again. */
export function offer(list) {
  for (const action of list) actions.set(action.id, action);
  return () => {
    for (const action of list) if (actions.get(action.id) === action) actions.delete(action.id);
  };
}

/** How a key is shown. */
export function shownKey(key) {
  const names = { ArrowUp: "↑", ArrowDown: "↓", " ": t("Space"), Enter: "↵", Escape: "Esc", PageUp: "PgUp", PageDown: "PgDn" };
  return key.split("+").map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(" ");
}

const isText = (node) => node instanceof HTMLElement && (node.matches("textarea, select, [contenteditable]") || (node.matches("input") && !/^(checkbox|radio|range|button)$/.test(node.type)));

/** The key that was hit, as actions name it: by its place, where Alt makes another sign of it. */
function nameOf(event) {
  if (event.key.length > 1 || event.key === " ") return event.key;
  if (event.altKey) {
    if (/^Key[A-Z]$/.test(event.code)) {
      // On another layout the sign counts, where it is one: Alt leaves it alone on most systems.
      const sign = event.key.toLowerCase();
      return /^[a-z]$/.test(sign) ? sign : event.code.slice(3).toLowerCase();
    }
    if (/^Digit[0-9]$/.test(event.code)) return event.code.slice(5);
  }
  return event.key.toLowerCase();
}

document.addEventListener("keydown", (event) => {
  // What is hit in a dialog is the dialog's, also where it has closed by it.
  if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]") || event.target.closest?.("dialog")) return;
  const inText = isText(event.target);
  const key = nameOf(event);
  if (event.ctrlKey || event.metaKey) return;
  if (event.key === "F1" || ((key === "?" || event.key === "?") && (!inText || event.altKey))) {
    event.preventDefault();
    showKeys();
    return;
  }
  if (inText && !event.altKey) return;
  // A button and a link have their own Enter and Space.
  if (event.target instanceof HTMLElement && event.target.matches("button, a, input, summary") && (key === "Enter" || key === " ")) return;
  const shifted = event.shiftKey && key.length > 1 ? `Shift+${key}` : key;
  const all = [...actions.values()];
  // What is for Alt alone comes before what goes by the same key without it.
  const action = (event.altKey && all.find((one) => one.key === `Alt+${shifted}`)) || all.find((one) => one.key === shifted);
  if (!action) return;
  event.preventDefault();
  action.run();
});

/** All keys, on one page. */
export function showKeys() {
  const groups = new Map();
  for (const action of actions.values()) {
    if (!action.key || !action.title) continue;
    const group = action.group ?? "Everywhere";
    groups.set(group, [...(groups.get(group) ?? []), action]);
  }
  const writing = [
    ["↵ Tab", t("save and go on to the next")],
    ["Shift Tab", t("save and go back")],
    ["Ctrl ↵", t("reviewed, and on to the next")],
    ["Shift ↵", t("a new line in the text")],
    ["Esc", t("leave the text; letters are keys then")],
  ];
  const table = (rows) => h("dl", { class: "keys" }, rows.map(([key, what]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, what))));
  return dialog(t("Keys"), (close) => [
    h("p", { class: "quiet" }, t("In a text hold Alt with the letter; outside, the letter alone does it.")),
    h("div", { class: "keygroups" },
      h("section", {}, h("h3", {}, t("Writing")), table(writing)),
      [...groups].map(([group, list]) => h("section", {}, h("h3", {}, t(group)), table(list.map((action) => [shownKey(action.key), t(action.title)]))))),
    h("p", { class: "buttons" }, h("button", { class: "main", onclick: close }, t("Close"))),
  ], "keyboard");
}
