// What is typed and not yet on the server's disk: kept in this browser until it is.

import { session } from "./api.js";

const prefix = (place) => `enregard/${session.name}/${place.article}@${place.edition ?? ""}/`;

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

/** A choice of the person's (language, light or dark), for this browser. */
export function choice(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(`enregard.${name}`);
    if (value === null) localStorage.removeItem(`enregard.${name}`);
    else localStorage.setItem(`enregard.${name}`, value);
  } catch { /* then it holds for this page only */ }
  return value ?? null;
}
