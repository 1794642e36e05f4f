// An article on the page: the list of its units, and the cursor in it.

import { actionsOf } from "./actions.js";
import { Problem, onPresence } from "./api.js";
import { Article } from "./article.js";
import { bar } from "./bars.js";
import { takeBrought } from "./bring.js";
import { h, later, say } from "./dom.js";
import { choice } from "./drafts.js";
import { Filter } from "./filter.js";
import { offer } from "./keys.js";
import { List } from "./list.js";
import { Panel } from "./panel.js";
import { classes, fillRow } from "./rows.js";
import { t } from "./words.js";
import { Writing } from "./writing.js";

/** How often another tab, or the command line, is looked for. */
const LOOK = 3000;

/** The list of an article's units and the cursor in it. */
export class Sheet {
  constructor(place, { mode, unit, sign, moved }) {
    this.article = new Article(place);
    this.mode = mode;
    this.start = unit;
    this.moved = moved;
    this.sign = sign;
    this.writing = new Writing(this.article, sign);
    // After a choice between two texts the field holds the one that was chosen.
    this.writing.settledText = (one) => {
      if (this.writing.now !== one || !this.field) return;
      this.field.value = one.text;
      this.grow();
    };
    this.rows = new Map();
    this.shown = [];
    this.places = new Int32Array(0);
    this.cursor = null;
    this.selected = new Set();
    this.revealed = new Set();
    this.hide = choice("hide") ?? "";
    this.filter = new Filter(this);
    this.panel = new Panel(this);
    this.node = h("main", { class: `article mode-${mode}`, id: "main" });
    this.scroller = h("div", { class: "scroller", tabindex: -1 });
    this.readSoon = later(40, () => this.read());
    this.article.on((what, id) => this.heard(what, id));
  }

  async open() {
    const { article } = this;
    await article.open(this.last());
    this.barNode = bar(this);
    this.node.append(this.barNode, this.filter.node, h("div", { class: "columns" }, this.scroller, this.mode === "read" ? null : this.panel.node));
    this.list = new List(this.scroller, {
      row: (at) => this.rowAt(this.shown[at]),
      guess: (width) => this.guess(width),
      shown: () => this.readSoon(),
    });
    this.forget = [this.mode === "align" && takeBrought(this), offer(actionsOf(this)), onPresence((there) => this.presence(there))];
    this.onfocus = () => this.look();
    addEventListener("focus", this.onfocus);
    this.onhide = () => { if (document.visibilityState === "hidden") this.writing.save(); };
    document.addEventListener("visibilitychange", this.onhide);
    this.timer = setInterval(() => { if (document.visibilityState === "visible") this.look(); }, LOOK);
    return this;
  }

  /** The unit that the page is to open at: the address's, or where one was last. */
  last() {
    return this.start ?? choice(`at/${this.article.place.article}`);
  }

  /** After the page stands: the list can be measured. */
  begin() {
    this.filter.begin();
    const at = this.article.at.get(this.last());
    this.choose();
    const first = this.placeOf(at) ?? this.shown.findIndex((one) => this.article.outline[one].state === "untranslated");
    const start = this.shown[Math.max(0, first)];
    if (start !== undefined) this.go(start, { focus: false, where: first > 0 ? 0.3 : undefined });
    // The sentences stand in the page before anything else is asked for.
    setTimeout(() => this.article.findAll(), 20);
    this.writing.sendKept();
  }

  close() {
    const done = this.writing.end();
    clearInterval(this.timer);
    removeEventListener("focus", this.onfocus);
    document.removeEventListener("visibilitychange", this.onhide);
    this.forget?.forEach((forget) => forget && forget());
    this.list?.close();
    this.readSoon.cancel();
    return done;
  }

  // What is in the list.

  /** Works out again which units are shown, and in which order. */
  choose() {
    const { article, filter } = this;
    this.shown = filter.places(article);
    this.scattered = filter.sort === "score";
    this.places = new Int32Array(article.outline.length).fill(-1);
    for (let place = 0; place < this.shown.length; place += 1) this.places[this.shown[place]] = place;
    this.selected = new Set([...this.selected].filter((id) => article.at.has(id)));
    this.rows.forEach((row, id) => { if (!article.at.has(id)) this.rows.delete(id); else row.stale = true; });
    this.scroller.classList.toggle("empty", !this.shown.length);
    this.scroller.dataset.empty = t("No sentence fits the filter.");
    this.list?.reset(this.shown.length);
    this.filter.count();
  }

  /** The place in the list of a unit, by its place in the article; none where it is not shown. */
  placeOf(at) {
    const place = this.places[at] ?? -1;
    return place < 0 ? undefined : place;
  }

  position(at) {
    return this.placeOf(at) ?? 0;
  }

  cursorAt() {
    return this.cursor === null ? -1 : this.article.at.get(this.cursor) ?? -1;
  }

  /** How high rows will be in a list of this width, by their texts' lengths. */
  guess(wide) {
    const { shown, article: { outline } } = this;
    const stacked = wide < 620;
    const signs = Math.max(stacked ? wide - 40 : wide / 2 - 70, 120) / 7.9;
    const rest = this.mode === "read" ? 10 : 46;
    return (place) => {
      const one = outline[shown[place]];
      const fr = Math.ceil(one.fr / signs) || 1;
      const en = Math.ceil(one.en / signs) || 1;
      return (stacked ? fr + en + 0.4 : Math.max(fr, en)) * 26 + rest;
    };
  }

