// What became of a unit: who, when, what; and going back.

import { Problem, get, post } from "./api.js";
import { compared, h } from "./dom.js";
import { dialog, tell } from "./dialogs.js";
import { t, time } from "./words.js";

/** Shows the history of a unit; true where an earlier state was put back. */
export async function showHistory(article, seen) {
  // What is put back is put over what the history ends with: the page may still hold what was there before.
  const { events, unread, unit } = await get(article.path(`/units/${seen.id}/history`)).then((told) => ({ ...told, unit: told.unit ?? seen }));
  const back = await dialog(t("History of unit {n}", { n: unit.at + 1 }), (close) => [
    h("blockquote", { lang: "fr" }, unit.fr.join(" ") || unit.was?.join(" ")),
    unread.map((line) => h("p", {}, t("A line of the journal cannot be read, and what it says is not shown: {line}", { line }))),
    events.length === 0 && unread.length === 0 && h("p", {}, t("Nothing has changed it yet, as far as this corpus’s journal goes.")),
    h("ol", { class: "events" }, events.map((event) => h("li", {},
      h("p", { class: "quiet" }, time(event.at), " · ", event.by ?? t("somebody"), " · ", h("code", {}, event.command)),
      h("p", { lang: "en" }, compared(event.changes)),
      states(event),
      h("p", { class: "buttons" },
        event.before?.en?.length ? h("button", { onclick: () => close({ step: event.step, before: true }) }, t("Back to before this")) : null,
        event.after && event.after.tag !== unit.tag ? h("button", { onclick: () => close({ step: event.step, before: false }) }, t("Back to this")) : null)))),
    h("p", { class: "buttons" }, h("button", { class: "main", autofocus: true, onclick: () => close(null) }, t("Close"))),
  ], "wide");
  if (!back) return false;
  try {
    article.replace(await post(article.path(`/units/${unit.id}/restore`), { ...back, tag: unit.tag }));
    return true;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    tell(problem.message, null, true);
    await article.refresh(true);
    return false;
  }
}

/** What else than the English changed. */
function states({ before, after }) {
  const told = [];
  for (const key of ["status", "kind", "note"]) {
    const [old, now] = [before?.[key] ?? "", after?.[key] ?? ""];
    if (old !== now) told.push(t("{what}: {old} → {now}", { what: t(key), old: t(old) || "—", now: t(now) || "—" }));
  }
  if (!after) told.push(t("gone"));
  return told.length ? h("p", { class: "quiet" }, told.join(" · ")) : null;
}
