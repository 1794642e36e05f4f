// What a person can do in an article, each with its key.

import { Problem, post } from "./api.js";
import { KINDS } from "./article.js";
import { carryOver, nextEdition } from "./bars.js";
import { bring } from "./bring.js";
import { askBorder, askText, askWhich, tell } from "./dialogs.js";
import { showHistory } from "./history.js";
import { t } from "./words.js";

/** The actions of a view. */
export function actionsOf(view) {
  const whole = () => (view.cursor ? view.article.whole(view.cursor) : Promise.resolve(null));
  const go = [
    { id: "down", key: "ArrowDown", group: "Going", title: "next sentence", run: () => view.step(1) },
    { id: "up", key: "ArrowUp", group: "Going", title: "previous sentence", run: () => view.step(-1) },
    { id: "page-down", key: "PageDown", group: "Going", title: "ten sentences on", run: () => jump(view, 10) },
    { id: "page-up", key: "PageUp", group: "Going", title: "ten sentences back", run: () => jump(view, -10) },
    { id: "home", key: "Home", group: "Going", title: "first sentence", run: () => view.go(view.shown[0]) },
    { id: "end", key: "End", group: "Going", title: "last sentence", run: () => view.go(view.shown.at(-1)) },
    { id: "filter", key: "/", group: "Going", title: "look for a text, filter", run: () => view.filter.focus() },
    { id: "all", key: "0", group: "Going", title: "show all, without a filter", run: () => view.filter.clear() },
    { id: "boilerplate", key: "q", group: "Going", title: "with boilerplate, or without", run: () => view.filter.turnBoilerplate() },
    { id: "edition", key: ";", group: "Going", title: "next edition", run: () => nextEdition(view) },
  ];
  const everywhere = [
    { id: "sync", key: ".", group: "Everywhere", title: "carry the English over to the changed article", run: () => carryOver(view) },
    { id: "undo", key: "z", group: "Everywhere", title: "undo", run: () => view.queue(() => turn(view, "undo")) },
    { id: "redo", key: "y", group: "Everywhere", title: "redo", run: () => view.queue(() => turn(view, "redo")) },
  ];
  if (view.mode === "read") {
    return [...go, ...everywhere,
      { id: "reveal", key: " ", group: "Reading", title: "show or hide what is hidden here", run: () => view.reveal(view.cursorAt()) },
      { id: "hide", key: "e", group: "Reading", title: "hide the English, the French, or neither", run: () => view.turnHiding() },
      { id: "export", key: "x", group: "Reading", title: "save what is shown as a file", run: () => view.exportShown() },
    ];
  }
  const one = (key, id, title, run, group = "This sentence") => ({ id, key, title, run: group === "Aligning" ? () => view.queue(run) : run, group });
  return [...go,
    one("Enter", "write", "write its English", () => view.write(view.cursorAt())),
    one("r", "review", "reviewed, and on to the next", async () => {
      if (view.writing.now) return view.finish({ status: "reviewed" }, 1);
      if (!view.article.outline[view.cursorAt()]?.en) return void tell(t("There is no English to mark as reviewed."));
      const next = view.neighbour(1);
      const done = view.amend(view.cursor, { status: "reviewed" });
      if (next !== undefined) view.go(next);
      await done;
    }),
    one("-", "draft", "a draft again, not reviewed", async () => {
      const now = await whole();
      if (now?.status === "reviewed") await view.amend(now.id, { status: "draft" });
      else tell(t("It is not reviewed."));
    }),
    one("s", "skip", "leave it in French, or take that back", async () => {
      const now = await whole();
      if (!now) return;
      const next = view.neighbour(1, true);
      if (now.status === "skipped") return void (await view.amend(now.id, { status: "untranslated" }));
      const writing = !!view.writing.now;
      if (writing) {
        view.writing.now.text = view.writing.now.saved;
        await view.leave();
      }
      const done = view.amend(now.id, { status: "skipped" });
      if (next !== undefined) await (writing ? view.write(next) : view.go(next));
      await done;
    }),
    one("k", "keep", "the English still fits the changed French", () => view.amend(view.cursor, { keep: true })),
    one("n", "note", "note", async () => {
      const now = await whole();
      if (!now) return;
      const note = await askText(t("Note on unit {n}", { n: now.at + 1 }), now.note ?? "", t("An empty note takes it away."));
      if (note !== null) await view.amend(now.id, { note });
    }),
    one("d", "dismiss", "dismiss the first finding", () => {
      const first = view.panel.ordered()[0] ?? view.findingsOf(view.cursor)[0];
      if (first) view.dismiss(first.check);
      else tell(t("There is no finding here."));
    }),
    one("e", "suggest", "take what the first finding suggests", () => {
      const first = view.panel.ordered().find((finding) => finding.suggestion && finding.en);
      if (first) view.suggest(first);
      else tell(t("No finding suggests anything here."));
    }),
    one("t", "kind", "what it is: body, heading, byline …", async () => {
      const now = await whole();
      if (!now) return;
      const kind = await askWhich(t("What is this sentence?"), KINDS.map((kind) => [kind, t(kind), ["body", "heading", "caption"].includes(kind) ? t("translated") : ""]), now.kind);
      if (kind) await view.amend(now.id, { kind });
    }),
    one("h", "history", "history, and going back", async () => {
      await view.writing.save();
      const now = await whole();
      if (!now) return;
      const writing = view.writing.now?.id === now.id;
      if (await showHistory(view.article, view.article.units.get(now.id)) && writing) {
        view.writing.now = null;
        view.field = null;
        await view.write(view.article.at.get(now.id));
      }
    }),
    ...Array.from({ length: 9 }, (_, index) => ({
      id: `insert-${index + 1}`, key: String(index + 1), group: "This sentence",
      title: index === 0 ? "put in the match or term of that number (1–9)" : null, run: () => view.insert(view.panel.insertable(index + 1)),
    })),
    one("m", "merge", "merge with the next", () => {
      const next = view.article.beside(view.cursor, 1);
      return next && view.reshape([view.cursor, next], { do: "merge", ids: [view.cursor, next] });
    }, "Aligning"),
    one("x", "split", "split, at the cursor if it stands in the English", () => split(view), "Aligning"),
    one("b", "border", "move the border to the next, word by word", () => border(view), "Aligning"),
    one("Shift+ArrowUp", "en-up", "first English sentence to the one before", () => move(view, "previous", "en"), "Aligning"),
    one("Alt+ArrowUp", "up-in-text", "the same, also within the text", () => move(view, "previous", "en"), "Aligning"),
    one("Shift+ArrowDown", "en-down", "last English sentence to the next", () => move(view, "next", "en"), "Aligning"),
    one("Alt+ArrowDown", "down-in-text", "the same, also within the text", () => move(view, "next", "en"), "Aligning"),
    one("Shift+PageUp", "fr-up", "first French sentence to the one before", () => move(view, "previous", "fr"), "Aligning"),
    one("Shift+PageDown", "fr-down", "last French sentence to the next", () => move(view, "next", "fr"), "Aligning"),
    one("i", "insert", "put English in behind it", async () => {
      const en = await askText(t("English that has no French beside it"), "");
      if (en?.trim()) await view.reshape([view.cursor], { do: "insert", after: view.cursor, en });
    }, "Aligning"),
    one("c", "cross-out", "cross its English out", () => view.reshape([view.cursor], { do: "cross-out", ids: [view.cursor] }), "Aligning"),
    one("g", "give", "give an orphan’s English to another sentence", () => give(view), "Aligning"),
    one("p", "pin", "pin: it is right as it is, or take that back", async () => {
      const now = await whole();
      if (now) await view.amend(now.id, { pin: !now.set?.includes("bounds") });
    }, "Aligning"),
    ...(view.mode === "align" ? [
      one("f", "bring", "bring a whole English text", () => bring(view, false), "Aligning"),
      one("a", "realign", "align anew what is not pinned", () => bring(view, true), "Aligning"),
      one("j", "order", "least certain first, or as in the article", () => view.turnOrder(), "Aligning"),
    ] : []),
    ...(view.mode === "review" ? [
      one(" ", "select", "select it", () => { if (view.cursor) view.select(view.cursor); }, "Reviewing"),
      one(",", "stale", "only what is stale, or all", () => view.filter.only("stale"), "Reviewing"),
    ] : []),
    one("u", "bulk", "change all that are shown or selected", () => view.filter.bulk(), "Reviewing"),
    ...everywhere,
  ];
}

