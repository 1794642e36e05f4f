// Typing the English of one unit: saved by itself, kept in the browser while the server is gone, never written over another's.

import { Problem, isThere } from "./api.js";
import { askConflict, tell } from "./dialogs.js";
import { forget, keep, kept } from "./drafts.js";
import { t } from "./words.js";

/** After a pause in typing, and at the latest, in milliseconds. */
const PAUSE = 600;
const LATEST = 1400;

export class Writing {
  /** `sign(state)` hears how what is typed stands: saved, typing, saving, kept, conflict, lost. */
  constructor(article, sign) {
    this.article = article;
    this.sign = sign;
    this.now = null;
    /** The texts that are not on the disk, by unit: {one, state}. */
    this.open = new Map();
  }

  /** Notes how a unit's text stands; no state: it is on the disk. */
  stand(one, state) {
    if (state) this.open.set(one.id, { one, state });
    else this.open.delete(one.id);
    this.tellSign();
  }

  /** The sign says "saved" only where nothing waits, in whatever unit. */
  tellSign() {
    const all = [...this.open.values()].map(({ state }) => (state === "typing" && !isThere() ? "kept" : state));
    this.sign(["lost", "conflict", "kept", "saving", "typing"].find((state) => all.includes(state)) ?? "saved");
  }

  /** Begins with a unit; gives what is to stand in its field. */
  begin(unit) {
    const saved = unit.en.join(" ");
    // Whoever comes back before it is saved goes on with it.
    this.now = this.open.get(unit.id)?.one ?? null;
    if (this.now) return this.now.text;
    const draft = kept(this.article.place).get(unit.id);
    this.now = begun(unit.id, unit.tag, unit.fr.join(" "), saved, saved);
    // What was typed before goes over what it was typed over: where that is another by now, both are shown.
    if (draft && draft.en.trim() !== saved.trim()) Object.assign(this.now, { text: draft.en, tag: draft.tag, blind: draft.tag !== unit.tag });
    return this.now.text;
  }

  /** The text in the field is this now. */
  type(text) {
    const one = this.now;
    if (!one) return;
    one.text = text;
    if (text.trim() === one.saved.trim() && !one.sent.size) {
      forget(this.article.place, one.id);
      clearTimeout(one.timer);
      this.stand(one);
      return;
    }
    const held = keep(this.article.place, one.id, { en: text, tag: one.tag });
    this.stand(one, isThere() ? "typing" : held ? "kept" : "lost");
    one.since ??= Date.now();
    clearTimeout(one.timer);
    one.timer = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, one.since + LATEST - Date.now())));
  }

  /** Saves what is typed, with whatever else is wanted of the unit; true where it is on disk. */
  save(more = {}, one = this.now) {
    if (!one) return Promise.resolve(true);
    clearTimeout(one.timer);
    // The question takes the focus from the field, which is no reason to ask again.
    if (one.asked) return one.queue;
    one.queue = one.queue.then(() => this.put(one, more)).catch((problem) => {
      tell(String(problem?.message ?? problem), null, true);
      return false;
    });
    return one.queue;
  }

  async put(one, more) {
    const text = one.text.trim();
    const change = { ...more };
    // Where an answer never came, nobody knows what is on the disk.
    const typed = text !== one.saved.trim() || one.sent.size > 0;
    if (typed) change.en = text;
    if (!Object.keys(change).length) {
      this.stand(one);
      return true;
    }
    one.since = undefined;
    // Typing alone goes on with the step that it began: one undo takes the sentence back.
    const alone = typed && !Object.keys(more).length;
    if (alone && one.step) change.again = one.step;
    this.stand(one, "saving");
    one.sent.add(text);
    try {
      const answer = await this.article.amend(one.id, change, one.tag);
      one.tag = answer.unit.tag;
      one.saved = answer.unit.en.join(" ");
      one.blind = false;
      one.step = alone ? answer.step ?? one.step : null;
      one.sent.clear();
      if (one.text.trim() === text) {
        forget(this.article.place, one.id);
        this.stand(one);
      } else if (this.now === one) {
        this.type(one.text);
      }
      return true;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.code !== "gone") one.sent.delete(text);
      return this.failed(one, more, problem);
    }
  }

  async failed(one, more, problem) {
    if (problem.code === "changed") return this.conflict(one, more, problem.body.clashes?.[0]?.now);
    if (problem.code === "absent") return this.conflict(one, more, null);
    if (one.text.trim() === one.saved.trim() && !one.sent.size) {
      // No text waits: only what else was wanted was not done.
      this.stand(one);
      tell(problem.code === "gone" ? t("The server is gone: nothing was changed.") : this.article.why(problem), null, true);
      return false;
    }
    const held = keep(this.article.place, one.id, { en: one.text, tag: one.tag, more });
    this.stand(one, held ? "kept" : "lost");
    if (problem.code !== "gone") {
      tell(this.article.why(problem), null, true);
      if (problem.status >= 500) one.timer = setTimeout(() => this.save(more, one), 3000);
    }
    return false;
  }

  /** Both texts are shown, and the person chooses. */
  async conflict(one, more, theirs) {
    const gone = !theirs || theirs.id !== one.id;
    if (theirs && !gone) {
      const now = theirs.en.join(" ").trim();
      const same = now === one.text.trim();
      // This page wrote it, and the answer did not come: the server went in between.
      const own = one.sent.has(now);
      const untouched = one.text.trim() === one.saved.trim();
      // The texts are what they were typed over; its kind, its note or the like is another.
      const beside = !one.blind && now === one.saved.trim() && theirs.fr.join(" ") === one.french;
      if (same || own || untouched || beside) {
        // Only the text that a person typed can clash: anything else is done over what is there now.
        one.tag = theirs.tag;
        one.saved = theirs.en.join(" ");
        if (same || own || beside) return same && !Object.keys(more).length ? this.settled(one) : this.put(one, more);
        one.text = one.saved;
        await this.settled(one);
        if (!Object.keys(more).length) return true;
        tell(t("It was changed elsewhere: look at it again."));
        return false;
      }
    }
    this.stand(one, "conflict");
    one.asked = true;
    const answer = await askConflict(one.french, theirs?.en.join(" ") ?? "", one.text, gone, (text) => {
      one.text = text;
      keep(this.article.place, one.id, { en: text, tag: one.tag });
    });
    one.asked = false;
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
      this.settledText?.(one);
      return false;
    }
    one.text = one.saved = theirs?.en.join(" ") ?? "";
    one.tag = theirs?.tag ?? one.tag;
    return this.settled(one);
  }

  async settled(one) {
    forget(this.article.place, one.id);
    one.sent.clear();
    this.stand(one);
    this.settledText?.(one);
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
      const one = this.open.get(id)?.one ?? begun(id, draft.tag, unit?.fr.join(" ") ?? "", unit?.tag === draft.tag ? unit.en.join(" ") : "\u0000", draft.en);
      await this.save(draft.more ?? {}, one);
    }
  }
}

/** A text that is typed for a unit: over which tag, what is on the disk, what stands in the field, and what was `sent` and not answered;
 *  `blind`: `saved` is not what it was typed over, which is not known here. */
const begun = (id, tag, french, saved, text) => ({ id, tag, french, saved, text, blind: false, sent: new Set(), step: null, queue: Promise.resolve() });
