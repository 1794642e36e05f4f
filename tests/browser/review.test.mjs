// Stale sentences, filters, bulk changes with a preview, history and going back; reading and what is saved of it.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { ENGLISH, FRENCH, article, at, closeBrowsers, open, serve, until } from "./site.mjs";

after(closeBrowsers);

async function translated() {
  const site = await serve({ roy: article(FRENCH) });
  for (let n = 0; n < 12; n += 1) await site.run("set", `roy:${n + 1}`, "--en", n === 1 ? "It ate 21 mice last night." : ENGLISH[n]);
  return site;
}

test("stale sentences show the old and the new French; keep, edit, accept", async () => {
  const site = await translated();
  const changed = FRENCH.map((fr, n) => (n === 0 ? "Le chat noir dort sur le canapé." : n === 4 ? "Le boulanger ferme à six heures." : fr));
  writeFileSync(`${site.folder}/seeds/roy.txt`, article(changed));
  const page = await open();
  await page.goto(at(site, "roy", "review"));
  await page.getByRole("button", { name: "Carry the English over …" }).click();
  await page.locator("dialog button.main").click();
  await until(() => site.units("roy").filter((unit) => unit.was).length === 2, "two are stale");
  await page.getByRole("button", { name: "Stale only" }).click();
  await until(() => page.locator(".unit").count().then((count) => count === 2), "two are shown");
  assert.equal((await page.locator(".unit .was ins").first().textContent()).trim(), "noir");
  assert.equal((await page.locator(".unit .was del").last().textContent()).trim(), "ouvre");
  await page.keyboard.press("Escape");
  await page.locator(".unit").first().locator(".fr").click();
  await page.keyboard.press("k");
  await until(() => !site.units("roy")[0].was, "kept");
  await page.locator(".unit").last().locator(".fr").click();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("The baker closes at six o’clock.");
  await page.keyboard.press("Control+Enter");
  await until(() => site.units("roy")[4].status === "reviewed" && !site.units("roy")[4].was, "edited and accepted");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("what is filtered can be changed at once, after a preview, and one undo takes it back", async () => {
  const site = await translated();
  const page = await open();
  await page.goto(at(site, "roy", "review"));
  await page.locator(".unit.cursor").waitFor();
  await until(() => page.locator("#filter-finding option").count().then((count) => count > 2), "findings are there");
  await page.locator("#filter-finding").selectOption("numbers");
  await until(() => page.locator(".unit").count().then((count) => count === 1), "one has a finding");
  await page.getByRole("button", { name: "Show all" }).click();
  await page.locator("#filter-text").fill("ecoute");
  await until(() => page.locator(".unit").count().then((count) => count === 1), "accents aside");
  await page.locator("#filter-text").fill("");
  await until(() => page.locator(".unit").count().then((count) => count === 12), "all again");
  await page.getByRole("button", { name: "Change all …" }).click();
  await page.getByRole("button", { name: "mark as reviewed" }).click();
  await page.locator("dialog .preview li").nth(11).waitFor();
  assert.equal(site.units("roy").filter((unit) => unit.status).length, 0, "a preview writes nothing");
  await page.locator("dialog button.main").click();
  await until(() => site.units("roy").every((unit) => unit.status === "reviewed"), "all are reviewed");
  await until(() => page.locator("dialog").count().then((count) => !count), "closed");
  await page.keyboard.press("Escape");
  await page.locator(".unit .fr").first().click();
  await page.keyboard.press("z");
  await until(() => site.units("roy").every((unit) => !unit.status), "one undo");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("the history of a unit says who, when and what, and goes back", async () => {
  const site = await translated();
  await site.run("set", "roy:1", "--en", "A second version.");
  const page = await open();
  await page.goto(at(site, "roy", "review"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("h");
  await page.locator("dialog .events li").nth(1).waitFor();
  const told = await page.locator("dialog .events").textContent();
  assert.ok(told.includes("Ann") && told.includes("A second version."), told);
  await page.getByRole("button", { name: "Back to before this" }).first().click();
  await until(() => site.pairs("roy")[0][1] === ENGLISH[0], "the first version is back");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("the facing pages are read, the English hidden and shown, and what is shown is saved", async () => {
  const site = await translated();
  const page = await open();
  await page.goto(at(site, "roy", "read"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("e");
  await until(() => page.locator(".reveal").count().then((count) => count === 12), "the English is hidden");
  assert.ok(!(await page.locator(".scroller").textContent()).includes(ENGLISH[0]));
  await page.keyboard.press("Home");
  await page.keyboard.press(" ");
  await until(() => page.locator(".unit").first().textContent().then((text) => text.includes(ENGLISH[0])), "one is shown");
  // The French can be what is hidden, and shown sentence by sentence.
  await page.keyboard.press("e");
  await until(() => page.locator(".fr .reveal").count().then((count) => count === 12), "the French is hidden");
  assert.ok(!(await page.locator(".scroller").textContent()).includes(FRENCH[0]));
  await page.keyboard.press("Home");
  await page.keyboard.press(" ");
  await until(() => page.locator(".unit").first().textContent().then((text) => text.includes(FRENCH[0])), "one French sentence is shown");
  await page.keyboard.press("e");
  await page.keyboard.press("/");
  await page.keyboard.type("train");
  await until(() => page.locator(".unit").count().then((count) => count === 2 || count === 1), "filtered");
  const count = await page.locator(".unit").count();
  await page.keyboard.press("Enter");
  await page.keyboard.press("x");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /a table/ }).click()]);
  const lines = readFileSync(await download.path(), "utf8").trim().split("\n");
  assert.equal(lines.length, count + 1);
  assert.ok(lines[1].includes("Le train arrive avec du retard."));
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("the first page counts, and searches both sides", async () => {
  const site = await translated();
  const page = await open();
  await page.goto(site.url);
  await page.locator(".articles a.name").waitFor();
  assert.match(await page.locator(".lead").textContent(), /1 article · 12 sentences · 100\s% translated/);
  await until(() => page.locator("[data-findings=roy]").textContent().then((text) => text === "1"), "one finding");
  await page.keyboard.press("/");
  await page.keyboard.type("violin");
  await page.locator(".found-list li").first().waitFor();
  await page.locator(".found-list a").first().click();
  await until(() => page.locator(".unit.cursor").textContent().then((text) => text.includes("violin")), "and leads to the sentence");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("units are filtered by state, finding, score and text, and every filter says how many there are", async () => {
  const site = await translated();
  writeFileSync(`${site.folder}/english.txt`, article([...ENGLISH.slice(0, 5), "It smells.", ...ENGLISH.slice(6)]));
  await site.run("align", "roy", `${site.folder}/english.txt`, "--edition", "other");
  for (const n of [1, 2, 3]) await site.run("set", `roy:${n}`, "--status", "reviewed");
  const page = await open();
  await page.goto(at(site, "roy", "review"));
  await page.locator(".unit.cursor").waitFor();
  const shown = (count, told) => until(() => page.locator(".unit").count().then((now) => now === count), told);
  await until(() => page.locator(".chip.reviewed .count").textContent().then((text) => text === "3"), "three are reviewed");
  await page.locator(".chip.reviewed").click();
  await shown(3, "the reviewed");
  await page.keyboard.press("Escape");
  await page.locator(".unit .fr").first().click();
  await page.keyboard.press("0");
  await shown(12, "all");
  await page.locator("#filter-finding").selectOption("any");
  await shown(1, "those with a finding");
  await page.locator("#filter-finding").selectOption("");
  await shown(12, "all again");
  await page.keyboard.press("/");
  await page.keyboard.type("violon");
  await shown(1, "those with the text");
  // A change is counted at once.
  await page.keyboard.press("Enter");
  await page.keyboard.press("r");
  await until(() => page.locator(".chip.reviewed .count").textContent().then((text) => text === "4"), "four are reviewed");
  // The other edition has scores.
  await page.keyboard.press(";");
  await until(() => page.url().includes("edition=other"), "the other edition");
  await page.locator(".unit.cursor").waitFor();
  await shown(12, "its units");
  const limit = Math.ceil(Math.min(...site.units("roy@other").map((unit) => unit.score)) * 100 + 1) / 100;
  assert.ok(limit < 1, `some are less than certain: ${limit}`);
  const below = site.units("roy@other").filter((unit) => unit.score < limit).length;
  await page.locator(".filter input[type=range]").fill(String(limit));
  await until(() => page.locator(".counted").textContent().then((text) => text.startsWith(`${below} of 12`)), `${below} are below`);
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("some are selected by key and changed at once; an earlier state comes back, and undo works while reading", async () => {
  const site = await translated();
  const page = await open();
  await page.goto(at(site, "roy", "review"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press(" ");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press(" ");
  await page.keyboard.press("u");
  await page.getByRole("heading", { name: "Change 2 sentences" }).waitFor();
  await page.keyboard.press("4");
  await page.locator("dialog .preview li").nth(1).waitFor();
  await page.keyboard.press("Enter");
  await until(() => site.units("roy").filter((unit) => unit.status === "skipped").length === 2, "two are left in French");
  await until(() => page.locator("dialog").count().then((count) => !count), "closed");
  await page.keyboard.press("Home");
  await page.keyboard.press("h");
  await page.locator("dialog .events li").nth(1).waitFor();
  await page.getByRole("button", { name: "Back to before this" }).first().click();
  await until(() => site.pairs("roy")[0][1] === ENGLISH[0], "its English is back");
  await page.keyboard.press("v");
  await until(() => page.url().includes("view=read"), "reading");
  await page.locator(".unit.cursor").waitFor();
  await page.locator(".head").getByRole("button", { name: "Undo", exact: true }).click();
  await until(() => site.pairs("roy")[0][1] === "", "undone by its button");
  await page.keyboard.press("y");
  await until(() => site.pairs("roy")[0][1] === ENGLISH[0], "done again by its key");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("the first page shows the progress over days, and finds French and English", async () => {
  const site = await serve({ roy: article(FRENCH), abc: "Il pleut.\n" });
  for (const [n, day] of [[1, "2026-03-02"], [2, "2026-03-02"], [3, "2026-03-05"]]) {
    await site.run("set", `roy:${n}`, "--en", ENGLISH[n - 1], { SOURCE_DATE_EPOCH: String(Date.parse(day) / 1000 + 36_000) });
  }
  const page = await open();
  await page.goto(site.url);
  await page.getByRole("img", { name: "3 sentences by 5 Mar 2026" }).waitFor();
  await page.getByText("Day by day").click();
  const days = await page.locator(".days tbody tr").allInnerTexts();
  assert.deepEqual(days.map((line) => line.split(/\s*\t\s*/)), [["5 Mar 2026", "0", "1", "0", "3"], ["2 Mar 2026", "0", "2", "0", "2"]]);
  for (const [text, count] of [["souris", 1], ["MICE", 1], ["pleut", 1], ["raining", 1], ["xyzzy", 0]]) {
    await page.locator("#search").fill(text);
    await until(() => page.locator(".found-list").textContent().then((told) => told.startsWith(count ? "1 sentence" : "0 sentences")), text);
    await until(() => page.locator(".found-list mark").allTextContents().then((all) => all.join().toLowerCase() === (count ? text.toLowerCase() : "")), `${text} is marked`);
  }
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("an orphan's English is given to another sentence by its number, or dropped", async () => {
  const site = await translated();
  await site.run("set", "roy:12", "--clear");
  writeFileSync(`${site.folder}/seeds/roy.txt`, article(FRENCH).replace(FRENCH[0], "").replace(FRENCH[5], ""));
  await site.run("sync");
  const page = await open();
  await page.goto(at(site, "roy", "review"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("g");
  await page.getByText("It is no orphan: its French is there.").waitFor();
  const orphans = () => site.units("roy").filter((unit) => unit.status === "orphan").map((unit) => unit.en.join(" "));
  assert.deepEqual(orphans(), [ENGLISH[0], ENGLISH[5]]);
  await page.keyboard.press("End");
  await page.keyboard.press("g");
  await page.locator("dialog textarea").fill("99");
  await page.keyboard.press("Enter");
  await page.getByText("There is no unit of this number.").waitFor();
  await page.keyboard.press("g");
  await page.locator("dialog textarea").fill("10");
  await page.keyboard.press("Enter");
  await until(() => site.pairs("roy")[9][1] === ENGLISH[5], "given");
  assert.deepEqual(orphans(), [ENGLISH[0]]);
  await until(() => page.locator(".unit").count().then((count) => count === 11), "gone from the page");
  await page.keyboard.press("End");
  await page.keyboard.press("c");
  await until(() => !orphans().length, "dropped");
  assert.deepEqual(page.faults, []);
  await site.close();
});