function jump(view, by) {
  const place = Math.max(0, Math.min(view.shown.length - 1, (view.placeOf(view.cursorAt()) ?? 0) + by));
  view.go(view.shown[place]);
}

function move(view, to, side) {
  const other = view.article.beside(view.cursor, to === "next" ? 1 : -1);
  if (!other) return null;
  const id = view.cursor;
  return view.reshape([id, other], { do: "move", id, to, side });
}

async function split(view) {
  const writing = view.writing.now?.id === view.cursor ? view.field : null;
  const cursor = writing ? writing.selectionStart : null;
  const typed = writing?.value ?? "";
  if (writing) await view.writing.save();
  const unit = await view.article.whole(view.cursor);
  const [fr, en] = [unit.fr.join(" "), unit.en.join(" ")];
  // Behind the blanks at the typed text's beginning, which were not saved.
  const at = cursor === null ? null : Math.max(0, cursor - (typed.length - typed.trimStart().length));
  const half = unit.fr.length > 1 ? unit.fr.slice(0, Math.ceil(unit.fr.length / 2)).join(" ").length + 1 : null;
  const share = at !== null && en ? at / en.length : half !== null ? half / fr.length : 0.5;
  const guess = half ?? Math.round(fr.length * share);
  const places = await askBorder(t("Split unit {n}", { n: unit.at + 1 }), fr, en, [guess, at ?? (unit.en.length > 1 ? unit.en[0].length + 1 : Math.round(en.length * share))]);
  if (places) await view.reshape([unit.id], { do: "split", id: unit.id, fr: places[0], en: places[1] });
}

