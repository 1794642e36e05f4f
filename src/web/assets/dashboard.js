// The first page: the articles with how far they have come, progress over time, and a search over both sides.

import { Problem, get, link, session } from "./api.js";
import { fill, h, later, marked } from "./dom.js";
import { waiting } from "./drafts.js";
import { offer } from "./keys.js";
import { many, t, number, time } from "./words.js";
import { turn } from "./actions.js";
import { told } from "./article.js";

const STATES = ["reviewed", "draft", "stale", "skipped", "untranslated"];

const sum = (coverage) => STATES.reduce((all, state) => all + coverage[state], 0);
const done = (coverage) => coverage.reviewed + coverage.draft + coverage.skipped;
const share = (coverage) => (sum(coverage) ? Math.floor((done(coverage) * 100) / sum(coverage)) : 0);

/** Sentences by state, as a bar and in words. */
export function coverageBar(coverage, wide) {
  const all = sum(coverage) || 1;
  let at = 0;
  const told = STATES.filter((state) => coverage[state]).map((state) => `${number(coverage[state])} ${t(state)}`).join(", ");
  const parts = STATES.map((state) => {
    const width = (coverage[state] / all) * 100;
    const part = width > 0 && h("rect", { class: `part ${state}`, x: `${at}%`, y: 0, width: `${width}%`, height: 10 });
    at += width;
    return part;
  });
  return h("svg", { class: wide ? "coverage wide" : "coverage", role: "img", "aria-label": told, height: 10, width: "100%" }, h("title", {}, told), parts);
}

export class Dashboard {
  constructor() {
    this.node = h("main", { class: "dashboard", id: "main" });
    this.searchSoon = later(250, () => this.search());
  }

