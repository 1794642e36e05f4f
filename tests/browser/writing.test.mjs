// Ten translations with the keyboard alone; typing is on disk in time; undo and redo, across restarts.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ENGLISH, FRENCH, article, at, closeBrowsers, open, saved, serve, slow, until } from "./site.mjs";

after(closeBrowsers);

test("ten translations with the keyboard alone, from the first page on", async () => {
  const site = await serve({ roy: article(FRENCH) });
  const page = await open();
  await page.goto(site.url);
  await page.locator(".articles a.name").first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Enter");
  for (let n = 0; n < 10; n += 1) {
    await until(() => page.evaluate((n) => document.activeElement?.getAttribute("aria-label") === `English of unit ${n + 1}`, n), `unit ${n + 1} can be written`);
    await page.keyboard.type(ENGLISH[n]);
    await page.keyboard.press(n % 3 === 0 ? "Tab" : n % 3 === 1 ? "Enter" : "Control+Enter");
  }
  await until(() => site.pairs("roy").filter(([, en]) => en).length === 10, "ten translations are on disk");
  assert.deepEqual(site.pairs("roy").slice(0, 10), FRENCH.slice(0, 10).map((fr, n) => [fr, ENGLISH[n]]));
  assert.deepEqual(site.units("roy").map((unit) => unit.status === "reviewed"), [2, 5, 8].reduce((all, n) => all.with(n, true), Array(12).fill(false)));
  // Leave in French, a note, and the keys, all by key.
  await page.keyboard.press("Alt+s");
  await until(() => site.units("roy")[10].status === "skipped", "skipped by key");
  await until(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label") === "English of unit 12"), "and on to the last");
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.keyboard.type("ask Anne");
  await page.keyboard.press("Enter");
  await until(() => site.file("roy").includes('"note":"ask Anne"'), "a note by key");
  await page.keyboard.press("?");
  await page.locator("dialog .keys").first().waitFor();
  await page.keyboard.press("Escape");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("what is typed is on disk within two seconds without leaving the field, and a sign says so", async () => {
  const site = await serve({ roy: article(FRENCH) });
  const page = await open();
  await page.goto(at(site, "roy"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Enter");
  const begin = Date.now();
  // Never a pause: the time since the first key counts.
  await page.keyboard.type("The cat is sleeping on the sofa, as it does all day long", { delay: 60 });
  assert.ok(site.file("roy").includes("The cat is"), "saved while it is typed");
  assert.ok(Date.now() - begin > 2000);
  const end = Date.now();
  await until(() => site.pairs("roy")[0]?.[1] === "The cat is sleeping on the sofa, as it does all day long", "on disk", 2000);
  assert.ok(Date.now() - end < 2000 * slow);
  await saved(page);
  assert.equal(await page.locator("#sign").textContent(), "Saved");
  // All of it is one step.
  await page.keyboard.press("Alt+z");
  await until(() => site.pairs("roy").every(([, en]) => !en), "one undo takes the sentence back");
  await until(() => page.evaluate(() => document.activeElement?.value === ""), "the field is empty, too");
  await page.keyboard.press("Alt+y");
  await until(() => site.pairs("roy")[0]?.[1].startsWith("The cat"), "and redo brings it again");
  await site.stop("SIGTERM");
  await site.start();
  await page.reload();
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("z");
  await until(() => site.pairs("roy").every(([, en]) => !en), "undo works in another run");
  await site.stop("SIGTERM");
  await site.start();
  await page.reload();
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("y");
  await until(() => site.pairs("roy")[0]?.[1].startsWith("The cat"), "and redo in the next");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("matches, terms and findings stand beside the unit, and findings are dismissed and taken by key", async () => {
  const site = await serve({ roy: article([...FRENCH, "Le chat dort sur le lit."]) });
  const { writeFileSync } = await import("node:fs");
  writeFileSync(`${site.folder}/glossary.tsv`, "chat\ttomcat\n");
  await site.run("set", "roy:1", "--en", "The tomcat sleeps on the sofa.");
  const page = await open();
  await page.goto(at(site, "roy", "edit", `&unit=${site.units("roy")[12].id}`));
  const panel = page.locator(".panel");
  await panel.getByText("The tomcat sleeps on the sofa.").waitFor();
  await panel.getByText("tomcat", { exact: false }).first().waitFor();
  // A digit that chooses in a dialog puts no match in.
  await page.keyboard.press("t");
  await page.locator("dialog .choices").waitFor();
  await page.keyboard.press("2");
  await until(() => site.units("roy")[12].kind === "heading", "it is a heading");
  await page.waitForTimeout(300);
  assert.equal(await page.locator(".unit textarea").count(), 0);
  await page.keyboard.press("z");
  await until(() => site.units("roy")[12].kind === undefined, "and none again");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Alt+1");
  await until(() => page.evaluate(() => document.activeElement?.value === "The tomcat sleeps on the sofa."), "the match is put in");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("The tomcat sleeps sleeps on the bed.");
  await panel.getByText("repeated-word").waitFor();
  await until(async () => {
    await page.keyboard.press("Alt+d");
    await page.waitForTimeout(300);
    return !(await panel.getByText("repeated-word").count());
  }, "no finding of it is left");
  await until(() => site.units("roy")[12].dismissed?.some((one) => one.check === "repeated-word"), "dismissed, on disk");
  await until(async () => !(await panel.getByText("repeated-word").count()), "and gone from the page");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("whatever a button does has a key, which the button and the page of keys tell", async () => {
  const site = await serve({ roy: article(FRENCH) });
  const page = await open();
  for (const view of ["edit", "align", "review", "read"]) {
    await page.goto(at(site, "roy", view));
    await until(() => page.locator(`.mode-${view} .unit.cursor`).count(), view);
    const buttons = page.locator(".tools button, .side button");
    const keys = [];
    for (const button of await buttons.all()) {
      const key = await button.getAttribute("aria-keyshortcuts");
      assert.ok(key, `${view}: ${await button.textContent()} has a key`);
      keys.push([await button.textContent(), key]);
    }
    await page.keyboard.press("?");
    const told = await page.locator("dialog kbd").allTextContents();
    for (const [name, key] of keys.filter(([, key]) => key !== "?")) {
      const shown = key.split("+").map((part) => ({ ArrowUp: "↑", ArrowDown: "↓" })[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(" ");
      assert.ok(told.includes(shown), `${view}: ${name} (${shown}) stands in ${told}`);
    }
    // The dialog holds the cursor, and gives it back.
    for (let n = 0; n < 4; n += 1) {
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement === document.body || !!document.activeElement.closest("dialog")), "Tab stays in the dialog");
    }
    await page.keyboard.press("Escape");
    await until(() => page.locator("dialog").count().then((count) => !count), "closed");
  }
  await page.locator(".unit .fr").nth(2).click();
  await page.keyboard.press("ArrowDown");
  const where = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  const before = await where();
  assert.match(before, /^Unit 4/);
  await page.keyboard.press("x");
  await page.locator("dialog").waitFor();
  await page.keyboard.press("Escape");
  await until(async () => (await where()) === before, "the cursor is where it was");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("a sentence is reviewed and a draft again by key; without English it is not reviewed", async () => {
  const site = await serve({ roy: article(FRENCH) });
  await site.run("set", "roy:1", "--en", ENGLISH[0]);
  const page = await open();
  await page.goto(at(site, "roy"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("r");
  await page.getByRole("listitem", { name: "Unit 1, reviewed" }).waitFor();
  assert.equal(site.units("roy")[0].status, "reviewed");
  // The next has no English: the page says so in its own words, and stays there.
  await page.keyboard.press("r");
  await page.getByText("There is no English to mark as reviewed.").waitFor();
  assert.match(await page.locator(".unit.cursor").getAttribute("aria-label"), /^Unit 2/);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("-");
  await until(() => !site.units("roy")[0].status, "a draft again");
  assert.equal(site.pairs("roy")[0][1], ENGLISH[0]);
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("matches of a memory that is still being read come by themselves", async () => {
  const site = await serve({ roy: article([...FRENCH, "Le chat dort sur le lit."]) });
  await site.run("set", "roy:1", "--en", "The tomcat sleeps on the sofa.");
  const page = await open();
  let early = true;
  await page.route("**/help", (route) => {
    if (!early) return route.continue();
    early = false;
    return route.fulfill({ json: { matches: [], terms: [], coming: true } });
  });
  await page.goto(at(site, "roy", "edit", `&unit=${site.units("roy")[12].id}`));
  await page.locator(".panel").getByText("The memory is being read …").waitFor();
  await page.locator(".panel").getByText("The tomcat sleeps on the sofa.").waitFor();
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("whoever looked at a dialog while writing types on where the cursor stood", async () => {
  const site = await serve({ roy: article(FRENCH) });
  const page = await open();
  await page.goto(at(site, "roy"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".unit textarea").waitFor();
  await page.keyboard.type("The cat .");
  await saved(page);
  await page.keyboard.press("ArrowLeft");
  for (const key of ["n", "?", "x", "h", "t"]) {
    await page.keyboard.press(`Alt+${key}`);
    await page.locator("dialog").waitFor();
    await page.keyboard.press("Escape");
    await until(() => page.locator("dialog").count().then((count) => !count), "closed");
    await page.keyboard.type(key);
  }
  assert.equal(await page.locator(".unit textarea").inputValue(), "The cat n?xht.");
  assert.deepEqual(page.faults, []);
  await site.close();
});
