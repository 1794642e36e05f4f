// Texts and names that try to be script; foreign hosts and origins on every route; nothing asked of anybody else.

import assert from "node:assert/strict";
import http from "node:http";
import { after, test } from "node:test";
import { at, closeBrowsers, open, serve, until } from "./site.mjs";

after(closeBrowsers);

const ATTACKS = [
  "<script>window.hit=1</script>", "<img src=x onerror=window.hit=1>", "\"><svg onload=window.hit=1>", "'-window.hit=1-'",
  "</textarea><script>window.hit=1</script>", "<iframe srcdoc=\"<script>parent.hit=1</script>\">", "javascript:window.hit=1",
  "<a href=javascript:window.hit=1>x</a>", "{{constructor.constructor('window.hit=1')()}}", "${window.hit=1}", "</title><script>window.hit=1</script>",
  "<style>@import 'http://evil.example/'</style>", "<link rel=stylesheet href=http://evil.example/>", "<base href=http://evil.example/>",
  "<meta http-equiv=refresh content='0;url=http://evil.example/'>", "\u2028window.hit=1\u2029", "\u202Ewindow.hit=1", "&lt;script&gt;window.hit=1&lt;/script&gt;",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=window.hit=1>", "<object data=http://evil.example/>", "%3Cscript%3Ewindow.hit=1%3C/script%3E",
];

const NAMES = ["'onload=window.hit=1", "javascript&#58;window.hit=1", "${window.hit=1}", "{{7+7}}", "%3Cscript%3Ewindow.hit=1%3C%2Fscript%3E", "a&amp;b'c", "x..%2f..%2fetc%2fpasswd", "__proto__", "constructor"];

test("seeds whose texts and names try every script injection stay text in every view", async () => {
  const body = ATTACKS.map((attack) => `Il dit ${attack} à tous.`).join("\n\n") + "\n";
  const site = await serve(Object.fromEntries(NAMES.map((name) => [name, body])));
  const [first] = NAMES;
  await site.run("describe", "constructor", "--title", "<img src=x onerror=window.hit=1>");
  const page = await open();
  await page.goto(site.url);
  await page.locator(".articles a.name").nth(NAMES.length - 1).waitFor();
  const names = await page.locator(".articles a.name").allTextContents();
  for (const name of NAMES.filter((name) => name !== "constructor")) assert.ok(names.includes(name), `${name} in ${names}`);
  for (const name of NAMES) {
    for (const view of ["edit", "align", "review", "read"]) {
      await page.goto("about:blank");
      await page.goto(at(site, name, view));
      await page.locator(".unit.cursor").waitFor();
    }
  }
  // As English, as a note, and in what is shown of them.
  await page.goto("about:blank");
  await page.goto(at(site, first));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Enter");
  for (const attack of ATTACKS.slice(0, 12)) {
    await page.keyboard.insertText(attack.replaceAll(/[\u2028\u2029]/g, " "));
    await page.keyboard.press("Enter");
  }
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.keyboard.insertText(ATTACKS[1]);
  await page.keyboard.press("Enter");
  await until(() => site.file(first).includes("onerror=window.hit=1>\",\"by\""), "the note is on disk");
  await page.keyboard.press("Home");
  await page.keyboard.press("h");
  await page.locator("dialog .events").waitFor();
  await page.waitForTimeout(300);
  await page.keyboard.press("Escape");
  await page.keyboard.press("o");
  await page.locator("#search").fill("window.hit");
  await page.waitForTimeout(800);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator("script").count(), 1);
  assert.equal(await page.locator("iframe, object, embed, base, link[href*=evil], img").count(), 0);
  assert.deepEqual(page.faults, []);
  await site.close();
});

/** A request with headers of one's own, as no browser would send it. */
function raw(site, method, path, headers, body = "") {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port: site.port, method, path, headers, setHost: false }, (response) => {
      response.resume();
      response.on("end", () => resolve(response));
    });
    request.on("error", reject);
    request.end(body);
  });
}