  async open() {
    const { articles, odd } = await get("/api/articles");
    this.articles = articles;
    this.list = h("div", { class: "articles" });
    this.days = h("section", { class: "days" });
    this.found = h("div", { class: "found-list", "aria-live": "polite" });
    this.field = h("input", { type: "search", id: "search", placeholder: t("Search French and English"), "aria-label": t("Search French and English"), autocomplete: "off", oninput: () => this.searchSoon() });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { this.field.value = ""; this.search(); this.field.blur(); }
    });
    const total = articles.filter((one) => one.coverage).reduce((all, one) => {
      for (const state of STATES) all[state] += one.coverage[state];
      return all;
    }, { reviewed: 0, draft: 0, stale: 0, skipped: 0, untranslated: 0 });
    fill(this.node,
      h("header", { class: "front" }, h("h1", {}, session.name),
        h("p", { class: "lead" }, many(articles.length, "1 article", "{n} articles"), " · ", many(sum(total), "1 sentence", "{n} sentences"), " · ", t("{n} % translated", { n: share(total) })),
        coverageBar(total, true), legend()),
      unsaved(),
      h("form", { role: "search", class: "search", onsubmit: (event) => event.preventDefault() }, this.field), this.found,
      this.list, this.days,
      odd.length > 0 && h("section", {}, h("h2", {}, t("Files that are no articles")), h("ul", {}, odd.map((one) => h("li", {}, h("code", {}, one.path), " ", one.why)))));
    this.draw(new Map());
    this.forget = offer([
      { id: "search", key: "/", group: "Going", title: "search French and English", run: () => this.field.focus() },
      { id: "down", key: "ArrowDown", group: "Going", title: "next article", run: () => this.step(1) },
      { id: "up", key: "ArrowUp", group: "Going", title: "previous article", run: () => this.step(-1) },
      { id: "undo", key: "z", group: "Everywhere", title: "undo", run: () => turn(null, "undo").then(() => this.again()) },
      { id: "redo", key: "y", group: "Everywhere", title: "redo", run: () => turn(null, "redo").then(() => this.again()) },
    ]);
    return this;
  }

  async again() {
    this.forget();
    await this.open();
    this.begin();
  }

  async begin() {
    this.node.querySelector(".articles a")?.focus({ preventScroll: true });
    this.timeline();
    const counts = new Map();
    for (const one of this.articles) {
      if (this.closed) return;
      try {
        const { findings } = await get(`/api/articles/${encodeURIComponent(one.name)}/findings`);
        counts.set(one.name, Object.values(findings).reduce((all, list) => all + told(list).length, 0));
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
      }
      const cell = this.list.querySelector(`[data-findings="${CSS.escape(one.name)}"]`);
      if (cell) fill(cell, counts.has(one.name) ? findingsTold(counts.get(one.name)) : "—");
    }
  }

  close() {
    this.closed = true;
    this.forget?.();
    this.searchSoon.cancel();
    return Promise.resolve();
  }

  step(by) {
    const all = [...this.node.querySelectorAll(".articles a.name")];
    all[Math.max(0, Math.min(all.length - 1, all.indexOf(document.activeElement) + by))]?.focus();
  }

  draw() {
    if (!this.articles.length) {
      fill(this.list, h("p", {}, t("No article yet. In a terminal:"), " ", h("code", {}, "enregard add ARTICLE.txt")));
      return;
    }
    const head = [t("Article"), t("Coverage"), t("Stale"), t("Findings"), t("Last change")];
    fill(this.list, h("table", {},
      h("caption", { class: "unseen" }, t("Articles")),
      h("thead", {}, h("tr", {}, head.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, this.articles.map((one) => this.line(one)))));
  }

  line(one) {
    if (one.error) {
      return h("tr", {}, h("th", { scope: "row" }, one.name), h("td", { colspan: 4, class: "warning" }, one.error));
    }
    const name = h("a", { class: "name", href: link(one.name, "edit") }, one.title ?? one.name);
    const state = { new: t("not begun"), changed: t("the article has changed") }[one.state];
    const todo = one.coverage.untranslated;
    return h("tr", {},
      h("th", { scope: "row" }, name,
        h("span", { class: "quiet" }, one.title ? one.name : "", state && ` ${state}`),
        one.editions.length > 0 && h("span", { class: "editions" }, one.editions.map((edition) => h("a", { href: link(one.name, "read", null, edition) }, edition)))),
      h("td", { "data-label": t("Coverage") }, coverageBar(one.coverage), h("span", { class: "quiet" }, `${share(one.coverage)}\u00A0%`, todo ? ` · ${t("{n} to do", { n: number(todo) })}` : "")),
      h("td", { "data-label": t("Stale"), class: one.coverage.stale ? "much" : "quiet" }, number(one.coverage.stale)),
      h("td", { "data-label": t("Findings"), "data-findings": one.name }, "…"),
      h("td", { "data-label": t("Last change"), class: "quiet when" }, one.changed ? time(one.changed) : "—"));
  }

  /** Sentences translated, day by day. */
  async timeline() {
    try {
      const { days } = await get("/api/progress");
      const dated = days.filter((day) => day.day);
      if (!dated.length) return;
      let sumDone = days.filter((day) => !day.day).reduce((all, day) => all + day.draft + day.reviewed + day.skipped, 0);
      const points = dated.map((day) => {
        sumDone += day.draft + day.reviewed + day.skipped;
        return { ...day, sum: sumDone };
      });
      const most = points.at(-1).sum || 1;
      const begin = Date.parse(points[0].day);
      const span = Math.max(Date.parse(points.at(-1).day) - begin, 1);
      const x = (day) => (points.length === 1 ? 100 : 1 + ((Date.parse(day) - begin) / span) * 98);
      const line = points.map((point) => `${x(point.day).toFixed(2)},${(38 - (point.sum / most) * 34).toFixed(2)}`);
      const start = points.length === 1 ? `0,38 ` : "";
      const told = many(most, "1 sentence by {day}", "{n} sentences by {day}", { day: time(points.at(-1).day) });
      fill(this.days, h("h2", {}, t("Progress")),
        h("svg", { class: "timeline", viewBox: "0 0 100 40", preserveAspectRatio: "none", role: "img", "aria-label": told },
          h("title", {}, told), h("polyline", { points: `${start}${line.join(" ")}`, "vector-effect": "non-scaling-stroke" })),
        h("p", { class: "quiet ends" }, h("span", {}, time(points[0].day)), h("span", {}, told)),
        h("details", {}, h("summary", {}, t("Day by day")), h("table", {}, h("thead", {}, h("tr", {}, ["Day", "reviewed", "draft", "skipped", "in all"].map((name) => h("th", { scope: "col" }, t(name))))),
          h("tbody", {}, points.slice(-60).reverse().map((point) => h("tr", {}, h("th", { scope: "row" }, time(point.day)), [point.reviewed, point.draft, point.skipped, point.sum].map((n) => h("td", {}, number(n)))))))));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
    }
  }

  async search() {
    const wanted = this.field.value.trim();
    if (wanted.length < 2) {
      fill(this.found);
      return;
    }
    try {
      const { hits, of } = await get(`/api/search?${new URLSearchParams({ text: wanted })}`);
      if (wanted !== this.field.value.trim()) return;
      const spans = (list) => list.map(([from, to]) => ({ from, to, class: "hit" }));
      fill(this.found,
        h("p", { class: "quiet" }, many(of, "1 sentence", "{n} sentences"), of > hits.length ? ` · ${t("the first {n}", { n: hits.length })}` : ""),
        h("ol", {}, hits.map((hit) => h("li", {}, h("a", { href: link(hit.article, "edit", hit.id, hit.edition) },
          h("span", { lang: session.source, class: "fr" }, marked(hit.fr, spans(hit.frSpans))), h("span", { lang: session.target, class: "en" }, hit.en ? marked(hit.en, spans(hit.enSpans)) : "—"),
          h("span", { class: "quiet" }, this.articles.find((one) => one.name === hit.article)?.title ?? hit.article))))));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      fill(this.found, h("p", { class: "warning" }, problem.message));
    }
  }
}

/** What was typed while the server was gone, and not sent since: opening its article sends it. */
function unsaved() {
  const all = waiting();
  return all.length > 0 && h("p", { class: "warning unsaved", role: "alert" }, t("Kept in this browser, not saved yet"), ": ", all.map(({ article, edition, count }, nth) =>
    [nth > 0 && ", ", h("a", { href: link(article, "edit", null, edition) }, edition ? `${article}@${edition}` : article), ` (${number(count)})`]));
}

const findingsTold = (count) => (count ? number(count) : h("span", { class: "quiet" }, "0"));

function legend() {
  return h("ul", { class: "legend" }, STATES.map((state) => h("li", {}, h("span", { class: `swatch ${state}`, "aria-hidden": "true" }), " ", t(state))));
}
