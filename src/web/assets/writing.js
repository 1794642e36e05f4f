// Typing the English of one unit: saved by itself, kept in the browser while the server is gone, never written over another's.

import { Problem, isThere } from "./api.js";
import { askConflict, tell } from "./dialogs.js";
import { forget, keep, kept } from "./drafts.js";
import { t } from "./words.js";

/** After a pause in typing, and at the latest, in milliseconds. */
const PAUSE = 600;
const LATEST = 1400;

export class Writing {
  /** `sign(state)` hears how what is typed stands: saved, typing, saving, kept, lost. */
  constructor(article, sign) {
    this.article = article;
    this.sign = sign;
    this.now = null;
  }

  /** Begins with a unit; gives what is to stand in its field. */
  begin(unit) {
    const saved = unit.en.join(" ");
    const draft = kept(this.article.place).get(unit.id);
    this.now = { id: unit.id, tag: unit.tag, french: unit.fr.join(" "), saved, text: saved, step: null, queue: Promise.resolve() };
    if (draft && draft.en !== saved) this.now.text = draft.en;
    return this.now.text;
  }

  /** The text in the field is this now. */
  type(text) {
    const one = this.now;
    if (!one) return;
    one.text = text;
    if (text.trim() === one.saved.trim()) {
      forget(this.article.place, one.id);
      clearTimeout(one.timer);
      this.sign("saved");
      return;
    }
    const held = keep(this.article.place, one.id, { en: text, tag: one.tag });
    this.sign(isThere() ? "typing" : held ? "kept" : "lost");
    one.since ??= Date.now();
    clearTimeout(one.timer);
    one.timer = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, one.since + LATEST - Date.now())));
  }

  /** Saves what is typed, with whatever else is wanted of the unit; true where it is on disk. */
  save(more = {}, one = this.now) {
    if (!one) return Promise.resolve(true);
    clearTimeout(one.timer);
    one.queue = one.queue.then(() => this.put(one, more)).catch((problem) => {
      tell(String(problem?.message ?? problem), null, true);
      return false;
    });
    return one.queue;
  }

  async put(one, more) {
    const text = one.text.trim();
    const change = { ...more };
    const typed = text !== one.saved.trim();
    if (typed) change.en = text;
    if (!Object.keys(change).length) return true;
    one.since = undefined;
    // Typing alone goes on with the step that it began: one undo takes the sentence back.
    const alone = typed && !Object.keys(more).length;
    if (alone && one.step) change.again = one.step;
    this.sign("saving");
    try {
      const answer = await this.article.amend(one.id, change, one.tag);
      one.tag = answer.unit.tag;
      one.saved = answer.unit.en.join(" ");
      one.step = alone ? answer.step ?? one.step : null;
      if (one.text.trim() === text) {
        forget(this.article.place, one.id);
        this.sign("saved");
      } else if (this.now === one) {
        this.type(one.text);
      }
      return true;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return this.failed(one, more, problem);
    }
  }

  async failed(one, more, problem) {
    if (problem.code === "changed") return this.conflict(one, more, problem.body.clashes?.[0]?.now);
    if (problem.code === "absent") return this.conflict(one, more, null);
    const held = one.text.trim() === one.saved.trim() || keep(this.article.place, one.id, { en: one.text, tag: one.tag });
    this.sign(held ? "kept" : "lost");
    if (problem.code !== "gone") {
      tell(problem.message, null, true);
      if (problem.status >= 500) one.timer = setTimeout(() => this.save({}, one), 3000);
    }
    return false;
  }

  /** Both texts are shown, and the person chooses. */
  async conflict(one, more, theirs) {
    const gone = !theirs || theirs.id !== one.id;
    if (theirs && !gone) {
      const same = theirs.en.join(" ").trim() === one.text.trim();
      const untouched = one.text.trim() === one.saved.trim();
      if (same || untouched) {
        // Only the text that a person typed can clash: anything else is done over what is there now.
        one.tag = theirs.tag;
        one.saved = theirs.en.join(" ");
        if (untouched) one.text = one.saved;
        return Object.keys(more).length && same ? this.put(one, more) : this.settled(one);
      }
    }
    this.sign("conflict");
    const answer = await askConflict(one.french, theirs?.en.join(" ") ?? "", one.text, gone);
    if (answer?.en !== undefined && !gone) {
      one.tag = theirs.tag;
      one.saved = theirs.en.join(" ");
      one.text = answer.en;
      one.step = null;
      const done = await this.put(one, more);
      return done && this.settled(one);
    }
    if (!answer) {
      // Left without a choice: what was typed stays in the browser, and is asked about again.
      this.sign("kept");
      return false;
    }
    one.text = one.saved = theirs?.en.join(" ") ?? "";
    one.tag = theirs?.tag ?? one.tag;
    return this.settled(one);
  }

  async settled(one) {
    forget(this.article.place, one.id);
    this.settledText?.(one);
    this.sign("saved");
    await this.article.refresh(true);
    return true;
  }

  /** Ends with the unit, what was typed being saved first. */
  end(more) {
    const one = this.now;
    const done = this.save(more);
    if (this.now === one) this.now = null;
    return done;
  }

  /** Sends what was typed while the server was gone, or before the page was closed. */
  async sendKept() {
    if (this.now) await this.save();
    for (const [id, draft] of kept(this.article.place)) {
      if (this.now?.id === id) continue;
      const unit = await this.article.whole(id).catch(() => null);
      if (!unit && !isThere()) return;
      if (unit && unit.en.join(" ").trim() === draft.en.trim()) {
        forget(this.article.place, id);
        continue;
      }
      const one = { id, tag: draft.tag, french: unit?.fr.join(" ") ?? "", saved: unit?.tag === draft.tag ? unit.en.join(" ") : "\u0000", text: draft.en, step: null, queue: Promise.resolve() };
      await this.save({}, one);
    }
  }
}