test("a foreign Host and a foreign Origin get nothing on any route", async () => {
  const site = await serve({ roy: "Il pleut.\n" });
  const host = `127.0.0.1:${site.port}`;
  const routes = [
    ["GET", "/"], ["GET", "/app.js"], ["GET", "/style.css"], ["GET", "/api/session"], ["GET", "/api/articles"], ["GET", "/api/progress"], ["GET", "/api/steps"],
    ["GET", "/api/search?text=pleut"], ["GET", "/api/articles/roy"], ["GET", "/api/articles/roy/units"], ["GET", "/api/articles/roy/findings"], ["GET", "/nowhere"],
    ["GET", "/api/articles/roy/where?text=a"], ["GET", "/api/articles/roy/units/a000000000"], ["GET", "/api/articles/roy/units/a000000000/help"],
    ["GET", "/api/articles/roy/units/a000000000/history"], ["POST", "/api/articles/roy/units/a000000000/check"], ["GET", "/api/nowhere"], ["DELETE", "/"],
    ["POST", "/api/undo"], ["POST", "/api/redo"], ["POST", "/api/articles/roy/amend"], ["POST", "/api/articles/roy/reshape"], ["POST", "/api/articles/roy/align"],
    ["POST", "/api/articles/roy/sync"], ["POST", "/api/articles/roy/export"], ["PATCH", "/api/articles/roy/units/a000000000"], ["POST", "/api/articles/roy/units/a000000000/restore"],
  ];
  const { secret } = await (await fetch(`${site.url}api/session`)).json();
  for (const [method, path] of routes) {
    const own = { "content-type": "application/json", "x-enregard-secret": secret, origin: `http://${host}` };
    assert.equal((await raw(site, method, path, { ...own, host: "evil.example" })).statusCode, 421, `${method} ${path}`);
    assert.equal((await raw(site, method, path, { ...own, host: `evil.example:${site.port}` })).statusCode, 421, `${method} ${path}`);
    assert.equal((await raw(site, method, path, { ...own, host, origin: "http://evil.example" })).statusCode, 403, `${method} ${path}`);
    const policy = (await raw(site, method, path, { host })).headers["content-security-policy"];
    assert.match(policy, /^default-src 'none'/, path);
  }
  assert.equal(site.file("roy"), "");
  await site.close();
});

test("a page of another site can neither read nor change anything", async () => {
  const site = await serve({ roy: "Il pleut.\n" });
  const evil = http.createServer((request, response) => response.setHeader("content-type", "text/html").end("<!doctype html><title>evil</title>"));
  await new Promise((resolve) => evil.listen(0, "127.0.0.1", resolve));
  const page = await open();
  await page.goto(`http://localhost:${evil.address().port}/`);
  const tried = await page.evaluate(async (target) => {
    const attempt = async (path, options) => {
      try { return (await fetch(target + path, options)).status; } catch { return "refused"; }
    };
    const framed = await new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.src = target;
      frame.onload = () => { try { resolve(frame.contentDocument?.title ?? "closed"); } catch { resolve("closed"); } };
      document.body.append(frame);
    });
    return [
      await attempt("api/session"), await attempt("api/undo", { method: "POST", body: "{}" }),
      await attempt("api/undo", { method: "POST", body: "{}", mode: "no-cors" }), await attempt("api/undo", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }),
      framed === "enregard" ? "framed" : "closed",
    ];
  }, site.url);
  assert.deepEqual([tried[0], tried[1], tried[3], tried[4]], ["refused", "refused", "refused", "closed"]);
  evil.close();
  await site.close();
});

test("with a token nothing is seen without it; its link lets a browser in, and leaves the address bar", async () => {
  const token = "8f3c5a90b1d24e67";
  const site = await serve({ roy: "Il pleut.\n" }, ["--token", token]);
  const page = await open();
  const bare = new URL("/", site.url).href;
  assert.equal((await page.goto(bare)).status(), 401);
  await page.goto(site.url);
  await page.locator(".articles a.name").waitFor();
  assert.ok(!page.url().includes(token), page.url());
  await page.locator(".articles a.name").click();
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("It is raining.");
  await until(() => site.pairs("roy")[0]?.[1] === "It is raining.", "written");
  await site.close();
});

test("every answer has the policy: pages, errors, what is downloaded", async () => {
  const site = await serve({ roy: "Il pleut.\n" });
  const host = `127.0.0.1:${site.port}`;
  const { secret } = await (await fetch(`${site.url}api/session`)).json();
  const { units: [{ id }] } = await (await fetch(`${site.url}api/articles/roy/units`)).json();
  const own = { host, origin: `http://${host}`, "content-type": "application/json", "x-enregard-secret": secret };
  const export_ = JSON.stringify({ format: "html", ids: [id], sides: "both" });
  for (const [method, path, headers, status, body] of [
    ["GET", "/", { host }, 200], ["GET", "/app.js", { host }, 200], ["GET", "/nowhere", { host }, 404], ["GET", "/api/articles/nobody", { host }, 404],
    ["POST", "/", own, 405], ["GET", "/", { host: "evil.example" }, 421], ["POST", "/api/undo", { host }, 403], ["POST", "/api/articles/roy/amend", own, 400, "{"],
    ["POST", "/api/articles/roy/amend", own, 400, "[]"], ["POST", "/api/undo", { ...own, "content-type": "text/plain" }, 415], ["POST", "/api/articles/roy/export", own, 200, export_],
  ]) {
    const answer = await raw(site, method, path, headers, body);
    assert.equal(answer.statusCode, status, `${method} ${path}`);
    assert.match(answer.headers["content-security-policy"], /^default-src 'none'; script-src 'self'; style-src 'self';/, `${method} ${path}`);
    assert.equal(answer.headers["x-content-type-options"], "nosniff");
    if (path.endsWith("/export")) assert.deepEqual([answer.headers["content-type"], answer.headers["content-disposition"]], ["application/octet-stream", "attachment"]);
    else if (path.startsWith("/api") && status >= 400) assert.match(answer.headers["content-type"], /^application\/json/);
  }
  await site.close();
});
