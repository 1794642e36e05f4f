// The bar above an article's list: what each view is for, as buttons. Everything in it has a key, too.

import { Problem, file, post, session } from "./api.js";
import { add, fill, h } from "./dom.js";
import { askWhether, askWhich, dialog, tell } from "./dialogs.js";
import { choice } from "./drafts.js";
import { bring } from "./bring.js";
import { t } from "./words.js";

/** The bar of a view. */
export function bar(view) {
  const { article, mode } = view;
  const title = article.about.title ?? article.place.article;
  const facts = ["author", "publisher", "date", "licence", "translator"].map((key) => article.about[key]).filter(Boolean);
  const node = h("header", { class: "bar" },
    h("div", { class: "title" }, h("h1", {}, title), facts.length > 0 && h("p", { class: "quiet" }, facts.join(" · ")), editions(view)),
    h("p", { id: "how", class: "unseen" }, t("Saved by itself. Enter or Tab goes on, Escape leaves the text, Alt and a letter does something; Alt and the question mark shows all keys.")),
    article.changed && changed(view),
    h("div", { class: "tools", role: "group", "aria-label": t("What can be done here") }, tools(view, mode)));
  node.addEventListener("filtered", () => drawPressed(node, view));
  return node;
}

const button = (view, id, name, extra = {}) => h("button", { onclick: () => view.act(id), title: t(extra.title ?? name), ...extra.set }, name);

function tools(view, mode) {
  const filter = h("button", { "aria-pressed": String(mode === "review" && innerWidth > 640), "data-pressed": "filter", onclick: (event) => event.currentTarget.setAttribute("aria-pressed", String(view.filter.toggle())) }, t("Filter"));
  if (mode === "edit") return [filter, boilerplate(view)];
  if (mode === "align") {
    const order = h("button", { "aria-pressed": "false", onclick: (event) => {
      view.filter.sort = view.filter.sort === "score" ? "text" : "score";
      event.currentTarget.setAttribute("aria-pressed", String(view.filter.sort === "score"));
      view.choose();
      view.scroller.scrollTop = 0;
      view.go(view.shown[0], { focus: false });
      view.read();
    } }, t("Least certain first"));
    view.realign = () => bring(view, true);
    return [h("button", { class: "main", onclick: () => bring(view, false) }, t("Bring a whole English text …")), order,
      button(view, "realign", t("Realign the rest"), { title: "align anew what is not pinned" }),
      h("span", { class: "gap" }), button(view, "merge", t("Merge")), button(view, "split", t("Split")), button(view, "border", t("Border")),
      button(view, "en-up", t("English ↑")), button(view, "en-down", t("English ↓")), button(view, "insert", t("Insert")),
      button(view, "cross-out", t("Cross out")), button(view, "pin", t("Pin")), filter];
  }
  if (mode === "review") {
    const stale = h("button", { "aria-pressed": "false", "data-pressed": "stale", onclick: () => only(view, "stale") }, t("Stale only"));
    return [stale, button(view, "review", t("Reviewed")), button(view, "keep", t("Keep")), button(view, "skip", t("Leave in French")),
      button(view, "note", t("Note")), button(view, "kind", t("Kind")), button(view, "history", t("History")), h("span", { class: "gap" }), filter];
  }
  return reading(view, filter);
}

function only(view, state) {
  const { filter } = view;
  const had = filter.states.has(state) && filter.states.size === 1;
  filter.states.clear();
  if (!had) filter.states.add(state);
  filter.node.hidden = false;
  filter.apply();
}

function drawPressed(node, view) {
  const stale = node.querySelector("[data-pressed=stale]");
  stale?.setAttribute("aria-pressed", String(view.filter.states.has("stale") && view.filter.states.size === 1));
}

function boilerplate(view) {
  return h("button", { "aria-pressed": "false", onclick: (event) => {
    view.filter.boilerplate = !view.filter.boilerplate;
    event.currentTarget.setAttribute("aria-pressed", String(view.filter.boilerplate));
    view.filter.draw();
    view.filter.apply();
  } }, t("Boilerplate"));
}

function reading(view, filter) {
  const names = { "": "Hide the English", en: "Hide the French", fr: "Show both" };
  const order = ["", "en", "fr"];
  const hide = h("button", { onclick: () => view.turnHiding() });
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
  return [hide, h("button", { onclick: () => exportShown(view) }, t("Save as a file …")), filter];
}

async function exportShown(view) {
  const names = { html: t("a page, facing"), tsv: t("a table"), docx: t("a document, facing"), epub: t("a book, facing") };
  const format = await askWhich(t("Save the {n} sentences that are shown", { n: view.shown.length }),
    session.formats.map(({ name, title, ending }) => [name, names[name] ?? title, `.${ending}`]).sort((a, b) => (b[0] in names) - (a[0] in names)));
  if (!format) return;
  try {
    const ids = view.shown.map((at) => view.article.outline[at].id);
    const sides = { "": "both", en: "fr", fr: "en" }[view.hide];
    const blob = await file(view.article.path("/export"), { format, ids, sides });
    const link = h("a", { download: `${view.article.place.article}.${session.formats.find((one) => one.name === format).ending}`, href: URL.createObjectURL(blob), class: "unseen" });
    document.body.append(link);
    link.click();
    setTimeout(() => { URL.revokeObjectURL(link.href); link.remove(); }, 1000);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    tell(problem.message, null, true);
  }
}

function editions(view) {
  const { article } = view;
  if (!article.editions.length) return null;
  const link = (edition, name) => h("a", {
    href: `#/a/${encodeURIComponent(article.place.article)}?view=${view.mode}${edition ? `&edition=${encodeURIComponent(edition)}` : ""}`,
    "aria-current": (article.place.edition ?? "") === edition ? "page" : null,
  }, name);
  return h("nav", { class: "editions", "aria-label": t("Editions") }, link("", t("own English")), article.editions.map((edition) => link(edition, edition)));
}

function changed(view) {
  return h("p", { class: "warning", role: "alert" }, t("The article has changed since its units were made."), " ",
    h("button", { onclick: async () => {
      const sure = await askWhether(t("Carry the English over"), h("p", {}, t("Unchanged sentences keep their English; where the French is another, the English becomes stale, to be looked at. Nothing that was typed is lost, and one undo takes it back.")), t("Carry over"));
      if (!sure) return;
      try {
        await post(view.article.path("/sync"));
        await view.article.refresh(true);
        view.node.querySelector(".warning")?.remove();
        tell(t("Carried over."));
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        tell(problem.message, null, true);
      }
    } }, t("Carry the English over …")));
}

/** A dialog that only tells. */
export function telling(title, ...content) {
  return dialog(title, (close) => [add(h("div", {}), content), h("p", { class: "buttons" }, h("button", { class: "main", onclick: () => close(null) }, t("Close")))], "wide");
}