async function border(view) {
  const next = view.article.beside(view.cursor, 1);
  if (!next) return;
  if (view.writing.now) await view.writing.save();
  const [one, two] = [await view.article.whole(view.cursor), await view.article.whole(next)];
  const both = (key) => [...one[key], ...two[key]].join(" ");
  const at = (key) => (one[key].length ? one[key].join(" ").length + (two[key].length ? 1 : 0) : 0);
  const places = await askBorder(t("Border between units {a} and {b}", { a: one.at + 1, b: two.at + 1 }), both("fr"), both("en"), [at("fr"), at("en")]);
  if (places) await view.reshape([one.id, two.id], { do: "border", id: one.id, next: two.id, fr: places[0], en: places[1] });
}

/** An orphan's English goes to the last sentence before it that has none; the person chooses which. */
async function give(view) {
  const orphan = await view.article.whole(view.cursor);
  if (orphan?.status !== "orphan") {
    tell(t("It is no orphan: its French is there."));
    return;
  }
  const number = await askText(t("Give its English to which unit? Its number:"), "");
  const to = view.article.outline[Number(number) - 1];
  if (to) await view.reshape([to.id, orphan.id], { do: "give", orphan: orphan.id, to: to.id });
  else if (number?.trim()) tell(t("There is no unit of this number."));
}

/** Undo or redo, what is being typed first. */
export async function turn(view, which) {
  const one = view?.writing.now;
  if (one) await view.writing.save();
  try {
    const { step, files } = await post(`/api/${which}`);
    if (!step) {
      tell(which === "undo" ? t("There is nothing to undo.") : t("There is nothing to redo."));
      return;
    }
    const command = step.command.replace(/^serve: /, "");
    const what = view ? view.article.why({ message: command }) : command;
    tell(which === "undo" ? t("Undone: {what}", { what }) : t("Done again: {what}", { what }), which === "undo" ? [t("Redo"), () => turn(view, "redo")] : [t("Undo"), () => turn(view, "undo")]);
    if (!view) return;
    await view.article.refresh(true);
    const { article, edition } = view.article.place;
    const id = /:([a-z0-9]{10})/.exec(step.command)?.[1];
    const here = files.some((file) => file.article === article && (file.edition ?? null) === (edition ?? null));
    const at = here ? view.article.at.get(id) : undefined;
    if (one && view.writing.now === one && view.field) {
      const unit = await view.article.whole(one.id).catch(() => null);
      if (unit) {
        Object.assign(one, { tag: unit.tag, saved: unit.en.join(" "), text: unit.en.join(" "), step: null });
        view.field.value = one.text;
        view.grow();
      }
    } else if (at !== undefined && view.placeOf(at) !== undefined) {
      view.go(at);
    }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    tell(problem.message || t("The server is gone: nothing was changed."), null, true);
  }
}
