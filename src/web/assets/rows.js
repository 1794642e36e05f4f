// A unit as a row: French left, English right, and what is to be known of it in the margin.

import { compared, fill, h, marked } from "./dom.js";
import { KINDS } from "./article.js";
import { session } from "./api.js";
import { many, message, t } from "./words.js";

/** The classes of a row: what it is, how far it has come, whether it begins a paragraph. */
export function classes(view, at) {
  const one = view.article.outline[at];
  const before = view.article.outline[at - 1];
  const kind = KINDS[one.kind];
  const first = !before || before.paragraph !== one.paragraph || view.scattered;
  return [
    "unit", `kind-${kind}`, `state-${one.state}`, first && "first", one.id === view.cursor && "cursor",
    view.selected.has(one.id) && "selected", one.pinned && "pinned",
    !["body", "heading", "caption"].includes(kind) && "boilerplate",
  ].filter(Boolean).join(" ");
}

/** Fills a row with its unit; a unit that is not read yet has only its shape. */
export function fillRow(view, node, at) {
  const { article } = view;
  const one = article.outline[at];
  // Until it is read again, a unit is shown as it was.
  const unit = article.units.get(one.id) ?? article.former.get(one.id);
  node.className = classes(view, at);
  node.setAttribute("aria-posinset", view.position(at) + 1);
  node.setAttribute("aria-setsize", view.shown.length);
  node.setAttribute("aria-label", `${t("Unit {n}", { n: at + 1 })}, ${t(one.state)}`);
  if (one.score !== null && one.state === "draft" && view.mode !== "read") {
    node.style.setProperty("--doubt", String(Math.max(0, Math.min(1, 1 - one.score))));
    node.classList.add("scored");
  } else {
    node.style.removeProperty("--doubt");
  }
  const own = view.field && view.writing.now?.id === one.id && node.contains(view.field) ? view.field.parentNode : null;
  if (!unit && own) return;
  if (!unit) {
    fill(node, h("div", { class: "fr" }, h("p", { class: "waiting" }, "…")), h("div", { class: "en" }), h("div", { class: "marks" }));
    return;
  }
  if (own) {
    // The field stays where it is: moved, it would lose its cursor.
    own.previousSibling.replaceWith(french(view, unit));
    own.nextSibling.replaceWith(marks(view, unit, at));
    return;
  }
  fill(node, french(view, unit), english(view, unit, at), view.mode === "read" ? null : marks(view, unit, at));
}

function french(view, unit) {
  const cell = h("div", { class: "fr", lang: session.source });
  if (view.mode === "read" && view.hide === "fr" && !view.revealed.has(unit.id) && unit.fr.length) {
    return fill(cell, reveal(view, unit, t("Show the French")));
  }
  const findings = view.mode === "read" ? [] : view.findingsOf(unit.id);
  // What holds of the whole sentence is told beside it; only a place in it is marked.
  const whole = unit.fr.join(" ").length;
  const spans = findings.filter((one) => one.fr && one.fr[1] - one.fr[0] < whole * 0.7).map((one) => ({ from: one.fr[0], to: one.fr[1], class: "place", title: message(one.message) }));
  if (!unit.fr.length) {
    fill(cell, unit.was?.length
      ? h("p", { class: "gone" }, h("del", {}, unit.was.join(" ")))
      : h("p", { class: "nothing" }, t("no French beside it")));
  } else if (spans.length && unit.id === view.cursor) {
    fill(cell, h("p", {}, marked(unit.fr.join(" "), spans)));
  } else {
    fill(cell, h("p", {}, unit.fr.map((text, nth) => [nth > 0 && h("span", { class: "joint", "aria-hidden": "true" }, " ¦ "), text])));
  }
  if (unit.changes && view.mode !== "read") fill(cell, h("p", { class: "was" }, compared(unit.changes)));
  return cell;
}

function english(view, unit, at) {
  const cell = h("div", { class: "en", lang: session.target });
  if (view.writing.now?.id === unit.id && view.field) {
    cell.append(view.field);
    return cell;
  }
  const hidden = view.mode === "read" && view.hide === "en" && !view.revealed.has(unit.id);
  if (hidden && unit.en.length) {
    return fill(cell, reveal(view, unit, t("Show the English")));
  }
  const text = unit.en.length
    ? unit.en.map((one, nth) => [nth > 0 && h("span", { class: "joint", "aria-hidden": "true" }, " ¦ "), one])
    : h("span", { class: "nothing" }, unit.state === "skipped" ? t("left in French") : view.mode === "read" ? "—" : t("no English yet"));
  cell.append(h("p", {}, text));
  if (view.mode !== "read") {
    cell.addEventListener("click", (event) => {
      if (String(document.getSelection())) return;
      event.preventDefault();
      view.write(at);
    });
  }
  return cell;
}

/** Stands for a side that is hidden, of one sentence. */
const reveal = (view, unit, name) => h("button", { class: "reveal", onclick: () => view.reveal(view.article.at.get(unit.id)) }, name);

function marks(view, unit, at) {
  const findings = view.findingsOf(unit.id);
  const worst = findings.some((one) => one.severity === "error") ? "error" : "warning";
  const parts = [
    h("span", { class: "number" }, at + 1),
    h("span", { class: `status ${unit.state}` }, t(unit.state)),
    unit.state === "stale" && unit.status === "reviewed" && h("span", { class: "status" }, t("reviewed")),
    unit.kind !== "body" && h("span", { class: "kind" }, t(unit.kind)),
    unit.origin && h("span", { class: "origin" }, unit.score === undefined ? t(unit.origin) : `${t(unit.origin)} ${Math.round(unit.score * 100)} %`),
    unit.set?.includes("bounds") && h("span", { class: "pin", title: t("pinned: no aligner moves it") }, t("pinned")),
    findings.length > 0 && h("span", { class: `found ${worst}` }, many(findings.length, "1 finding", "{n} findings")),
    unit.note && h("span", { class: "note", title: unit.note }, `✎ ${unit.note}`),
  ];
  return h("div", { class: "marks" }, view.mode === "review" && selector(view, unit), parts);
}

function selector(view, unit) {
  return h("label", { class: "select" },
    h("input", { type: "checkbox", checked: view.selected.has(unit.id), onchange: () => view.select(unit.id), "aria-label": t("Select unit {n}", { n: (view.article.at.get(unit.id) ?? 0) + 1 }) }));
}
