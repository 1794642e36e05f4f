// The server: what is asked of it, the run's secret, and whether it is there at all.

/** A request that was not done: `code` is the API's, `status` HTTP's; 0 where nobody answered. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.error ?? "");
    this.status = status;
    this.code = body?.code ?? (status ? "fault" : "gone");
    this.body = body ?? {};
  }
}

/** What the server said of itself: secret, name, by, languages, kinds. */
export const session = { secret: "", name: "", source: "fr", target: "en", kinds: [], formats: [] };

const listeners = new Set();
let there = true;
let looking = 0;

/** Tells `listener` when the server goes and comes back. */
export function onPresence(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const isThere = () => there;

function presence(now) {
  if (now === there) return;
  there = now;
  for (const listener of listeners) listener(now);
  if (!now) look();
}

/** Looks for the server until it is there again, perhaps as another run with another secret. */
function look() {
  clearTimeout(looking);
  looking = setTimeout(async () => {
    try { await greet(); } catch { look(); }
  }, 1000);
}

/** Asks the server who it is. */
export async function greet() {
  Object.assign(session, await ask("GET", "/api/session"));
  return session;
}

async function ask(method, path, body, headers = {}) {
  const request = { method, cache: "no-store", headers: { accept: "application/json", ...headers } };
  if (method !== "GET") {
    request.headers["content-type"] = "application/json";
    request.headers["x-enregard-secret"] = session.secret;
    request.body = JSON.stringify(body ?? {});
  }
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    presence(false);
    throw new Problem(0);
  }
  if (response.status === 304) {
    presence(true);
    return null;
  }
  const type = response.headers.get("content-type") ?? "";
  const answer = type.startsWith("application/json") ? await response.json().catch(() => null) : { error: await response.text() };
  if (!response.ok) {
    // Another run has another secret: it is asked for once.
    if (answer?.code === "secret" && !headers.again) {
      await greet();
      return ask(method, path, body, { ...headers, again: "1" });
    }
    presence(true);
    throw new Problem(response.status, answer);
  }
  presence(true);
  return answer;
}

/** Reads; null where it is still what `tag` names. */
export const get = (path, tag) => ask("GET", path, undefined, tag ? { "if-none-match": `"${tag}"` } : {});
export const post = (path, body) => ask("POST", path, body);
export const patch = (path, body, tag) => ask("PATCH", path, body, { "if-match": `"${tag}"` });

/** Sends, and takes the answer as a file. */
export async function file(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-enregard-secret": session.secret },
    body: JSON.stringify(body),
  }).catch(() => { presence(false); throw new Problem(0); });
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => null));
  return response.blob();
}

/** The path of an article, or of something in it. */
export function path(place, rest = "", query = {}) {
  const all = new URLSearchParams(query);
  if (place.edition) all.set("edition", place.edition);
  const tail = all.size ? `?${all}` : "";
  return `/api/articles/${encodeURIComponent(place.article)}${rest}${tail}`;
}

/** The page's own address of an article, or of a unit of it. */
export const link = (article, view, unit, edition) => {
  const query = new URLSearchParams();
  if (view) query.set("view", view);
  if (edition) query.set("edition", edition);
  if (unit) query.set("unit", unit);
  return `#/a/${encodeURIComponent(article)}${query.size ? `?${query}` : ""}`;
};
