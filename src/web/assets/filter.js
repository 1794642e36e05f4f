// Which units are shown, in which order; and one change to all of them, seen before it is made.

import { Problem, get } from "./api.js";
import { KINDS, STATES } from "./article.js";
import { askWhether, askWhich, tell } from "./dialogs.js";
import { compared, fill, h, later } from "./dom.js";
import { many, number, t } from "./words.js";

const isContent = (kind) => ["body", "heading", "caption"].includes(KINDS[kind]);

export class Filter {
  constructor(view) {
    this.view = view;
    this.states = new Set();
    this.finding = "";
    this.below = 1;
    this.text = "";
    this.holding = null;
    this.boilerplate = false;
    this.sort = "text";
    this.node = h("form", { class: "filter", role: "search", "aria-label": t("Which sentences are shown"), hidden: true });
    this.node.addEventListener("submit", (event) => event.preventDefault());
    this.look = later(200, () => this.hold());
  }

  /** The places of the units that are shown, in order. */
  places(article) {
    const all = [];
    article.outline.forEach((one, at) => {
      if (!this.boilerplate && !isContent(one.kind) && one.state !== "orphan") return;
      if (this.view.mode === "read" && one.state === "orphan") return;
      if (this.states.size && !this.states.has(one.state)) return;
      if (this.finding) {
        const own = article.findings.get(one.id);
        if (!own || (this.finding !== "any" && !own.some((finding) => finding.check === this.finding))) return;
      }
      if (this.below < 1 && !(one.score !== null && one.score < this.below)) return;
      if (this.holding && !this.holding.has(at)) return;
      all.push(at);
    });
    if (this.sort === "score") {
      const doubt = (at) => {
        const one = article.outline[at];
        // What is pinned or reviewed is settled; what has no score was typed.
        return one.pinned || one.reviewed ? 3 : one.score ?? (one.alone || one.state === "untranslated" ? 1.5 : 2);
      };
      all.sort((a, b) => doubt(a) - doubt(b) || a - b);
    }
    return all;
  }

  begin() {
    const { mode } = this.view;
    if (mode === "review" && innerWidth > 640) this.node.hidden = false;
    this.draw();
    this.view.barNode?.dispatchEvent(new CustomEvent("filtered"));
  }

