// Elements out of names, properties and texts. A text only ever becomes a text node: nothing here parses markup.

const SVG = new Set(["svg", "path", "rect", "line", "g", "title", "polyline", "circle"]);
const SPACE = ["http:", "", "www.w3.org", "2000", "svg"].join("/");

/** Makes an element: `h("p", {class: "note", onclick: f}, "text", other)`; what is null or false is left out. */
export function h(name, properties, ...children) {
  const node = SVG.has(name) ? document.createElementNS(SPACE, name) : document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "value") node.value = value;
    else if (key === "checked") node.checked = value;
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

/** Adds elements, texts and lists of them. */
export function add(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** Puts these in the place of all that an element holds. */
export function fill(node, ...children) {
  node.replaceChildren();
  return add(node, children);
}

/** Marks stretches of a text: `spans` are {from, to, class, title}, by UTF-16 code units; those that overlap an earlier one are left out. */
export function marked(text, spans) {
  const parts = [];
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from < at || span.to <= span.from) continue;
    parts.push(text.slice(at, span.from), h("mark", { class: span.class, title: span.title }, text.slice(span.from, span.to)));
    at = span.to;
  }
  parts.push(text.slice(at));
  return parts;
}

/** Two versions word by word, as the server compares them: `[[-1, gone], [0, same], [1, new]]`. */
export function compared(changes) {
  return changes.map(([what, text]) => (what < 0 ? h("del", {}, text) : what > 0 ? h("ins", {}, text) : text));
}

/** Waits until `wait` ms have passed without another call. */
export function later(wait, action) {
  let timer = 0;
  const run = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), wait);
  };
  run.cancel = () => clearTimeout(timer);
  return run;
}

/** Says something to those who listen to the page. */
export function say(text) {
  const region = document.getElementById("said");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}