  rowAt(at) {
    const id = this.article.outline[at].id;
    let row = this.rows.get(id);
    if (!row) {
      const node = h("div", { role: "listitem", tabindex: -1 });
      node.addEventListener("mousedown", (event) => {
        if (!(event.target instanceof HTMLElement) || event.target.closest("textarea, button, label, a")) return;
        this.go(this.article.at.get(id), { focus: false, scroll: false });
      });
      row = { node, stale: true };
      this.rows.set(id, row);
      // Only so many rows are held beside those that are seen.
      if (this.rows.size > 600) for (const [other, old] of this.rows) if (!old.node.isConnected && other !== id && other !== this.writing.now?.id) this.rows.delete(other);
    }
    if (row.stale) {
      row.stale = false;
      fillRow(this, row.node, at);
    }
    return row.node;
  }

  /** Reads what is seen and not read yet. */
  read() {
    const { from = 0, to = 0 } = this.list;
    this.article.need(this.shown.slice(Math.max(0, from - 10), to + 20).map((at) => this.article.outline[at].id));
  }

  /** A row is drawn anew. */
  redraw(id) {
    const row = this.rows.get(id);
    if (row) row.stale = true;
    this.list?.soon();
  }

  heard(what, id) {
    if (what === "unit") {
      this.redraw(id);
      this.filter.count();
      if (id === this.cursor) this.panel.show(id);
    } else if (what === "units" || what === "findings") {
      // Only those rows are drawn anew that are another: while scrolling that is most of the work.
      this.rows.forEach((row, one) => { if (id.has(one)) row.stale = true; });
      if (what === "findings" && this.filter.finding) this.choose();
      this.list?.soon();
      if (what === "findings") this.filter.names();
      if (this.cursor) this.panel.show(this.cursor);
    } else if (what === "outline") {
      this.kept();
    }
  }

  /** The article is another: the list is made anew, and stays where it was. */
  kept() {
    const scroll = this.scroller.scrollTop;
    this.choose();
    this.barNode.dispatchEvent(new CustomEvent("filtered"));
    this.scroller.scrollTop = scroll;
    if (this.writing.now && !this.article.at.has(this.writing.now.id)) {
      // Merged or split elsewhere: what was being typed there is asked about.
      this.field = null;
      this.writing.end();
    }
    if (this.cursor && !this.article.at.has(this.cursor)) {
      // The cursor stays where it stood.
      this.cursor = this.article.outline[Math.min(this.place, this.article.outline.length - 1)]?.id ?? null;
    }
    const one = this.writing.now;
    if (one && this.article.at.has(one.id)) {
      // What is being typed goes on, over what is there now, if that is the same; else saving will ask.
      this.article.whole(one.id).then((unit) => {
        if (one.text.trim() === one.saved.trim() && unit.tag !== one.tag && this.writing.now === one) {
          one.tag = unit.tag;
          one.saved = one.text = unit.en.join(" ");
          if (this.field) this.field.value = one.text;
        }
      }).catch(() => {});
    }
    this.list?.lay();
    this.read();
    if (this.cursor) this.article.need([this.cursor]).then(() => this.panel.show(this.cursor));
  }

  async look() {
    try {
      if (await this.article.refresh()) say(t("Changed elsewhere: the page shows it."));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
    }
  }

  presence(there) {
    this.writing.tellSign();
    if (there) this.writing.sendKept().then(() => this.look());
  }

  // The cursor, and writing.

  /** Goes to a unit, by its place in the article. */
  go(at, { focus = true, scroll = true, where } = {}) {
    if (at === undefined || at < 0 || !this.article.outline[at]) return;
    const before = this.cursor;
    this.cursor = this.article.outline[at].id;
    this.place = at;
    // Where the rows stand is asked for before they are touched: else all is laid out once more.
    const place = this.placeOf(at);
    if (scroll && place !== undefined) this.list.show(place, where);
    if (before && before !== this.cursor) {
      this.repaint(before);
      if (this.panel.findings.length) this.redraw(before);
    }
    if (before !== this.cursor && this.findingsOf(this.cursor).length) this.redraw(this.cursor);
    this.repaint(this.cursor);
    const row = this.rows.get(this.cursor);
    if (row?.node && focus && !this.writing.now) row.node.focus({ preventScroll: true });
    row?.node && this.rows.forEach((other) => { other.node.tabIndex = other === row ? 0 : -1; });
    this.panel.show(this.cursor);
    if (!this.article.units.has(this.cursor)) this.article.need([this.cursor]).then(() => this.panel.show(this.cursor));
    choice(`at/${this.article.place.article}`, this.cursor);
    this.moved?.(this.cursor);
  }

  repaint(id) {
    const at = this.article.at.get(id);
    const row = this.rows.get(id);
    if (row && at !== undefined) {
      const scored = row.node.classList.contains("scored");
      row.node.className = classes(this, at) + (scored ? " scored" : "");
    }
  }

  /** The next or previous unit in the list; with `writable`, one whose English can be written. */
  neighbour(by, writable) {
    let place = (this.placeOf(this.cursorAt()) ?? -1) + by;
    while (writable && place >= 0 && place < this.shown.length && this.article.outline[this.shown[place]].state === "orphan") place += by;
    return this.shown[place];
  }

  step(by) {
    const at = this.neighbour(by);
    if (at !== undefined) this.go(at);
  }
}
