// The server dies while somebody types; two tabs, and the command line, change one unit.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FRENCH, article, at, closeBrowsers, open, saved, serve, until } from "./site.mjs";

after(closeBrowsers);

/** A corpus of one article, and a page on which its first sentence is being written. */
async function written() {
  const site = await serve({ roy: article(FRENCH) });
  const page = await open();
  await page.goto(at(site, "roy"));
  await page.locator(".unit.cursor").waitFor();
  await page.keyboard.press("Enter");
  await page.locator("textarea").waitFor();
  return { site, page };
}

const field = (page) => page.evaluate(() => document.activeElement?.value);

test("the server is killed while somebody types: the page keeps it, says so, and sends it when it is back", async () => {
  const { site, page } = await written();
  await page.keyboard.type("The cat is sleeping.");
  await saved(page);
  const shown = site.pairs("roy")[0][1];
  assert.equal(shown, "The cat is sleeping.", "what the page shows as saved is on disk");
  await page.keyboard.press("End");
  await page.keyboard.type(" On the");
  await site.stop("SIGKILL");
  await page.keyboard.type(" sofa.");
  await until(() => page.locator("#sign").getAttribute("data-state").then((state) => state === "kept"), "the page says that it keeps it");
  assert.ok(site.pairs("roy")[0][1].startsWith(shown));
  // Going on is possible; the page can even be closed.
  await page.keyboard.press("Enter");
  await page.keyboard.type("It ate mice.");
  await page.waitForTimeout(800);
  assert.match(await page.locator("#sign").textContent(), /Kept in this browser/);
  await site.start();
  await until(() => site.pairs("roy")[0][1] === "The cat is sleeping. On the sofa." && site.pairs("roy")[1][1] === "It ate mice.", "both are sent when it is back", 8000);
  await saved(page);
  assert.equal(await field(page), "It ate mice.");
  assert.deepEqual(page.faults, []);
  await site.close();
});

test("the page is closed while the server is gone: what was typed is sent when it is opened again", async () => {
  const { site, page } = await written();
  await site.stop("SIGKILL");
  await page.keyboard.type("The cat is sleeping.");
  const other = await open(page);
  await page.close();
  await site.start();
  await other.goto(at(site, "roy"));
  await until(() => site.pairs("roy")[0]?.[1] === "The cat is sleeping.", "sent");
  await site.close();
});

test("SIGTERM lets a write finish and ends with code 0", async () => {
  const { site, page } = await written();
  await page.keyboard.type("The cat is sleeping.");
  await saved(page);
  assert.equal(await site.stop("SIGTERM"), 0);
  assert.equal(site.pairs("roy")[0][1], "The cat is sleeping.");
  assert.ok(!site.files().some((name) => name.endsWith(".tmp")));
  await site.close();
});

test("two tabs change one unit: the second sees both texts and chooses", async () => {
  const site = await serve({ roy: article(FRENCH) });
  const first = await open();
  await first.goto(at(site, "roy"));
  await first.locator(".unit.cursor").waitFor();
  const second = await open(first);
  await second.goto(at(site, "roy"));
  await second.locator(".unit.cursor").waitFor();
  await second.keyboard.press("Enter");
  await second.keyboard.type("Mine");
  await saved(second);
  await first.bringToFront();
  await until(() => first.locator(".unit.cursor .en").textContent().then((text) => text === "Mine"), "the first tab shows what the second wrote", 8000);
  await first.keyboard.press("Enter");
  await first.keyboard.press("Control+a");
  await first.keyboard.type("Theirs.");
  await second.locator("textarea").pressSequentially(", of the second tab.", { delay: 1 });
  await second.locator("dialog").waitFor();
  const text = await second.locator("dialog").textContent();
  assert.ok(text.includes("Theirs."), "theirs is shown");
  assert.equal(await second.locator("dialog textarea").inputValue(), "Mine, of the second tab.", "and mine");
  assert.equal(site.pairs("roy")[0][1], "Theirs.", "nothing was overwritten");
  await second.locator("dialog button.main").click();
  await until(() => site.pairs("roy")[0][1] === "Mine, of the second tab.", "mine, since it was chosen");
  assert.deepEqual([...first.faults, ...second.faults], []);
  await site.close();
});

test("the command line changes the unit that is being typed: both texts are shown", async () => {
  const { site, page } = await written();
  await page.keyboard.type("The cat");
  await saved(page);
  await site.run("set", "roy:1", "--en", "From the terminal.");
  await page.keyboard.type(" is asleep.");
  await page.locator("dialog").waitFor();
  assert.ok((await page.locator("dialog").textContent()).includes("From the terminal."));
  // Whoever types on while the question comes chooses nothing by it.
  await page.keyboard.type(" So it is.");
  assert.equal(await page.locator("dialog textarea").inputValue(), "The cat is asleep. So it is.");
  await page.getByRole("button", { name: "Leave what is on disk" }).click();
  await until(() => page.locator("dialog").count().then((count) => !count), "closed");
  assert.equal(site.pairs("roy")[0][1], "From the terminal.");
  await until(async () => (await page.locator(".unit textarea").inputValue()) === "From the terminal.", "the field shows what is on disk");
  await site.close();
});

for (const signal of ["SIGKILL", "SIGTERM"]) {
  test(`${signal} at any moment: what was answered is on the disk`, async () => {
    const site = await serve({ roy: article(FRENCH) });
    for (let round = 0; round < 4; round += 1) {
      const { secret } = await (await fetch(`${site.url}api/session`)).json();
      const { units } = await (await fetch(`${site.url}api/articles/roy/units`)).json();
      const answered = new Map();
      // Three pages write without a pause, each its own sentences.
      const pages = [0, 1, 2].map(async (own) => {
        for (let n = 0; ; n += 1) {
          const unit = units[own * 4 + (n % 4)];
          const en = `Round ${round}, sentence ${n}.`;
          const answer = await fetch(`${site.url}api/articles/roy/units/${unit.id}`, {
            method: "PATCH", body: JSON.stringify({ en }),
            headers: { origin: site.url.slice(0, -1), "x-enregard-secret": secret, "content-type": "application/json", "if-match": `"${unit.tag}"` },
          }).then((response) => response.json()).catch(() => null);
          if (!answer) return;
          unit.tag = answer.unit.tag;
          answered.set(unit.id, en);
        }
      });
      await until(() => answered.size > 1, "something is written");
      await new Promise((resolve) => setTimeout(resolve, round * 17));
      const code = await site.stop(signal);
      if (signal === "SIGTERM") assert.equal(code, 0);
      await Promise.all(pages);
      const number = (text) => Number(/sentence (\d+)/.exec(text)?.[1] ?? -1);
      for (const unit of site.units("roy").filter((unit) => answered.has(unit.id))) {
        const [text] = unit.en ?? [""];
        // A write that was made and no longer answered may stand there instead.
        assert.ok(text.startsWith(`Round ${round}`) && number(text) >= number(answered.get(unit.id)), `${text} for ${answered.get(unit.id)}`);
      }
      await site.start();
    }
    await site.close();
  });
}
