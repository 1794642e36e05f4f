// A whole English text is pasted, aligned and mended; kinds, borders, and the rest realigned.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ENGLISH, FRENCH, article, at, closeBrowsers, open, serve, until } from "./site.mjs";

after(closeBrowsers);

async function paste(page, text) {
  await page.getByRole("button", { name: "Bring a whole English text …" }).click();
  const field = page.locator("dialog textarea");
  await field.waitFor();
  await field.evaluate((node, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    if (node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))) document.execCommand("insertText", false, text);
  }, text);
  await page.locator("dialog button.main").click();
  await page.getByRole("heading", { name: "Aligned", exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await until(() => page.locator("dialog").count().then((count) => !count), "the summary is closed");
}

test("a pasted English text is aligned, and a bead is mended by keys", async () => {
  const site = await serve({ roy: article(FRENCH) });
  const page = await open();
  await page.goto(at(site, "roy", "align"));
  await page.locator(".unit.cursor").waitFor();
  await paste(page, article(ENGLISH));
  await until(() => site.pairs("roy").filter(([fr, en]) => fr && en).length === 12, "twelve beads");
  assert.deepEqual(site.pairs("roy"), FRENCH.map((fr, n) => [fr, ENGLISH[n]]));
  assert.ok(site.units("roy").every((unit) => unit.origin === "aligner" && unit.score > 0));
  // Merge the first two, move an English sentence on, and take it back.
  await page.keyboard.press("Home");
  await page.keyboard.press("m");
  await until(() => site.pairs("roy")[0][1] === `${ENGLISH[0]} ${ENGLISH[1]}`, "merged");
  await page.keyboard.press("Shift+ArrowDown");
  await until(() => site.pairs("roy")[1][1] === `${ENGLISH[1]} ${ENGLISH[2]}`, "moved down");
  await page.keyboard.press("z");
  await until(() => site.pairs("roy")[1][1] === ENGLISH[2], "undone");
  // Split it again, at the border that the page proposes.
  await page.keyboard.press("Home");
  await page.keyboard.press("x");
  await page.locator("dialog .border").first().waitFor();
  await page.keyboard.press("Enter");
  await until(() => site.pairs("roy").length === 12, "split");
  assert.deepEqual(site.pairs("roy").slice(0, 2), [[FRENCH[0], ENGLISH[0]], [FRENCH[1], ENGLISH[1]]]);
  // The border moves by a word on either side.
  await page.keyboard.press("Home");
  await page.keyboard.press("b");
  await page.locator("dialog .border").first().waitFor();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await until(() => site.pairs("roy")[0][1] === "The cat is sleeping on the sofa. It", "the border moved");
  assert.equal(site.pairs("roy")[0][0], "Le chat dort sur le canapé. Il");
  await page.keyboard.press("z");
  await until(() => site.pairs("roy")[0][1] === ENGLISH[0], "undone");
  // Insert and cross out.
  await page.keyboard.press("Home");
  await page.keyboard.press("i");
  await page.locator("dialog textarea").fill("An aside.");
  await page.keyboard.press("Enter");
  await until(() => site.pairs("roy")[1][1] === "An aside." && site.pairs("roy")[1][0] === "", "inserted");
  await page.keyboard.press("c");
  await until(() => site.pairs("roy").length === 12, "crossed out");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("what is pinned stays, the rest is realigned, and one undo takes the whole text back", async () => {
  const site = await serve({ roy: article(FRENCH) });
  const page = await open();
  await page.goto(at(site, "roy", "align"));
  await page.locator(".unit.cursor").waitFor();
  const text = article([...ENGLISH.slice(0, 3), "Nobody leaves the house, and the baker opens at six o’clock.", ...ENGLISH.slice(5)]);
  await paste(page, text);
  await until(() => site.pairs("roy").length >= 11, "aligned");
  // A wrong decision of the person's is a fixed point, too.
  await page.keyboard.press("Home");
  await page.keyboard.press("m");
  await until(() => site.units("roy")[0].set?.includes("bounds"), "the merged unit is pinned");
  const merged = site.pairs("roy")[0];
  await page.keyboard.press("a");
  await page.getByRole("heading", { name: "Aligned", exact: true }).waitFor();
  await page.keyboard.press("Enter");
  assert.deepEqual(site.pairs("roy")[0], merged);
  const reached = await site.run("export", "roy", "--columns", "en", "--dialect", "plain");
  for (const sentence of ENGLISH.slice(5)) assert.ok(reached.includes(sentence), sentence);
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("a line is made boilerplate and content again, its English staying with it", async () => {
  const site = await serve({ roy: article(FRENCH) });
  await site.run("set", "roy:1", "--en", ENGLISH[0]);
  const page = await open();
  await page.goto(at(site, "roy", "review"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("t");
  await page.getByRole("button", { name: /byline/ }).click();
  await until(() => site.units("roy")[0].kind === "byline", "it is a byline");
  assert.deepEqual(site.units("roy")[0].set, ["kind"]);
  assert.equal(site.pairs("roy")[0][1], ENGLISH[0]);
  await page.keyboard.press("z");
  await until(() => site.units("roy")[0].kind === undefined, "and body again");
  // What was undone is told by the number that the page shows.
  await page.getByText("Undone: set roy:1", { exact: true }).waitFor();
  await site.close();
});

test("another English text becomes an edition of its own, beside what a person translates", async () => {
  const site = await serve({ roy: article(FRENCH) });
  await site.run("set", "roy:1", "--en", "My own first sentence.");
  const page = await open();
  await page.goto(at(site, "roy", "align"));
  await page.locator(".unit.cursor").waitFor();
  await page.getByRole("button", { name: "Bring a whole English text …" }).click();
  await page.locator("dialog textarea").fill(article(ENGLISH));
  await page.locator("#edition").fill("published");
  await page.locator("dialog button.main").click();
  await until(() => site.pairs("roy@published").filter(([fr, en]) => fr && en).length === 12, "the edition is there");
  assert.equal(site.pairs("roy")[0][1], "My own first sentence.");
  await page.getByRole("navigation", { name: "Editions" }).getByRole("link", { name: "published" }).waitFor();
  await until(() => page.locator(".unit").first().textContent().then((text) => text.includes(ENGLISH[0])), "and shown");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("a file that is dropped is aligned, in an old encoding, too", async () => {
  const site = await serve({ roy: article(FRENCH) });
  const page = await open();
  await page.goto(at(site, "roy", "align"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("f");
  await page.locator("dialog textarea").waitFor();
  const old = [...article(ENGLISH)].map((sign) => (sign === "’" ? 0x92 : sign.charCodeAt(0)));
  await page.locator("dialog textarea").evaluate((node, bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], "english.txt", { type: "text/plain" }));
    node.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, old);
  await page.getByText("english.txt").waitFor();
  await page.locator("dialog button.main").click();
  await page.getByRole("heading", { name: "Aligned", exact: true }).waitFor();
  assert.deepEqual(site.pairs("roy"), FRENCH.map((fr, n) => [fr, ENGLISH[n]]));
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("a unit is split where the cursor stands, and sentences go up and down, in the text and outside it", async () => {
  const site = await serve({ roy: article(FRENCH) });
  await site.run("set", "roy:1", "--en", `${ENGLISH[0]} ${ENGLISH[1]}`);
  await site.run("set", "roy:3", "--en", ENGLISH[2]);
  await site.run("merge", "roy:1", "roy:2");
  const page = await open();
  await page.goto(at(site, "roy", "align"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.locator("textarea").waitFor();
  await page.locator("textarea").evaluate((node, place) => node.setSelectionRange(place, place), ENGLISH[0].length + 1);
  await page.keyboard.press("Alt+x");
  await page.locator("dialog .border").first().waitFor();
  await page.keyboard.press("Enter");
  await until(() => site.pairs("roy").length === 12, "split");
  assert.deepEqual(site.pairs("roy").slice(0, 2), [[FRENCH[0], ENGLISH[0]], [FRENCH[1], ENGLISH[1]]]);
  // The English of the second goes up, by the key that works in the text, and down again, by the one outside it.
  const writing = (text) => until(() => page.evaluate(() => document.activeElement.value).then((now) => now === text), "the text is open again");
  await writing(ENGLISH[0]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("textarea").waitFor();
  await page.keyboard.press("Alt+ArrowUp");
  await until(() => site.pairs("roy")[0][1] === `${ENGLISH[0]} ${ENGLISH[1]}` && site.pairs("roy")[1][1] === "", "gone up");
  await writing("");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowDown");
  await until(() => site.pairs("roy")[1][1] === ENGLISH[1], "and down");
  // French sentences, too.
  await page.keyboard.press("Home");
  await page.keyboard.press("m");
  await until(() => site.pairs("roy").length === 11, "merged");
  await page.keyboard.press("Shift+PageDown");
  await until(() => site.pairs("roy")[1][0] === `${FRENCH[1]} ${FRENCH[2]}`, "the last French sentence has gone to the next");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+PageUp");
  await until(() => site.pairs("roy")[0][0] === `${FRENCH[0]} ${FRENCH[1]}`, "and come back");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("the least certain come first, what is pinned is settled, and somebody comes back to where it was left", async () => {
  const site = await serve({ roy: article(FRENCH) });
  const page = await open();
  await page.goto(at(site, "roy", "align"));
  await page.locator(".unit.cursor").waitFor();
  await paste(page, article([...ENGLISH.slice(0, 4), "Something quite different was said of a king.", ...ENGLISH.slice(5)]));
  const least = () => site.units("roy").filter((unit) => unit.score !== undefined && !unit.set?.includes("bounds")).reduce((a, b) => (b.score < a.score ? b : a));
  await page.keyboard.press("j");
  await until(() => page.locator(".unit").first().textContent().then((text) => text.includes(least().fr[0])), "the least certain is first");
  const doubt = await page.locator(".unit").first().evaluate((node) => Number(getComputedStyle(node).getPropertyValue("--doubt")));
  assert.ok(await page.locator("#told").isHidden(), "nothing says any more that it is aligning");
  assert.ok(doubt > 0 && Math.abs(doubt - (1 - least().score)) < 0.01, `its colour says so: ${doubt}`);
  const { id } = least();
  await page.keyboard.press("p");
  await until(() => site.units("roy").find((unit) => unit.id === id).set?.includes("bounds"), "pinned");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await until(() => page.locator(".unit").first().textContent().then((text) => text.includes(least().fr[0])), "another is the least certain");
  // Stopped here, and come back to in another run, by the first page.
  const left = await page.locator(".unit.cursor").getAttribute("aria-label");
  await page.keyboard.press("o");
  await site.stop("SIGTERM");
  await site.start();
  await page.goto("about:blank");
  await page.goto(site.url);
  await page.locator(".articles a.name").click();
  await until(() => page.locator(".unit.cursor").getAttribute("aria-label").then((label) => label === left), "the same unit");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("a text that is pasted, or a file that is dropped, anywhere on the page comes into the dialog; elsewhere it does no harm", async () => {
  const site = await serve({ roy: article(FRENCH) });
  const page = await open();
  await page.goto(at(site, "roy", "align"));
  await page.locator(".unit.cursor").waitFor();
  // What the browser would do itself: nothing with a pasted text, leave the page for a file.
  const happens = (name, text, file) => page.evaluate(([name, text, file]) => {
    const data = new DataTransfer();
    if (file) data.items.add(new File([text], file, { type: "text/plain" }));
    else data.setData("text/plain", text);
    const event = name === "paste" ? new ClipboardEvent(name, { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true });
    return !(document.querySelector(".unit textarea") ?? document.querySelector(".unit")).dispatchEvent(event);
  }, [name, text, file]);
  assert.ok(await happens("paste", "A pasted text."));
  await until(() => page.locator("dialog textarea").inputValue().then((value) => value === "A pasted text."), "the pasted text");
  // A click between the fields does not lose it, nor does a selection drawn out of it; one beside the dialog leaves it.
  const box = await page.locator("dialog").boundingBox();
  await page.mouse.click(box.x + 5, box.y + 5);
  await page.mouse.move(box.x + 60, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x - 30, box.y + 200);
  await page.mouse.up();
  assert.equal(await page.locator("dialog textarea").inputValue(), "A pasted text.");
  await page.mouse.click(box.x - 30, box.y + 200);
  await until(() => page.locator("dialog").count().then((count) => !count), "closed");
  assert.ok(await happens("drop", article(ENGLISH), "english.txt"));
  await page.getByText("english.txt").waitFor();
  await page.locator("dialog button.main").click();
  await page.getByRole("heading", { name: "Aligned", exact: true }).waitFor();
  assert.deepEqual(site.pairs("roy"), FRENCH.map((fr, n) => [fr, ENGLISH[n]]));
  await page.keyboard.press("Enter");
  await until(() => page.locator("dialog").count().then((count) => !count), "closed");
  // In a sentence's text a pasted text is that sentence's; a file is never.
  await page.keyboard.press("Enter");
  await page.locator(".unit textarea").waitFor();
  assert.ok(!(await happens("paste", "of a sentence")));
  assert.equal(await page.locator("dialog").count(), 0);
  await page.goto(at(site, "roy", "edit"));
  await until(() => page.locator(".mode-edit .unit.cursor").count(), "the other view");
  assert.ok(await happens("drop", "A text.", "a.txt"), "the browser does not leave the page for it");
  assert.equal(await page.locator("dialog").count(), 0);
  assert.deepEqual(page.faults, []);
  await site.close();
});
