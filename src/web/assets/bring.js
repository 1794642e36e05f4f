// A whole English text, pasted or dropped: split, aligned with the article, and what came of it.

import { Problem, post } from "./api.js";
import { askWhether, dialog, hush, tell } from "./dialogs.js";
import { fill, h } from "./dom.js";
import { t } from "./words.js";

/** Asks for a text and aligns it; with `again`, aligns anew what is not pinned. `given`: a text or a file that is there already. */
export async function bring(view, again, given) {
  if (view.writing.now) await view.leave();
  const wanted = again ? { again: true } : await askWhole(given);
  if (!wanted) return;
  const { edition, ...body } = wanted;
  const place = { ...view.article.place, edition: edition || view.article.place.edition };
  try {
    tell(t("Aligning …"));
    const path = `/api/articles/${encodeURIComponent(place.article)}/align${place.edition ? `?edition=${encodeURIComponent(place.edition)}` : ""}`;
    const answer = await post(path, body).catch(async (problem) => {
      // The person may know better: a text that looks like no translation can be one.
      if (problem.code !== "doubt" || !(await askWhether(t("This does not look like its translation"), h("p", {}, view.article.why(problem)), t("Align anyway")))) throw problem;
      return post(path, { ...body, anyway: true });
    });
    if (place.edition && place.edition !== view.article.place.edition) {
      location.hash = `#/a/${encodeURIComponent(place.article)}?view=align&edition=${encodeURIComponent(place.edition)}`;
      return;
    }
    await view.article.refresh(true);
    hush();
    await summary(view, answer);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    tell(problem.code === "gone" ? t("The server is gone: nothing was changed.") : view.article.why(problem), null, true);
  }
}

/** Hears of a text or a file that is pasted or dropped on the page, outside any text: it comes into the dialog, where it is looked at first. */
export function takeBrought(view) {
  // A file is never meant for a sentence's text.
  const free = (event) => !document.querySelector("dialog[open]") && (event.dataTransfer?.types.includes("Files") || !(event.target instanceof HTMLElement && event.target.matches("textarea, input")));
  const over = (now) => view.scroller.classList.toggle("over", now);
  const given = (event, brought) => {
    over(false);
    const found = brought?.files[0] ?? brought?.getData("text/plain");
    if (!free(event) || !found || (typeof found === "string" && !found.trim())) return;
    event.preventDefault();
    bring(view, false, found);
  };
  const listeners = {
    paste: (event) => given(event, event.clipboardData),
    drop: (event) => given(event, event.dataTransfer),
    dragover: (event) => { if (free(event)) { event.preventDefault(); over(true); } },
    dragleave: (event) => { if (!event.relatedTarget) over(false); },
  };
  for (const [name, listener] of Object.entries(listeners)) document.addEventListener(name, listener);
  return () => { for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name, listener); };
}

function askWhole(given) {
  return dialog(t("Bring a whole English text"), (close) => {
    const field = h("textarea", { class: "text whole", rows: 12, lang: "en", autofocus: true, "aria-label": t("The English text"), placeholder: t("Paste the English here, or drop a text file.") });
    const edition = h("input", { type: "text", id: "edition", class: "dialog-edition", autocomplete: "off", placeholder: t("none: this article’s own English"), "aria-describedby": "edition-hint" });
    const told = h("span", { class: "quiet", "aria-live": "polite" });
    const take = async (found) => {
      if (!found) return;
      if (found.size > 32 << 20) { fill(told, t("That file is too large.")); return; }
      const bytes = new Uint8Array(await found.arrayBuffer());
      let text;
      try { text = new TextDecoder("utf-8", { fatal: true }).decode(bytes); } catch { text = new TextDecoder("windows-1252").decode(bytes); }
      if (text.includes("\u0000")) { fill(told, t("That file is no text.")); return; }
      field.value = text;
      fill(told, found.name);
    };
    field.addEventListener("dragover", (event) => event.preventDefault());
    field.addEventListener("drop", (event) => {
      const [found] = event.dataTransfer?.files ?? [];
      if (!found) return;
      event.preventDefault();
      take(found);
    });
    if (typeof given === "string") field.value = given;
    else take(given);
    // The browser's own button would speak its language, not the page's.
    const choose = h("input", { type: "file", accept: ".txt,text/plain", id: "whole-file", hidden: true, "aria-label": t("A text file"), onchange: () => take(choose.files[0]) });
    return [
      h("p", { class: "quiet" }, t("It is split into sentences and aligned with the French. What you typed, reviewed or pinned stays as it is; one undo takes all of it back.")),
      field,
      h("p", { class: "fields" }, h("button", { onclick: () => choose.click() }, t("Choose a text file …")), choose, told),
      h("p", { class: "fields" }, h("label", { for: "edition" }, t("As an edition of its own")), " ", edition, h("span", { class: "quiet", id: "edition-hint" }, ` ${t("for instance: published")}`)),
      h("p", { class: "buttons" },
        h("button", { onclick: () => close(null) }, t("Cancel")),
        h("button", { class: "main", onclick: () => { if (field.value.trim()) close({ text: field.value, edition: edition.value.trim() }); else field.focus(); } }, t("Align"))),
    ];
  }, "wide");
}

/** What came of it; the least certain can be gone to. */
async function summary(view, answer) {
  const unsure = answer.unsure ?? [];
  const first = await dialog(t("Aligned"), (close) => [
    (answer.warnings ?? []).map((warning) => h("p", { class: "warning" }, warning)),
    h("ul", { class: "beads" }, Object.entries(answer.beads ?? {}).map(([kind, count]) => h("li", {}, h("strong", {}, count), " ", kind))),
    h("p", {}, t("{fr} French and {en} English sentences found no partner.", { fr: answer.left?.fr ?? 0, en: answer.left?.en ?? 0 })),
    unsure.length > 0 && h("section", {}, h("h3", {}, t("Least certain")), h("ol", { class: "preview", tabindex: 0, "aria-label": t("Least certain") }, unsure.slice(0, 10).map((one) =>
      h("li", {}, h("button", { class: "link", onclick: () => close(one.id) }, `${Math.round(one.score * 100)} %`), " ", one.fr, " — ", one.en)))),
    h("p", { class: "buttons" }, h("button", { class: "main", autofocus: true, onclick: () => close(unsure[0]?.id ?? null) }, t("Look at them"))),
  ], "wide");
  const at = view.article.at.get(first);
  if (at !== undefined) view.go(at, { where: 0.3 });
}
