// Questions that are asked before the page: a text, a choice, yes or no, mine or theirs.

import { add, fill, h } from "./dom.js";
import { t } from "./words.js";

const isField = (node) => node instanceof HTMLTextAreaElement;

/** Opens a dialog; `content(close)` gives what is in it. The promise holds what `close` was given; null where it was left. */
export function dialog(title, content, style = "") {
  return new Promise((resolve) => {
    const back = document.activeElement;
    const place = isField(back) && [back.selectionStart, back.selectionEnd];
    let value = null;
    const heading = h("h2", { id: `dialog-${Date.now()}` }, title);
    const node = h("dialog", { class: style, "aria-labelledby": heading.id });
    const close = (given) => {
      value = given instanceof Event ? null : given ?? null;
      node.close();
    };
    add(node, [heading, content(close, node)]);
    node.addEventListener("close", () => {
      node.remove();
      if (back instanceof HTMLElement && back.isConnected) {
        // The browser gives the focus back by itself, at times without the text's cursor: then nothing could be typed.
        back.blur();
        back.focus({ preventScroll: true });
        if (place) back.setSelectionRange(...place);
      }
      resolve(value);
    });
    // A click beside it leaves it; one between its fields, or a selection that is drawn out of it, does not.
    const beside = ({ target, clientX, clientY }) => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      return target === node && (clientX < left || clientX > right || clientY < top || clientY > bottom);
    };
    let pressed = false;
    node.addEventListener("mousedown", (event) => { pressed = beside(event); });
    node.addEventListener("click", (event) => { if (pressed && beside(event)) close(null); });
    document.body.append(node);
    node.showModal();
    // Without scrolling: what is long is read from its beginning.
    (node.querySelector("[autofocus]") ?? node.querySelector("button.main") ?? node.querySelector("button"))?.focus({ preventScroll: true });
    node.scrollTop = 0;
  });
}

/** Asks for a text. */
export function askText(title, value, hint) {
  return dialog(title, (close) => {
    const id = "asked";
    const field = h("textarea", { id, rows: 4, value, autofocus: true, class: "text", "aria-label": title });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        close(field.value);
      }
    });
    return [
      hint && h("p", { class: "quiet" }, hint),
      field,
      h("p", { class: "buttons" },
        h("button", { onclick: () => close(null) }, t("Cancel")),
        h("button", { class: "main", onclick: () => close(field.value) }, t("Save"))),
    ];
  });
}

/** Asks which of several; the digits choose, too. `choices`: [value, name, note]. */
export function askWhich(title, choices, current) {
  return dialog(title, (close, node) => {
    node.addEventListener("keydown", (event) => {
      const at = "1234567890".indexOf(event.key);
      if (at >= 0 && choices[at] && event.key.length === 1) { event.preventDefault(); close(choices[at][0]); }
      const all = [...node.querySelectorAll(".choices button")];
      const here = all.indexOf(document.activeElement);
      if (event.key === "ArrowDown") { event.preventDefault(); all[(here + 1) % all.length].focus(); }
      if (event.key === "ArrowUp") { event.preventDefault(); all[(here - 1 + all.length) % all.length].focus(); }
    });
    return [
      h("ul", { class: "choices" }, choices.map(([value, name, note], at) =>
        h("li", {}, h("button", { onclick: () => close(value), autofocus: value === current, "aria-current": value === current ? "true" : null },
          at < 10 && h("kbd", {}, "1234567890"[at]), " ", name, note && h("span", { class: "quiet" }, ` ${note}`))))),
      h("p", { class: "buttons" }, h("button", { onclick: () => close(null) }, t("Cancel"))),
    ];
  });
}

/** Asks whether; `content` is shown above. */
export function askWhether(title, content, yes) {
  return dialog(title, (close) => [
    content,
    h("p", { class: "buttons" },
      h("button", { onclick: () => close(false) }, t("Cancel")),
      h("button", { class: "main", autofocus: true, onclick: () => close(true) }, yes)),
  ], "wide");
}

/**
 * Somebody else changed the unit: shows both texts. Gives {en} to save over theirs, or {theirs: true}; `typed` hears of one's own.
 */
