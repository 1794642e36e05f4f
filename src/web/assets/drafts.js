// What is typed and not yet on the server's disk: kept in this browser until it is.

import { session } from "./api.js";

const corpus = () => `enregard/${session.name}/`;
const prefix = (place) => `${corpus()}${place.article}@${place.edition ?? ""}/`;

/** Keeps a text for a unit, with the tag of what it was typed over. False where the browser keeps nothing. */
export function keep(place, id, draft) {
  try {
    localStorage.setItem(prefix(place) + id, JSON.stringify({ ...draft, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function forget(place, id) {
  try { localStorage.removeItem(prefix(place) + id); } catch { /* nothing was kept */ }
}

/** The drafts of an article: a map from ids to {en, tag, at}. */
export function kept(place) {
  const found = new Map();
  try {
    const start = prefix(place);
    for (let at = 0; at < localStorage.length; at += 1) {
      const key = localStorage.key(at);
      if (!key.startsWith(start)) continue;
      const draft = JSON.parse(localStorage.getItem(key));
      if (typeof draft?.en === "string" && typeof draft?.tag === "string") found.set(key.slice(start.length), draft);
    }
  } catch { /* what cannot be read is no draft */ }
  return found;
}

/** Where in the corpus something waits to be saved: [{article, edition, count}]. It is sent when its article is opened. */
export function waiting() {
  const found = new Map();
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(corpus())) continue;
      const name = key.slice(corpus().length, key.lastIndexOf("/"));
      found.set(name, (found.get(name) ?? 0) + 1);
    }
  } catch { /* nothing was kept */ }
  return [...found].map(([name, count]) => ({ article: name.slice(0, name.lastIndexOf("@")), edition: name.slice(name.lastIndexOf("@") + 1), count }));
}

/** A choice of the person's (language, light or dark), for this browser. */
export function choice(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(`enregard.${name}`);
    if (value === null) localStorage.removeItem(`enregard.${name}`);
    else localStorage.setItem(`enregard.${name}`, value);
  } catch { /* then it holds for this page only */ }
  return value ?? null;
}
