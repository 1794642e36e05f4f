// For everybody: axe finds nothing serious in any view, light or dark, wide or narrow; both languages; nothing runs off the side.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { ENGLISH, FRENCH, article, at, closeBrowsers, open, serve } from "./site.mjs";

after(closeBrowsers);

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function worked() {
  const site = await serve({ roy: article(FRENCH), abc: "Il pleut.\n" });
  writeFileSync(`${site.folder}/english.txt`, article(ENGLISH));
  await site.run("align", "roy", `${site.folder}/english.txt`);
  await site.run("set", "roy:2", "--en", "It ate 21 mice.", "--note", "ask Anne");
  await site.run("set", "roy:3", "--status", "reviewed");
  await site.run("describe", "roy", "--set", "title=Le chat et le violon").catch(() => {});
  return site;
}

test("axe finds nothing serious", async () => {
  const site = await worked();
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 360]) {
      // The page's own policy lets no other script in; axe comes in beside it.
      const page = await open(null, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
      const look = async (what) => {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
        assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`), [], `${what}, ${colorScheme}, ${width} px`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${what} runs ${wide} px off the side, ${width} px`);
      };
      await page.goto(site.url);
      await page.locator(".articles a.name").first().waitFor();
      await page.waitForTimeout(300);
      await look("dashboard");
      for (const view of ["edit", "align", "review", "read"]) {
        await page.goto(at(site, "roy", view));
        await page.locator(".unit.cursor").waitFor();
        await page.waitForTimeout(300);
        await look(view);
        if (view === "edit") {
          await page.keyboard.press("Home");
          await page.keyboard.press("Enter");
          await page.waitForTimeout(200);
          await look("writing");
          await page.keyboard.press("Escape");
          await page.keyboard.press("?");
          await look("keys");
          await page.keyboard.press("Escape");
          await page.keyboard.press("t");
          await look("kinds");
          await page.keyboard.press("Escape");
          await page.keyboard.press("b");
          await page.locator("dialog .border").first().waitFor();
          await look("border");
          await page.keyboard.press("Escape");
          await page.keyboard.press("h");
          await page.locator("dialog .events").waitFor();
          await look("history");
          await page.keyboard.press("Escape");
        }
      }
      await page.context().close();
    }
  }
  await site.close();
});

test("every word of the page is there in French", async () => {
  const site = await worked();
  const page = await open(null, { locale: "fr-FR" });
  await page.goto(site.url);
  await page.getByText("Progrès").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "fr");
  for (const view of ["edit", "align", "review", "read"]) {
    await page.goto(at(site, "roy", view));
    await page.locator(".unit.cursor").waitFor();
  }
  await page.keyboard.press("l");
  await page.getByRole("button", { name: "Hide the English" }).waitFor();
  // What the code says through t() stands in the list.
  const folder = new URL("../../src/web/assets/", import.meta.url);
  const { readdirSync } = await import("node:fs");
  const { FRENCH: list } = await import(new URL("french.js", folder));
  const missing = [];
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
    const code = readFileSync(new URL(name, folder), "utf8");
    for (const [, text] of code.matchAll(/\bt\("([^"]+)"/g)) if (!(text in list)) missing.push(`${name}: ${text}`);
    for (const [, text] of code.matchAll(/(?:title|group): "([^"]+)"/g)) if (!(text in list)) missing.push(`${name}: ${text}`);
  }
  assert.deepEqual(missing, []);
  await site.close();
});

test("a screen reader hears names: buttons, fields, the list and its units", async () => {
  const site = await worked();
  const page = await open();
  await page.goto(at(site, "roy"));
  await page.locator(".unit.cursor").waitFor();
  await page.getByRole("navigation", { name: "Views" }).waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).waitFor();
  await page.getByRole("listitem", { name: "Unit 1, draft" }).waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "English of unit 1" }).waitFor();
  assert.equal(await page.getByRole("listitem", { name: "Unit 1, draft" }).getAttribute("aria-setsize"), "12");
  assert.deepEqual(page.faults, []);
  await site.close();
});
