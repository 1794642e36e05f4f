// One article as the page holds it: an outline of all units, those units that were seen, and the ways to change them.

import { Problem, get, patch, path, post } from "./api.js";
import { reason } from "./words.js";

export const STATES = ["untranslated", "draft", "reviewed", "stale", "skipped", "orphan"];

/** The units of the outline, one by one: the server sends them as columns. */
function entries({ states, id, kind, state, fr, en, paragraph, score, marks }) {
  return id.map((id, at) => ({
    id, kind: kind[at], state: states[state[at]], fr: fr[at], en: en[at], paragraph: paragraph[at], score: score[at],
    note: !!(marks[at] & 1), pinned: !!(marks[at] & 2), alone: !!(marks[at] & 4), reviewed: !!(marks[at] & 8),
  }));
}

/** Where each unit stands, by its id. An index is made when many are asked for: it takes as long as half of an opening page. */
class Places {
  constructor(ids) {
    this.ids = ids;
    this.asked = 0;
  }
  get(id) {
    this.asked += 1;
    if (this.asked > 100) this.index ??= new Map(this.ids.map((one, at) => [one, at]));
    if (this.index) return this.index.get(id);
    const at = this.ids.indexOf(id);
    return at < 0 ? undefined : at;
  }
  has(id) {
    return this.get(id) !== undefined;
  }
}

export class Article {
  constructor(place) {
    this.place = place;
    this.units = new Map();
    this.former = new Map();
    this.outline = [];
    this.findings = new Map();
    this.asked = new Set();
    this.listeners = new Set();
    this.stamp = "";
  }

  on(listener) {
    this.listeners.add(listener);
  }

  told(what, id) {
    for (const listener of this.listeners) listener(what, id);
  }

  /** Why the server refused something of this article, as it is told to a person. */
  why(problem) {
    return reason(problem.message, (id) => (this.at.has(id) ? this.at.get(id) + 1 : null));
  }

  path(rest, query) {
    return path(this.place, rest, query);
  }

  /** Reads the outline, and with it the units that are seen first: those around `id`, or around the first without English. */
  async open(id) {
    const outline = await get(this.path("", { near: id ?? "", count: 40 }));
    this.take(outline);
    this.takeUnits(outline.near);
    return this;
  }

  take(outline) {
    this.about = outline.about;
    this.editions = outline.editions;
    this.changed = outline.changed;
    this.stamp = outline.stamp;
    this.outline = entries(outline.units);
    this.at = new Places(outline.units.id);
  }

  takeUnits(units) {
    for (const unit of units) {
      this.units.set(unit.id, unit);
      this.asked.delete(unit.id);
    }
  }

  /** Looks whether the article is another by now, and reads it again if it is. */
  async refresh(force) {
    const outline = await get(this.path(""), force ? undefined : this.stamp);
    if (!outline || (outline.stamp === this.stamp && !force)) return false;
    this.take(outline);
    this.former = this.units;
    this.units = new Map();
    this.asked.clear();
    this.told("outline");
    this.findAll();
    return true;
  }

  /** Sees to it that these units are read; those that listen hear of them. */
  async need(ids) {
    const missing = ids.filter((id) => !this.units.has(id) && !this.asked.has(id) && this.at.has(id)).slice(0, 120);
    if (!missing.length) return;
    missing.forEach((id) => this.asked.add(id));
    try {
      const page = await get(this.path("/units", { ids: missing.join(",") }));
      this.takeUnits(page.units);
      this.told("units", new Set(missing));
    } catch (problem) {
      missing.forEach((id) => this.asked.delete(id));
      if (!(problem instanceof Problem)) throw problem;
    }
  }

  /** A unit whole, read if it is not yet. */
  async whole(id) {
    if (!this.units.has(id)) {
      const answer = await get(this.path(`/units/${id}`));
      this.units.set(id, answer.unit);
    }
    return this.units.get(id);
  }

  /** Asks for all findings. */
  async findAll() {
    try {
      const { findings } = await get(this.path("/findings"));
      const before = this.findings;
      this.findings = new Map(Object.entries(findings).map(([id, list]) => [id, told(list)]).filter(([, list]) => list.length));
      this.told("findings", new Set([...before.keys(), ...this.findings.keys()]));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
    }
  }

  async check(id, en) {
    const { findings } = await post(this.path(`/units/${id}/check`), { en });
    return told(findings);
  }

  /** Changes one unit over what was seen of it; throws a Problem where it is another by now. */
  async amend(id, change, tag) {
    const answer = await patch(this.path(`/units/${id}`), change, tag ?? this.units.get(id).tag);
    this.replace(answer);
    return answer;
  }

  /** Puts a unit that came back in its place. */
  replace({ unit, stamp, findings }) {
    this.units.set(unit.id, unit);
    if (findings) this.findings.set(unit.id, told(findings));
    if (stamp) this.stamp = stamp;
    const at = this.at.get(unit.id);
    if (at !== undefined) {
      const one = this.outline[at];
      Object.assign(one, {
        state: unit.state, en: unit.en.join(" ").length, score: unit.score ?? null, note: !!unit.note,
        pinned: !!unit.set?.includes("bounds"), reviewed: unit.status === "reviewed", kind: KINDS.indexOf(unit.kind),
      });
      // What was dismissed, or no longer holds, is looked for again.
      const own = (this.findings.get(unit.id) ?? []).filter((one) => !unit.dismissed?.includes(one.check));
      if (own.length) this.findings.set(unit.id, own);
      else this.findings.delete(unit.id);
    }
    this.told("unit", unit.id);
  }

  /** Changes several units as one step; with `preview` only says what would come of it. */
  async amendMany(ids, change, preview) {
    const seen = [];
    for (let from = 0; from < ids.length; from += 400) {
      const part = ids.slice(from, from + 400).filter((id) => !this.units.has(id));
      if (part.length) this.takeUnits((await get(this.path("/units", { ids: part.join(",") }))).units);
    }
    for (const id of ids) if (this.units.has(id)) seen.push([id, this.units.get(id).tag]);
    const answer = await post(this.path("/amend"), { seen, change, preview });
    if (!preview) await this.refresh(true);
    return answer;
  }

  /** Changes where units begin and end; gives the ids of those that came of it. */
  async reshape(ids, change) {
    for (const id of ids) await this.whole(id);
    const seen = ids.map((id) => [id, this.units.get(id).tag]);
    const answer = await post(this.path("/reshape"), { seen, change });
    await this.refresh(true);
    return answer.ids;
  }

  /** The unit behind (1) or before (-1) another in the article. */
  beside(id, by) {
    return this.outline[(this.at.get(id) ?? -9) + by]?.id ?? null;
  }
}

export const KINDS = [];

/** The findings that are told as such: that a unit is stale is its state, and said there. */
export const told = (findings) => findings.filter((one) => one.check !== "stale");
