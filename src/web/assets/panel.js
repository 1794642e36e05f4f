// Beside the list: what helps with the unit at hand. Findings as one types, matches, terms, the change of the French.

import { Problem, get } from "./api.js";
import { compared, fill, h, later } from "./dom.js";
import { message, t, time } from "./words.js";

/** A message with what stands in backquotes set apart. */
const quoted = (text) => text.split("`").map((part, nth) => (nth % 2 ? h("q", {}, part) : part));

export class Panel {
  constructor(view) {
    this.view = view;
    this.node = h("aside", { class: "panel", "aria-label": t("Help with this unit") });
    this.findings = [];
    this.help = null;
    this.id = null;
    this.checkSoon = later(250, () => this.check(true));
    this.checkLater = later(1500, () => this.check(false));
    this.helpSoon = later(80, () => this.ask());
    this.helpLater = later(700, () => this.ask());
  }

  /** The unit at hand is this one. */
  show(id) {
    if (this.id !== id) {
      this.id = id;
      this.help = null;
      this.findings = this.view.article.findings.get(id) ?? [];
      if (id) this.helpSoon();
    } else {
      this.findings = this.view.article.findings.get(id) ?? this.findings;
    }
    this.draw();
  }

  /** What is typed is another text. */
  typed() {
    this.checkSoon();
    this.checkLater();
  }

  /** Checks what is typed; while it is half typed (`half`), what it still lacks is no finding. */
  async check(half) {
    const { writing, article } = this.view;
    const one = writing.now;
    if (!one) return;
    try {
      const found = await article.check(one.id, one.text);
      const dismissed = article.units.get(one.id)?.dismissed ?? [];
      const lacking = ["omission", "length", "end-punctuation", "names", "numbers", "dates"];
      this.findings = found.filter((finding) => !dismissed.includes(finding.check) && !(half && lacking.includes(finding.check) && !finding.en));
      if (this.findings.length) article.findings.set(one.id, this.findings);
      else article.findings.delete(one.id);
      if (this.id === one.id) this.draw();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
    }
  }

  async ask() {
    const id = this.id;
    if (!id) return;
    try {
      const help = await get(this.view.article.path(`/units/${id}/help`));
      if (this.id !== id) return;
      this.help = help;
      this.draw();
      // While the memory is being read, what it holds is asked for again.
      if (help.coming) this.helpLater();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
    }
  }

  /** The nth match or term, from 1, as it can be put in. */
  insertable(nth) {
    return [...(this.help?.matches ?? []).map((match) => match.en), ...(this.help?.terms ?? []).map((term) => term.en[0])][nth - 1];
  }

  /** The findings as they stand there: faults first. */
  ordered() {
    return [...this.findings].sort((a, b) => (b.severity === "error") - (a.severity === "error"));
  }

  draw() {
    const { view } = this;
    const unit = this.id && view.article.units.get(this.id);
    if (!unit) {
      fill(this.node, h("p", { class: "quiet" }, t("Go to a sentence: what helps with it stands here.")));
      return;
    }
    let nth = 0;
    const insert = (text) => {
      nth += 1;
      const key = nth;
      return h("button", { class: "insert", onclick: () => view.insert(text), title: t("Put it in") }, h("kbd", {}, key), " ", text);
    };
    const matches = this.help?.matches ?? [];
    const terms = this.help?.terms ?? [];
    const nothing = this.help && !this.help.coming && !matches.length && !terms.length && !this.findings.length && !unit.changes && !unit.note;
    fill(this.node,
      unit.changes && h("section", {}, h("h3", {}, t("The French has changed")), h("p", {}, t("Old and new stand marked in the sentence.")), h("p", { class: "buttons" }, h("button", { onclick: () => view.act("keep") }, t("The English still fits")))),
      this.findings.length > 0 && h("section", {}, h("h3", {}, t("Findings")), h("ul", { class: "findings" }, this.ordered().map((one) =>
        h("li", { class: `sev-${one.severity}` }, h("p", {}, h("strong", {}, t(one.check)), " ", quoted(message(one.message))),
          h("span", { class: "buttons" },
            one.suggestion && one.en && h("button", { onclick: () => view.suggest(one) }, t("Take “{text}”", { text: one.suggestion })),
            h("button", { onclick: () => view.dismiss(one.check) }, t("Dismiss"))))))),
      matches.length > 0 && h("section", {}, h("h3", {}, t("Alike in the corpus")), h("ul", { class: "matches" }, matches.map((match) =>
        h("li", {}, h("p", { lang: "fr" }, h("span", { class: "percent" }, `${Math.round(match.likeness * 100)}\u00A0%`), " ", compared(match.changes)), insert(match.en),
          match.source && h("p", { class: "quiet" }, match.source))))),
      terms.length > 0 && h("section", {}, h("h3", {}, t("Terms")), h("ul", { class: "terms" }, terms.map((term) =>
        h("li", {}, h("span", { lang: "fr" }, term.fr), " → ", insert(term.en[0]), term.en.length > 1 && h("span", { class: "quiet" }, ` ${term.en.slice(1).join("; ")}`))))),
      nothing && h("p", { class: "quiet" }, t("Nothing found, nothing alike, no term.")),
      this.help?.coming && h("p", { class: "quiet" }, t("The memory is being read …")),
      unit.note && h("section", {}, h("h3", {}, t("Note")), h("p", {}, unit.note)),
      h("p", { class: "quiet last" }, unit.changed ? t("changed {when}", { when: time(unit.changed) }) + (unit.by ? ` · ${unit.by}` : "") : t("not touched yet"),
        " ", h("button", { class: "link", onclick: () => view.act("history") }, t("History"))));
  }
}
