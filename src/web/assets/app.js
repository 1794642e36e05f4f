// The page: its head, which view is shown, language, light and dark.

import { Problem, greet, isThere, link, onPresence, session } from "./api.js";
import { turn } from "./actions.js";
import { KINDS } from "./article.js";
import { Dashboard } from "./dashboard.js";
import { tell } from "./dialogs.js";
import { fill, h, later, say } from "./dom.js";
import { choice } from "./drafts.js";
import { offer, showKeys, shownKey } from "./keys.js";
import { View } from "./view.js";
import { language, setLanguage, t } from "./words.js";

const VIEWS = [["edit", "Write"], ["align", "Align"], ["review", "Review"], ["read", "Read"]];

const page = document.getElementById("page");
let view = null;
let route = 0;
let placeNow = null;

/** How what is typed stands. */
const sign = h("span", { class: "sign", id: "sign" });

function signed(state) {
  const words = {
    saved: "Saved", typing: "…", saving: "Saving …", kept: isThere() ? "Kept in this browser, not saved yet" : "Kept in this browser: the server is gone", lost: "Not saved!",
    gone: "The server is gone", conflict: "Changed elsewhere",
  };
  if (state === "saved" && !isThere()) state = "gone";
  sign.dataset.state = state;
  sign.textContent = t(words[state]);
  if (["kept", "lost", "gone", "conflict"].includes(state)) say(t(words[state]));
}

function head() {
  const tabs = placeNow && h("nav", { class: "tabs", "aria-label": t("Views") }, VIEWS.map(([mode, name]) =>
    h("a", { href: link(placeNow.article, mode, view?.cursor, placeNow.edition), "aria-current": placeNow.mode === mode ? "page" : null }, t(name))));
  return h("div", { class: "head", role: "banner" },
    h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); const main = document.getElementById("main"); main.tabIndex = -1; main.focus(); } }, t("To the text")),
    h("a", { class: "brand", href: "#/", title: t("All articles") }, "en", h("i", {}, "regard")),
    tabs, h("span", { class: "gap" }), sign,
    h("div", { class: "side", role: "group", "aria-label": t("For the whole page") },
      icon("z", t("Undo"), "↶", () => (view?.act ? view.act("undo") : turn(null, "undo"))),
      icon("y", t("Redo"), "↷", () => (view?.act ? view.act("redo") : turn(null, "redo"))),
      icon("w", t("Light or dark"), "◐", turnTheme),
      language() === "en" ? icon("l", "Français", "FR", turnLanguage, "fr") : icon("l", "English", "EN", turnLanguage, "en"),
      icon("?", t("Keys"), "?", showKeys)));
}

const icon = (key, name, sign, run, lang) => h("button", {
  class: "icon", onclick: run, title: `${name} (${shownKey(key)})`, "aria-label": lang ? `${sign}, ${name}` : name, "aria-keyshortcuts": key, lang,
}, sign);

function turnTheme() {
  const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = dark ? "light" : "dark";
  choice("theme", theme);
  document.documentElement.dataset.theme = theme;
}

function turnLanguage() {
  setLanguage(language() === "en" ? "fr" : "en");
  show(true);
}

/** What the address asks for. */
function asked() {
  const [path, query] = location.hash.slice(1).split("?");
  const found = /^\/a\/([^/]+)$/.exec(path);
  if (!found) return null;
  const values = new URLSearchParams(query);
  const mode = VIEWS.some(([name]) => name === values.get("view")) ? values.get("view") : "edit";
  let article;
  try { article = decodeURIComponent(found[1]); } catch { return null; }
  return { article, edition: values.get("edition") || null, mode, unit: values.get("unit") };
}

const same = (a, b) => a && b && a.article === b.article && a.edition === b.edition && a.mode === b.mode;

async function show(force) {
  const place = asked();
  if (!force && view instanceof View && same(place, placeNow)) {
    const at = view.article.at.get(place.unit);
    if (at !== undefined && view.cursor !== place.unit) view.go(at, { where: 0.3 });
    return;
  }
  follow.cancel();
  route += 1;
  const own = route;
  const before = view;
  view = null;
  await before?.close();
  if (!isThere()) signed("saved");
  const next = place ? new View({ article: place.article, edition: place.edition }, { mode: place.mode, unit: place.unit, sign: signed, moved: (id) => moved(place, id) }) : new Dashboard();
  try {
    await next.open();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (own !== route) return;
    placeNow = null;
    document.title = `${t("This cannot be shown")} – enregard`;
    fill(page, head(), h("main", { id: "main", class: "dashboard" }, h("h1", {}, t("This cannot be shown")),
      h("p", { class: "lead" }, problem.code === "absent" ? t("There is no article of this name: {name}", { name: place?.article ?? "" }) : problem.message || t("The server is gone")),
      h("p", {}, h("a", { href: "#/", class: "button" }, t("All articles")))));
    page.querySelector("main a").focus();
    return;
  }
  if (own !== route) {
    next.close();
    return;
  }
  view = next;
  placeNow = place;
  fill(page, head(), next.node);
  document.title = place ? `${next.article.about.title ?? place.article} – enregard` : `${session.name} – enregard`;
  signed("saved");
  next.begin();
}

/** After a while: the browser takes its time over an address, and a cursor can be held down. Whoever has gone elsewhere stays there. */
const follow = later(150, (place, hash) => { if (same(place, asked()) && location.hash !== hash) history.replaceState(null, "", hash); });

/** The address follows the cursor, so that a page that is loaded again is where it was. */
function moved(place, id) {
  follow(place, link(place.article, place.mode, id, place.edition));
  document.querySelectorAll(".tabs a").forEach((tab, nth) => tab.setAttribute("href", link(place.article, VIEWS[nth][0], id, place.edition)));
}

function goView(by) {
  if (!placeNow) return;
  const at = VIEWS.findIndex(([mode]) => mode === placeNow.mode);
  location.hash = link(placeNow.article, VIEWS[(at + by + VIEWS.length) % VIEWS.length][0], view?.cursor, placeNow.edition);
}

offer([
  { id: "views", key: "v", group: "Everywhere", title: "next view: write, align, review, read", run: () => goView(1) },
  { id: "overview", key: "o", group: "Everywhere", title: "all articles", run: () => { location.hash = "#/"; } },
  { id: "theme", key: "w", group: "Everywhere", title: "light or dark", run: turnTheme },
  { id: "language", key: "l", group: "Everywhere", title: "the page’s language", run: turnLanguage },
]);

onPresence((there) => {
  document.documentElement.classList.toggle("alone", !there);
  if (there) tell(t("The server is back."));
  else tell(t("The server is gone. What you type is kept in this browser; start “enregard serve” again."), null, true);
});

// A file that is dropped where no text is brought would take the page's place.
for (const name of ["dragover", "drop"]) {
  addEventListener(name, (event) => { if (event.dataTransfer?.types.includes("Files") && !event.defaultPrevented) { event.preventDefault(); event.dataTransfer.dropEffect = "none"; } });
}

addEventListener("hashchange", () => show());
const theme = choice("theme");
if (theme) document.documentElement.dataset.theme = theme;
setLanguage(choice("language") ?? (navigator.language?.startsWith("fr") ? "fr" : "en"));

async function start() {
  try {
    await greet();
    KINDS.push(...session.kinds.filter((kind) => !KINDS.includes(kind)));
    await show(true);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    fill(page, h("main", { class: "dashboard" }, h("h1", {}, "enregard"), h("p", {}, problem.message || t("The server is gone"))));
    setTimeout(start, 1000);
  }
}

start();