export function askConflict(french, theirs, mine, gone, typed) {
  return dialog(t("Changed elsewhere meanwhile"), (close) => {
    // It comes while somebody types: what is typed on goes into one's own text, and chooses nothing.
    const both = h("textarea", { class: "text", rows: 4, lang: "en", value: mine, autofocus: true, oninput: () => typed(both.value), "aria-label": t("Yours") });
    both.setSelectionRange(mine.length, mine.length);
    return [
      h("p", {}, gone ? t("This sentence is no longer there as you saw it: it was merged or split. Copy what you typed, if you need it.") : t("Somebody changed this sentence after you began to type. Nothing is overwritten until you choose.")),
      h("blockquote", { lang: "fr" }, french),
      h("div", { class: "versions" },
        h("section", {}, h("h3", {}, t("On disk now")), h("p", { class: "text", lang: "en" }, theirs || t("(no English)"))),
        h("section", {}, h("h3", {}, t("Yours")), both)),
      h("p", { class: "buttons" },
        h("button", { onclick: () => close({ theirs: true }) }, gone ? t("Close") : t("Leave what is on disk")),
        !gone && h("button", { class: "main", onclick: () => close({ en: both.value }) }, t("Save yours over it"))),
    ];
  }, "wide");
}

/**
 * Moves a border in two texts word by word. `fr` and `en` are texts, `at` where the second part begins in each.
 * Gives [fr, en] places, or null.
 */
export function askBorder(title, fr, en, at) {
  const starts = (text) => {
    const all = [0];
    for (const found of text.matchAll(/\s+(?=\S)/gu)) all.push(found.index + found[0].length);
    all.push(text.length);
    return [...new Set(all)];
  };
  return dialog(title, (close) => {
    const places = [starts(fr), starts(en)];
    const nearest = (list, wanted) => list.reduce((best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best), list[0]);
    const now = [nearest(places[0], at[0]), nearest(places[1], at[1])];
    const lines = [fr, en].map((text, side) => {
      const line = h("div", {
        class: "border text", role: "slider", tabindex: 0, lang: side ? "en" : "fr", autofocus: side === 0,
        "aria-label": side ? t("Where the second part’s English begins") : t("Where the second part’s French begins"),
        "aria-valuemin": 0, "aria-valuemax": places[side].length - 1,
      });
      const show = () => {
        line.setAttribute("aria-valuenow", places[side].indexOf(now[side]));
        line.setAttribute("aria-valuetext", text.slice(now[side], now[side] + 40) || t("at the end"));
        const words = [];
        places[side].slice(0, -1).forEach((from, index) => {
          const piece = text.slice(from, places[side][index + 1]);
          words.push(from === now[side] ? h("span", { class: "cut", "aria-hidden": "true" }) : null,
            h("span", { class: from >= now[side] ? "second" : "first", onclick: () => { now[side] = from; show(); } }, piece));
        });
        if (now[side] === text.length) words.push(h("span", { class: "cut", "aria-hidden": "true" }));
        fill(line, words);
      };
      const move = (by) => {
        const index = places[side].indexOf(now[side]) + by;
        if (index >= 0 && index < places[side].length) { now[side] = places[side][index]; show(); }
      };
      line.addEventListener("keydown", (event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -8, ArrowDown: 8, Home: -1e9, End: 1e9 }[event.key];
        if (event.key === "Enter") { event.preventDefault(); close(now); }
        if (by === undefined) return;
        event.preventDefault();
        if (Math.abs(by) === 1) move(by);
        else { now[side] = places[side][Math.max(0, Math.min(places[side].length - 1, places[side].indexOf(now[side]) + by))]; show(); }
      });
      show();
      return line;
    });
    return [
      h("p", { class: "quiet" }, t("← and → move the border by a word, Tab goes to the other text, Enter takes it.")),
      lines,
      h("p", { class: "buttons" },
        h("button", { onclick: () => close(null) }, t("Cancel")),
        h("button", { class: "main", onclick: () => close(now) }, t("Take it"))),
    ];
  }, "wide");
}

let shown = 0;

/** Takes away what was said last: it is over. */
export function hush() {
  const node = document.getElementById("told");
  if (node) node.hidden = true;
}

/** Says something at the foot of the page for a while; `action` is [name, function]. */
export function tell(text, action, wrong) {
  let node = document.getElementById("told");
  if (!node) {
    node = h("div", { id: "told", role: wrong ? "alert" : "status" });
    document.body.append(node);
  }
  fill(node, h("span", {}, text), action && h("button", { onclick: () => { node.hidden = true; action[1](); } }, action[0]));
  node.hidden = false;
  node.className = wrong ? "wrong" : "";
  node.setAttribute("role", wrong ? "alert" : "status");
  clearTimeout(shown);
  shown = setTimeout(() => { node.hidden = true; }, wrong ? 12000 : 5000);
}
