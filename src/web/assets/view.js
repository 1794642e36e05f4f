// What is done to the units of a sheet: writing their English, changing them, moving their borders.

import { actionsOf } from "./actions.js";
import { Problem } from "./api.js";
import { tell } from "./dialogs.js";
import { h } from "./dom.js";
import { Sheet } from "./sheet.js";
import { t } from "./words.js";

/** The sheet with what is done to its units. */
export class View extends Sheet {
  /** Opens a unit's English for writing; `end`: the cursor behind the text. */
  async write(at) {
    const id = this.article.outline[at]?.id;
    if (!id || this.mode === "read") return;
    if (this.writing.now?.id === id) {
      this.field?.focus();
      return;
    }
    if (this.writing.now) this.leave();
    let unit;
    try {
      unit = await this.article.whole(id);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return;
    }
    if (unit.status === "orphan") {
      this.go(at);
      tell(t("Its French is gone: give its English to another sentence, or drop it."));
      return;
    }
    const text = this.writing.begin(unit);
    this.field = this.makeField(unit, at, text);
    this.redraw(id);
    this.go(at, { focus: false });
    this.list.lay();
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(text.length, text.length);
    this.grow();
    this.list.lay();
    this.list.show(this.position(at));
    if (text.trim() !== unit.en.join(" ").trim()) this.writing.type(text);
  }

  makeField(unit, at, text) {
    const field = h("textarea", {
      class: "text", rows: 1, lang: "en", spellcheck: "true", autocomplete: "off", value: text,
      "aria-label": t("English of unit {n}", { n: at + 1 }), "aria-describedby": "how",
      placeholder: t("Type the English"),
    });
    field.addEventListener("input", () => {
      this.grow();
      this.writing.type(field.value);
      this.panel.typed();
    });
    field.addEventListener("keydown", (event) => this.fieldKey(event));
    field.addEventListener("blur", () => {
      // A dialog, the panel or another window takes the focus for a while.
      if (this.field === field) this.writing.save();
    });
    return field;
  }

  grow() {
    if (!this.field) return;
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }

  fieldKey(event) {
    if (event.isComposing || event.altKey || event.metaKey) return;
    const forward = event.key === "Enter" || event.key === "Tab";
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.leave();
      this.go(this.cursorAt());
    } else if (event.key === "Enter" && event.shiftKey) {
      // A new line in the text.
    } else if (forward) {
      event.preventDefault();
      if (event.ctrlKey) this.finish({ status: "reviewed" }, 1);
      else this.finish({}, event.shiftKey ? -1 : 1);
    }
  }

  /** Ends writing; what was typed is saved. */
  leave(more) {
    const id = this.writing.now?.id;
    const done = this.writing.end(more);
    this.field = null;
    if (id) this.redraw(id);
    this.list.lay();
    return done;
  }

  /** Saves with what is wanted, and goes on to the next (or back). */
  async finish(more, by) {
    const next = this.neighbour(by, true);
    if (more.status === "reviewed" && !(this.writing.now?.text ?? "").trim()) {
      tell(t("There is no English to mark as reviewed."));
      return;
    }
    const done = this.leave(more);
    if (next === undefined) {
      this.go(this.cursorAt());
      tell(by > 0 ? t("That was the last sentence.") : t("That is the first sentence."));
    } else {
      await this.write(next);
    }
    await done;
  }

  findingsOf(id) {
    return this.article.findings.get(id) ?? [];
  }

  /** What could not be done: told, and looked at again where somebody else was before. */
  async refused(problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.code === "changed") {
      tell(t("It was changed elsewhere: look at it again."));
      await this.article.refresh(true).catch(() => {});
    } else {
      tell(problem.code === "gone" ? t("The server is gone: nothing was changed.") : this.article.why(problem), null, true);
    }
    return false;
  }

  /** Puts a text into the field, where its cursor is. */
  async insert(text) {
    if (!text) return;
    if (this.writing.now?.id !== this.cursor) await this.write(this.cursorAt());
    const { field } = this;
    if (!field) return;
    if (!field.value.trim()) field.value = text;
    else field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input"));
    field.focus();
  }

  /** Puts what a check suggests in the place of what it found. */
  async suggest(finding) {
    const at = this.cursorAt();
    if (this.writing.now?.id !== this.cursor) await this.write(at);
    const { field } = this;
    if (!field || !finding.en) return;
    field.setRangeText(finding.suggestion, finding.en[0], finding.en[1], "end");
    field.dispatchEvent(new Event("input"));
    field.focus();
  }

  /** Does one thing after another: what is done to units waits until the page has seen what came of the last. */
  queue(action) {
    this.chain = (this.chain ?? Promise.resolve()).then(action).catch((problem) => {
      tell(String(problem?.message || problem), null, true);
    });
    return this.chain;
  }

  /** Does an action by its name. */
  act(id) {
    actionsOf(this).find((action) => action.id === id)?.run();
  }

  async dismiss(check) {
    const id = this.cursor;
    await this.writing.save();
    await this.amend(id, { dismiss: [check] });
    this.panel.findings = this.panel.findings.filter((one) => one.check !== check);
    this.panel.show(id);
  }

  /** Changes the unit at hand, what is being typed first. Somebody else's change in between is shown, not overwritten. */
  async amend(id, change) {
    if (!id) return false;
    const { writing } = this;
    if (writing.now?.id === id) {
      const done = await writing.save(change);
      const unit = this.article.units.get(id);
      if (this.field && unit && writing.now?.id === id && writing.now.text !== this.field.value) this.field.value = writing.now.text;
      if (done && change.en === undefined && change.status === "skipped" && this.field) this.field.value = writing.now.text = "";
      return done;
    }
    try {
      await this.article.whole(id);
      await this.article.amend(id, change);
      return true;
    } catch (problem) {
      return this.refused(problem);
    }
  }

  /** Changes where units begin and end, what is being typed first. */
  async reshape(ids, change) {
    const writing = !!this.writing.now;
    if (this.writing.now) await this.leave();
    const from = this.cursor;
    try {
      const made = await this.article.reshape(ids.filter(Boolean), change);
      const at = this.article.at.get(made.find((id) => this.article.at.has(id)) ?? this.cursor);
      // Whoever has gone elsewhere meanwhile stays there.
      if (at !== undefined && (this.cursor === from || !this.article.at.has(this.cursor))) {
        if (writing) await this.write(at);
        else this.go(at);
      }
      return true;
    } catch (problem) {
      return this.refused(problem);
    }
  }

  /** The list by how certain each unit is, or as in the article. */
  turnOrder() {
    this.filter.sort = this.filter.sort === "score" ? "text" : "score";
    this.choose();
    this.barNode.dispatchEvent(new CustomEvent("filtered"));
    this.scroller.scrollTop = 0;
    this.go(this.shown[0], { focus: false });
    this.read();
  }

  select(id) {
    if (this.selected.has(id)) this.selected.delete(id);
    else this.selected.add(id);
    this.redraw(id);
    this.filter.count();
  }

  reveal(at) {
    const id = this.article.outline[at]?.id;
    if (!id) return;
    if (this.revealed.has(id)) this.revealed.delete(id);
    else this.revealed.add(id);
    this.redraw(id);
    this.list.lay();
  }
}
