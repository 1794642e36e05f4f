// The bar above an article's list: what each view is for, as buttons. Everything in it has a key, too.

import { Problem, file, link, post, session } from "./api.js";
import { actionsOf } from "./actions.js";
import { askWhether, askWhich, tell } from "./dialogs.js";
import { fill, h } from "./dom.js";
import { choice } from "./drafts.js";
import { shownKey } from "./keys.js";
import { many, t } from "./words.js";

/** The bar of a view. */
export function bar(view) {
  const { article, mode } = view;
  const title = article.about.title ?? article.place.article;
  const facts = ["author", "publisher", "date", "licence", "translator"].map((key) => article.about[key]).filter(Boolean);
  const node = h("header", { class: "bar" },
    h("div", { class: "title" }, h("h1", {}, title), facts.length > 0 && h("p", { class: "quiet" }, facts.join(" · ")), editions(view)),
    h("p", { id: "how", class: "unseen" }, t("Saved by itself. Enter or Tab goes on, Escape leaves the text, Alt and a letter does something; Alt and the question mark shows all keys.")),
    changed(view),
    h("div", { class: "tools", role: "group", "aria-label": t("What can be done here") }, tools(view, mode)));
  node.addEventListener("filtered", () => drawPressed(node, view));
  drawPressed(node, view);
  return node;
}

/** A button for what can be done by key, too: the key is told. */
function button(view, id, name, { run = () => view.act(id), ...more } = {}) {
  const { key, title } = actionsOf(view).find((action) => action.id === id);
  return h("button", {
    onclick: run, title: `${t(title)} (${shownKey(key)})`, "aria-keyshortcuts": key === " " ? "Space" : key,
    class: more.class, "data-pressed": more.pressed, "aria-pressed": more.pressed && "false",
  }, name);
}

function tools(view, mode) {
  const filter = button(view, "filter", t("Filter"), { pressed: "filter", run: () => view.filter.toggle() });
  if (mode === "edit") return [filter, button(view, "boilerplate", t("Boilerplate"), { pressed: "boilerplate" })];
  if (mode === "align") {
    return [button(view, "bring", t("Bring a whole English text …"), { class: "main" }),
      button(view, "order", t("Least certain first"), { pressed: "order" }), button(view, "realign", t("Realign the rest")),
      h("span", { class: "gap" }), button(view, "merge", t("Merge")), button(view, "split", t("Split")), button(view, "border", t("Border")),
      button(view, "en-up", t("English ↑")), button(view, "en-down", t("English ↓")), button(view, "insert", t("Insert")),
      button(view, "cross-out", t("Cross out")), button(view, "pin", t("Pin")), filter];
  }
  if (mode === "review") {
    return [button(view, "stale", t("Stale only"), { pressed: "stale" }), button(view, "review", t("Reviewed")), button(view, "keep", t("Keep")), button(view, "skip", t("Leave in French")),
      button(view, "note", t("Note")), button(view, "kind", t("Kind")), button(view, "history", t("History")), h("span", { class: "gap" }), filter];
  }
  return reading(view, filter);
}

/** Which buttons are pressed: what the filter says, however it was told. */
function drawPressed(node, { article, filter }) {
  node.querySelector(".warning").hidden = !article.changed;
  const pressed = {
    stale: filter.states.has("stale") && filter.states.size === 1, boilerplate: filter.boilerplate,
    filter: !filter.node.hidden, order: filter.sort === "score",
  };
  for (const button of node.querySelectorAll("[data-pressed]")) button.setAttribute("aria-pressed", String(pressed[button.dataset.pressed]));
}

function reading(view, filter) {
  const names = { "": "Hide the English", en: "Hide the French", fr: "Show both" };
  const order = ["", "en", "fr"];
  const hide = button(view, "hide", "");
  const show = () => {
    view.node.dataset.hide = view.hide;
    fill(hide, t(names[view.hide]));
    view.rows.forEach((row) => { row.stale = true; });
    view.list?.reset(view.shown.length);
  };
  view.turnHiding = () => {
    view.hide = order[(order.indexOf(view.hide) + 1) % 3];
    choice("hide", view.hide);
    view.revealed.clear();
    show();
  };
  view.exportShown = () => exportShown(view);
  view.node.dataset.hide = view.hide;
  fill(hide, t(names[view.hide] ?? names[""]));
  return [hide, button(view, "export", t("Save as a file …")), filter];
}

async function exportShown(view) {
  const names = { html: t("a page, facing"), tsv: t("a table"), docx: t("a document, facing"), epub: t("a book, facing") };
  const format = await askWhich(many(view.shown.length, "Save the sentence that is shown", "Save the {n} sentences that are shown"),
    session.formats.map(({ name, title, ending }) => [name, names[name] ?? title, `.${ending}`]).sort((a, b) => (b[0] in names) - (a[0] in names)));
  if (!format) return;
  try {
    const ids = view.shown.map((at) => view.article.outline[at].id);
    const sides = { "": "both", en: "fr", fr: "en" }[view.hide];
    const blob = await file(view.article.path("/export"), { format, ids, sides });
    const saved = h("a", { download: `${view.article.place.article}.${session.formats.find((one) => one.name === format).ending}`, href: URL.createObjectURL(blob), class: "unseen" });
    document.body.append(saved);
    saved.click();
    setTimeout(() => { URL.revokeObjectURL(saved.href); saved.remove(); }, 1000);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    tell(problem.message, null, true);
  }
}

function editions(view) {
  const { article } = view;
  if (!article.editions.length) return null;
  const to = (edition, name) => h("a", {
    href: link(article.place.article, view.mode, null, edition), "aria-current": (article.place.edition ?? "") === edition ? "page" : null,
  }, name);
  return h("nav", { class: "editions", "aria-label": t("Editions") }, to("", t("own English")), article.editions.map((edition) => to(edition, edition)));
}

function changed(view) {
  return h("p", { class: "warning", role: "alert" }, t("The article has changed since its units were made."), " ", button(view, "sync", t("Carry the English over …")));
}

/** Carries the English over to the article as it is now, once it is sure that this is wanted. */
export async function carryOver(view) {
  if (!view.article.changed) {
    tell(t("The article is what its units were made of."));
    return;
  }
  const sure = await askWhether(t("Carry the English over"), h("p", {}, t("Unchanged sentences keep their English; where the French is another, the English becomes stale, to be looked at. Nothing that was typed is lost, and one undo takes it back.")), t("Carry over"));
  if (!sure) return;
  try {
    await post(view.article.path("/sync"));
    await view.article.refresh(true);
    tell(t("Carried over."));
  } catch (problem) {
    await view.refused(problem);
  }
}

/** The next edition of the article, its own English among them. */
export function nextEdition(view) {
  const all = ["", ...view.article.editions];
  const next = all[(all.indexOf(view.article.place.edition ?? "") + 1) % all.length];
  if (all.length > 1) location.hash = link(view.article.place.article, view.mode, null, next);
  else tell(t("There is no other edition."));
}
