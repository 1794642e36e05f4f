// For everybody: axe finds nothing serious in any view, light or dark, wide or narrow; both languages; nothing runs off the side.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { at, closeBrowsers, open, serve, until } from "./site.mjs";
import { VIEWS, leave, worked } from "./views.mjs";

after(closeBrowsers);

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where to put a picture of each view: `PICTURES=folder tests/browser/run looks.test.mjs`. */
const pictures = process.env.PICTURES;

/** Goes through all views: axe finds nothing serious, nothing runs off the side, nothing goes wrong. */
async function through(options, what) {
  const site = await worked();
  // The page's own policy lets no other script in; axe comes in beside it.
  const page = await open(null, { ...options, bypassCSP: true });
  const wrong = [];
  for (const [name, come] of Object.entries(VIEWS)) {
    await come(page, site);
    // What moves has come to rest.
    await page.waitForTimeout(150);
    if (pictures) await page.screenshot({ path: join(pictures, `${name.replaceAll(" ", "-")}-${what}.png`) });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, impact, nodes } of violations) if (["serious", "critical"].includes(impact)) wrong.push(`${name}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
    const wide = await page.evaluate(() => {
      const seen = [document.documentElement, ...document.querySelectorAll("main, .scroller, .panel, dialog, .filter, .bar, .unit, .fr, .marks")];
      return seen.filter((node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== "auto" && node.clientWidth).map((node) => `${node.tagName}.${node.className} by ${node.scrollWidth - node.clientWidth} px`);
    });
    if (wide.length) wrong.push(`${name} runs off the side: ${wide}`);
    await leave(page, site, name);
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
  await site.close();
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 800, 1440]) {
    test(`every view, ${colorScheme}, ${width} px: axe finds nothing serious and nothing runs off the side`, () =>
      through({ colorScheme, viewport: { width, height: width < 500 ? 740 : 900 } }, `${width}-${colorScheme}`));
  }
}

test("every view in French, on a narrow screen", () => through({ locale: "fr-FR", viewport: { width: 360, height: 740 } }, "360-french"));

test("a corpus without an article says how to begin", async () => {
  const site = await serve({});
  const page = await open();
  await page.goto(site.url);
  await page.getByText("enregard add ARTICLE.txt").waitFor();
  if (pictures) await page.screenshot({ path: join(pictures, "empty-1280-light.png") });
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("every word of the page is there in French", async () => {
  const site = await worked();
  const page = await open(null, { locale: "fr-FR" });
  await page.goto(site.url);
  await page.getByText("Progrès").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "fr");
  for (const view of ["edit", "align", "review", "read"]) {
    await page.goto(at(site, "lune", view));
    await page.locator(".unit.cursor").waitFor();
  }
  // What the checks say is in French, too.
  await page.goto(at(site, "lune", "edit", `&unit=${site.units("lune")[7].id}`));
  await page.locator(".findings").getByText("en français").waitFor();
  await page.keyboard.press("v");
  await page.goto(at(site, "lune", "read"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("l");
  await page.getByRole("button", { name: "Hide the English" }).waitFor();
  // What is refused is told by the numbers that stand on the page, in its language.
  await page.goto("about:blank");
  const { id } = (await (await fetch(`${site.url}api/articles/marche/units`)).json()).units[1];
  await page.goto(at(site, "marche", "align", `&unit=${id}`));
  await until(() => page.locator(".unit.cursor").getAttribute("aria-label").then((label) => label.startsWith("Unit 2")), "the second sentence");
  await page.keyboard.press("Shift+ArrowUp");
  await page.getByText("unit 2 has no English", { exact: true }).waitFor();
  await page.keyboard.press("l");
  await page.getByRole("navigation", { name: "Vues" }).waitFor();
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Shift+ArrowUp");
  await page.getByText("l’unité 2 n’a pas d’anglais", { exact: true }).waitFor();
  // What the code says through t() stands in the list.
  const folder = new URL("../../src/web/assets/", import.meta.url);
  const { FRENCH: list } = await import(new URL("french.js", folder));
  const missing = [];
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
    const code = readFileSync(new URL(name, folder), "utf8");
    for (const [, text] of code.matchAll(/\bt\("([^"]+)"/g)) if (!(text in list)) missing.push(`${name}: ${text}`);
    for (const [, ...both] of code.matchAll(/\bmany\([^"\n]*?"([^"]+)", "([^"]+)"/g)) for (const text of both) if (!(text in list)) missing.push(`${name}: ${text}`);
    for (const [, text] of code.matchAll(/\bone\("[^"]+", "[^"]+", "([^"]+)"/g)) if (!(text in list)) missing.push(`${name}: ${text}`);
    for (const [, text] of code.matchAll(/(?:title|group): "([^"]+)"/g)) if (!(text in list)) missing.push(`${name}: ${text}`);
  }
  assert.deepEqual(missing, []);
  await site.close();
});

test("a screen reader hears names: buttons, fields, the list and its units", async () => {
  const site = await worked();
  const page = await open();
  await page.goto(at(site, "lune"));
  await page.locator(".unit.cursor").waitFor();
  await page.getByRole("navigation", { name: "Views" }).waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).waitFor();
  await page.getByRole("listitem", { name: "Unit 1, reviewed" }).waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "English of unit 1" }).waitFor();
  assert.equal(await page.getByRole("listitem", { name: "Unit 1, reviewed" }).getAttribute("aria-setsize"), "16");
  assert.deepEqual(page.faults, []);
  await site.close();
});