  draw() {
    const { view } = this;
    const chip = (state) => h("button", {
      "data-state": state,
      type: "button", class: `chip ${state}`, "aria-pressed": String(this.states.has(state)),
      onclick: () => { if (this.states.has(state)) this.states.delete(state); else this.states.add(state); this.apply(); },
    }, t(state), " ", h("span", { class: "count" }));
    this.chips = h("div", { class: "chips", role: "group", "aria-label": t("By status") },
      STATES.filter((state) => view.mode !== "read" || state !== "orphan").map(chip));
    this.field = h("input", { type: "search", id: "filter-text", value: this.text, placeholder: t("A text in French or English"), "aria-label": t("A text in French or English"), autocomplete: "off" });
    this.field.addEventListener("input", () => { this.text = this.field.value; this.look(); });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        if (event.key === "Escape" && this.text) { this.field.value = this.text = ""; this.hold(); }
        view.go(view.shown.includes(view.cursorAt()) ? view.cursorAt() : view.shown[0]);
      }
    });
    this.findings = h("select", { id: "filter-finding", "aria-label": t("By finding"), onchange: () => { this.finding = this.findings.value; this.apply(); } });
    this.score = h("input", { type: "range", min: 0, max: 1, step: 0.01, value: this.below, "aria-label": t("Score below"), oninput: () => { this.below = Number(this.score.value); this.apply(); } });
    this.scoreShown = h("output", {});
    this.counted = h("p", { class: "counted", "aria-live": "polite" });
    fill(this.node, this.chips,
      h("div", { class: "fields" }, this.field,
        view.mode === "read" ? null : this.findings,
        view.mode === "read" ? null : h("label", { class: "score" }, t("Score below"), " ", this.score, this.scoreShown),
        h("label", {}, h("input", { type: "checkbox", checked: this.boilerplate, onchange: () => { this.turnBoilerplate(); this.node.querySelector("#filter-boilerplate").focus(); }, id: "filter-boilerplate" }), " ", t("boilerplate too")),
        h("button", { type: "button", class: "link", onclick: () => this.clear() }, t("Show all"))),
      h("div", { class: "fields" }, this.counted,
        view.mode === "review" && h("button", { type: "button", class: "bulk", onclick: () => this.bulk() }, t("Change all …"))));
    this.names();
    this.count();
  }

  /** The checks that found something, to choose from. */
  names() {
    if (!this.findings) return;
    const names = new Map();
    for (const list of this.view.article.findings.values()) for (const name of new Set(list.map((one) => one.check))) names.set(name, (names.get(name) ?? 0) + 1);
    const option = (value, name) => h("option", { value, selected: value === this.finding }, name);
    fill(this.findings, option("", t("with or without findings")), option("any", `${t("any finding")} (${this.view.article.findings.size})`),
      [...names].sort().map(([name, count]) => option(name, `${t(name)} (${count})`)));
  }

  count() {
    if (!this.counted || !this.chips) return;
    const { view } = this;
    const of = view.article.outline.length;
    if (!this.node.hidden) {
      const tally = new Map();
      for (const one of view.article.outline) if (this.boilerplate || isContent(one.kind) || one.state === "orphan") tally.set(one.state, (tally.get(one.state) ?? 0) + 1);
      for (const chip of this.chips.children) fill(chip.querySelector(".count"), number(tally.get(chip.dataset.state) ?? 0));
    }
    fill(this.counted, view.selected.size
      ? t("{n} selected of {of}", { n: view.selected.size, of })
      : t("{n} of {of} shown", { n: view.shown.length, of }));
    fill(this.scoreShown, this.below < 1 ? ` ${Math.round(this.below * 100)} %` : ` ${t("any")}`);
  }

  apply() {
    const focused = document.activeElement?.closest?.(".chip") ? [...this.chips.children].indexOf(document.activeElement) : -1;
    const cursor = this.view.cursorAt();
    this.view.choose();
    this.redrawChips(focused);
    const place = this.view.placeOf(cursor);
    if (place !== undefined) this.view.list.show(place, 0.3);
    else this.view.scroller.scrollTop = 0;
    this.view.barNode?.dispatchEvent(new CustomEvent("filtered"));
  }

  redrawChips(focused) {
    for (const chip of this.chips.children) chip.setAttribute("aria-pressed", String(this.states.has(chip.dataset.state)));
    if (focused >= 0) this.chips.children[focused]?.focus();
    this.count();
  }

  async hold() {
    const wanted = this.text.trim();
    if (!wanted) {
      this.holding = null;
      this.apply();
      return;
    }
    try {
      const { places } = await get(this.view.article.path("/where", { text: wanted }));
      if (wanted !== this.text.trim()) return;
      this.holding = new Set(places);
      this.apply();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      tell(problem.message, null, true);
    }
  }

  clear() {
    this.states.clear();
    this.finding = this.text = "";
    this.below = 1;
    this.holding = null;
    this.draw();
    this.apply();
  }

  focus() {
    this.open(true);
    this.field.select();
  }

  /** Shows what can be filtered by, with the cursor in its field, or hides it. */
  open(wanted) {
    this.node.hidden = !wanted;
    this.count();
    this.view.barNode?.dispatchEvent(new CustomEvent("filtered"));
    if (wanted) this.field.focus();
    this.view.list.soon();
  }

  /** Shows boilerplate among the rest, or leaves it out again. */
  turnBoilerplate() {
    this.boilerplate = !this.boilerplate;
    this.draw();
    this.apply();
  }

  /** Shows only what is so, or all again. */
  only(state) {
    const had = this.states.has(state) && this.states.size === 1;
    this.states.clear();
    if (!had) this.states.add(state);
    this.node.hidden = false;
    this.apply();
  }

  toggle() {
    this.open(this.node.hidden);
  }

  /** One change to all that are selected, or else shown: what would come of it is seen first. */
  async bulk() {
    const { view } = this;
    const { article } = view;
    const ids = view.selected.size ? [...view.selected] : view.shown.map((at) => article.outline[at].id);
    if (!ids.length) return;
    const checks = [...new Set(ids.flatMap((id) => (article.findings.get(id) ?? []).map((one) => one.check)))].sort();
    const change = await askWhich(many(ids.length, "Change 1 sentence", "Change {n} sentences"), [
      [{ status: "reviewed" }, t("mark as reviewed")],
      [{ status: "draft" }, t("mark as draft")],
      [{ keep: true }, t("the English still fits the changed French")],
      [{ status: "skipped" }, t("leave in French"), t("their English goes")],
      [{ en: "" }, t("take the English away")],
      [{ pin: true }, t("pin")],
      [{ pin: false }, t("take the pin away")],
      ["kind", t("change what they are …")],
      ...(checks.length ? [[{ dismiss: checks }, t("dismiss their findings"), checks.map((check) => t(check)).join(", ")]] : []),
    ]);
    if (!change) return;
    const wanted = change === "kind" ? await askWhich(t("What are these sentences?"), KINDS.map((kind) => [{ kind }, t(kind)])) : change;
    if (!wanted) return;
    try {
      const preview = await article.amendMany(ids, wanted, true);
      if (!preview.count) {
        tell(preview.refused.length ? `${t("None can be changed so:")} ${article.why({ message: preview.refused[0].why })}` : t("Nothing would change."));
        return;
      }
      const shown = h("div", {},
        h("p", {}, many(preview.count, "1 sentence would change.", "{n} sentences would change."), preview.refused.length ? ` ${many(preview.refused.length, "1 cannot be changed so and is left out.", "{n} cannot be changed so and are left out.")}` : ""),
        h("ol", { class: "preview", tabindex: 0, "aria-label": t("What would change") }, preview.changed.slice(0, 50).map(({ before, after }) => h("li", {},
          h("p", { lang: "fr" }, before.fr.join(" ") || before.was?.join(" ")),
          h("p", { lang: "en" }, difference(before, after))))),
        preview.count > 50 && h("p", { class: "quiet" }, t("… and {n} more", { n: preview.count - 50 })));
      if (!(await askWhether(many(preview.count, "Change 1 sentence", "Change {n} sentences"), shown, t("Change them")))) return;
      const done = await article.amendMany(ids, wanted, false);
      view.selected.clear();
      view.choose();
      view.read();
      tell(many(done.count, "1 sentence changed.", "{n} sentences changed."), [t("Undo"), () => view.act("undo")]);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      tell(problem.code === "changed" ? t("Some were changed elsewhere meanwhile: nothing was written. Look again.") : article.why(problem), null, true);
      await article.refresh(true).catch(() => {});
    }
  }
}

/** What is another after a change, in short. */
function difference(before, after) {
  const parts = [];
  const [old, now] = [before.en.join(" "), after.en.join(" ")];
  if (old !== now) parts.push(compared([[-1, old], [1, now]].filter(([, text]) => text)));
  else parts.push(old);
  for (const key of ["state", "kind"]) if (before[key] !== after[key]) parts.push(h("span", { class: "quiet" }, ` ${t(before[key])} → ${t(after[key])}`));
  if ((before.set ?? []).includes("bounds") !== (after.set ?? []).includes("bounds")) parts.push(h("span", { class: "quiet" }, ` ${after.set?.includes("bounds") ? t("pinned") : t("not pinned")}`));
  if ((after.dismissed ?? []).length !== (before.dismissed ?? []).length) parts.push(h("span", { class: "quiet" }, ` ${t("dismissed")}: ${after.dismissed.map((check) => t(check)).join(", ")}`));
  return parts;
}
