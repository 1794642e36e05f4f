// What the sign says is true: "saved" only where every text is on the disk; what is not is kept, and asked about again.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FRENCH, article, at, closeBrowsers, open, saved, serve, until } from "./site.mjs";

after(closeBrowsers);

const state = (page) => page.locator("#sign").getAttribute("data-state");
const writing = (page, n) => until(() => page.evaluate((n) => document.activeElement?.getAttribute("aria-label") === `English of unit ${n}`, n), `unit ${n} can be written`);

/** A corpus of one article, and a page on which its first sentence is being written. */
async function written() {
  const site = await serve({ roy: article(FRENCH) });
  const page = await open();
  await page.goto(at(site, "roy"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Enter");
  await writing(page, 1);
  return { site, page };
}

/** Another program has changed the sentence that is being written, and the question about it is left without an answer. */
async function unanswered() {
  const { site, page } = await written();
  await page.keyboard.type("The cat");
  await saved(page);
  await site.run("set", "roy:1", "--en", "From the terminal.");
  await page.keyboard.type(" is asleep.");
  await page.locator("dialog .versions").waitFor();
  await page.keyboard.press("Escape");
  await until(() => page.locator("dialog").count().then((count) => !count), "closed");
  return { site, page };
}

test("a sentence that is saved does not call the next one saved", async () => {
  const { site, page } = await written();
  const signs = [];
  await page.exposeFunction("signed", (now) => signs.push([now, site.file("roy").includes("It ate.")]));
  await page.evaluate(() => new MutationObserver(() => window.signed(document.getElementById("sign").dataset.state)).observe(document.getElementById("sign"), { attributes: true }));
  // The first sentence's answer comes while the second is typed.
  await page.route("**/units/*", async (route) => {
    if (route.request().method() === "PATCH") await new Promise((resolve) => setTimeout(resolve, 350));
    await route.continue();
  });
  await page.keyboard.type("The cat.");
  await page.keyboard.press("Enter");
  await writing(page, 2);
  await page.keyboard.type("It ate.");
  await until(() => site.file("roy").includes("It ate."), "both are on the disk");
  await saved(page);
  const wrong = signs.slice(signs.findIndex(([now]) => now === "saving")).filter(([now, there]) => now === "saved" && !there);
  assert.deepEqual(wrong, []);
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("what else is another of a sentence stands in no text's way; another French does", async () => {
  const { site, page } = await written();
  await page.keyboard.type("The cat");
  await saved(page);
  await site.run("set", "roy:1", "--kind", "heading", "--note", "From the terminal.");
  await page.keyboard.type(" is asleep.");
  await until(() => site.pairs("roy")[0][1] === "The cat is asleep.", "saved without a question");
  await saved(page);
  assert.equal(await page.locator("dialog").count(), 0);
  assert.deepEqual([site.units("roy")[0].kind, site.units("roy")[0].note], ["heading", "From the terminal."]);
  // The same English over another French is asked about.
  await site.run("merge", "roy:1", "roy:2");
  await page.keyboard.type(" It ate.");
  await page.locator("dialog .versions").waitFor();
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("a question left without an answer is told of and asked again; nothing is overwritten meanwhile", async () => {
  const { site, page } = await unanswered();
  assert.equal(await state(page), "conflict");
  // Going on asks once more, and what is saved elsewhere is no answer.
  await page.keyboard.press("Enter");
  await page.locator("dialog .versions").waitFor();
  await page.keyboard.press("Escape");
  await writing(page, 2);
  await page.keyboard.type("It ate.");
  await until(() => site.file("roy").includes("It ate."), "the second is on the disk");
  await page.waitForTimeout(300);
  assert.equal(await state(page), "conflict", "the first is not");
  assert.equal(site.pairs("roy")[0][1], "From the terminal.");
  // Back at the sentence what was typed stands there again, and is not simply written over theirs.
  await page.keyboard.press("Shift+Tab");
  await page.locator("dialog .versions").waitFor();
  assert.equal(await page.locator("dialog textarea").inputValue(), "The cat is asleep.");
  assert.equal(site.pairs("roy")[0][1], "From the terminal.");
  await page.locator("dialog button.main").click();
  await until(() => site.pairs("roy")[0][1] === "The cat is asleep.", "chosen");
  await saved(page);
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("the first page tells what waits in the browser, and its article asks again after the page was loaded anew", async () => {
  const { site, page } = await unanswered();
  await page.goto("about:blank");
  await page.goto(site.url);
  await page.locator(".unsaved").getByRole("link", { name: "roy" }).click();
  await page.locator("dialog .versions").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".unit.cursor").waitFor();
  await until(() => state(page).then((now) => now === "conflict"), "the sign says so");
  // Opened for writing, it goes over what it was typed over: both are shown again.
  await page.locator(".unit .en").first().click();
  await page.locator("dialog .versions").waitFor();
  assert.equal(site.pairs("roy")[0][1], "From the terminal.");
  await page.getByRole("button", { name: "Leave what is on disk" }).click();
  await saved(page);
  await page.goto("about:blank");
  await page.goto(site.url);
  await page.locator(".articles a.name").waitFor();
  assert.equal(await page.locator(".unsaved").count(), 0);
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("an answer that is lost makes nobody a stranger to their own text", async () => {
  const { site, page } = await written();
  let lost = 0;
  await page.route("**/units/*", async (route) => {
    if (route.request().method() !== "PATCH" || lost) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await page.keyboard.type("The cat");
  await until(() => lost && site.file("roy").includes('"The cat"'), "written, and not answered");
  await page.keyboard.type(" is asleep.");
  await until(() => site.pairs("roy")[0][1] === "The cat is asleep.", "written over one's own", 8000);
  await saved(page);
  assert.equal(await page.locator("dialog").count(), 0);
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("reviewed while the server is gone is reviewed when it is back", async () => {
  const { site, page } = await written();
  await site.stop("SIGKILL");
  await page.keyboard.type("The cat is asleep.");
  await page.keyboard.press("Control+Enter");
  await until(() => state(page).then((now) => now === "kept"), "kept");
  await site.start();
  await until(() => site.units("roy")[0]?.status === "reviewed", "sent as it was meant", 8000);
  assert.equal(site.pairs("roy")[0][1], "The cat is asleep.");
  await site.close();
});

test("a sentence that is merged elsewhere is asked about, and the cursor stays where it stood", async () => {
  const { site, page } = await written();
  for (let n = 1; n < 6; n += 1) {
    await page.keyboard.press("Enter");
    await writing(page, n + 1);
  }
  await page.keyboard.type("Still");
  await saved(page);
  await site.run("merge", "roy:5", "roy:6");
  await page.keyboard.type(" warm");
  await page.locator("dialog").waitFor();
  await until(() => page.locator("dialog textarea").inputValue().then((value) => value === "Still warm"), "what was typed is in the question");
  await page.keyboard.press("Escape");
  await until(() => page.locator(".unit.cursor").getAttribute("aria-label").then((label) => /^Unit [56]/.test(label)), "near by");
  assert.deepEqual(page.faults, []);
  await site.close();
});
