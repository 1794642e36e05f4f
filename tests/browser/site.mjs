// A corpus of its own for each test, the program serving it, and a browser to look at it.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const program = process.env.ENREGARD_BIN ?? ["release", "debug"].map((kind) => join(root, "target", kind, "enregard")).find(existsSync);

/** On a busy machine the limits of time can be widened: `SLOW=3`. */
export const slow = Number(process.env.SLOW ?? 1);

/** Twelve sentences of body, two to a paragraph. */
export const FRENCH = [
  "Le chat dort sur le canapé.", "Il a mangé 12 souris hier soir.",
  "La pluie tombe depuis lundi.", "Personne ne sort de la maison.",
  "Le boulanger ouvre à six heures.", "Son pain est encore chaud.",
  "Les enfants jouent dans la cour.", "Leur mère les appelle en vain.",
  "Le train arrive avec du retard.", "Les voyageurs attendent sur le quai.",
  "Un musicien joue du violon.", "Tout le monde l’écoute en silence.",
];

export const ENGLISH = [
  "The cat is sleeping on the sofa.", "It ate 12 mice last night.",
  "It has been raining since Monday.", "Nobody leaves the house.",
  "The baker opens at six o’clock.", "His bread is still warm.",
  "The children are playing in the yard.", "Their mother calls them in vain.",
  "The train is arriving late.", "The travellers are waiting on the platform.",
  "A musician is playing the violin.", "Everyone listens to him in silence.",
];

/** The text of an article: two sentences to a paragraph. */
export function article(sentences) {
  const paragraphs = [];
  for (let at = 0; at < sentences.length; at += 2) paragraphs.push(sentences.slice(at, at + 2).join(" "));
  return `${paragraphs.join("\n\n")}\n`;
}

/** A corpus in a folder of its own, served until `close`. */
export class Site {
  constructor(seeds, words = []) {
    this.words = words;
    this.base = mkdtempSync(join(tmpdir(), "enregard-"));
    this.folder = join(this.base, "corpus");
    mkdirSync(join(this.folder, "seeds"), { recursive: true });
    for (const [name, text] of Object.entries(seeds)) writeFileSync(join(this.folder, "seeds", `${name}.txt`), text);
    writeFileSync(join(this.folder, "enregard.toml"), '[person]\nby = "Ann"\n');
  }

  /** Starts the program; a port that was had before is had again. */
  async start() {
    this.child = spawn(program, ["serve", "--no-open", "--port", String(this.port ?? 0), ...this.words], { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
    this.url = await new Promise((resolve, reject) => {
      let out = "";
      this.child.stdout.on("data", (data) => {
        out += data;
        const found = /(http:\S+)\n/.exec(out);
        if (found) resolve(found[1]);
      });
      this.child.stderr.on("data", () => {});
      this.child.on("exit", (code) => reject(new Error(`serve ended with ${code}`)));
    });
    this.port = Number(new URL(this.url).port);
    return this;
  }

  /** Ends the program: with SIGKILL at once, with SIGTERM when it has finished. */
  stop(signal = "SIGKILL") {
    return new Promise((resolve) => {
      this.child.once("exit", (code) => resolve(code));
      this.child.kill(signal);
    });
  }

  /** An article's alignment file, as text. */
  file(name) {
    try { return readFileSync(join(this.folder, "alignments", `${name}.jsonl`), "utf8"); } catch { return ""; }
  }

  /** Its units, French and English each as one text. */
  units(name) {
    return this.file(name).split("\n").slice(1).filter(Boolean).map((line) => JSON.parse(line));
  }

  pairs(name) {
    return this.units(name).map((unit) => [(unit.fr ?? []).join(" "), (unit.en ?? []).join(" ")]);
  }

  files() {
    return readdirSync(this.folder, { recursive: true });
  }

  /** Runs another command on the corpus, as a person in a terminal would; an object among its words is more of the environment. */
  run(...words) {
    const more = words.find((word) => typeof word === "object");
    return new Promise((resolve, reject) => {
      const child = spawn(program, words.filter((word) => word !== more), { cwd: this.folder, env: { ...process.env, ...more } });
      let out = "";
      child.stdout.on("data", (data) => { out += data; });
      child.stderr.on("data", (data) => { out += data; });
      child.on("exit", (code) => (code === 2 ? reject(new Error(out)) : resolve(out)));
    });
  }

  async close() {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.stop();
    rmSync(this.base, { recursive: true, force: true });
  }
}

/** Makes and serves a corpus with these seeds; `words`: more for the command. */
export const serve = (seeds, words) => new Site(seeds, words).start();

const browsers = [];

/** A page of a new browser, or of the same profile as `beside`; what goes wrong in it is in `page.faults`. */
export async function open(beside, options = {}) {
  let context = beside?.context();
  if (!context) {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    browsers.push(browser);
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", ...options });
  }
  const page = await context.newPage();
  page.setDefaultTimeout(10_000 * slow);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => {
    // A refused or unanswered request is told by the browser, too, and is what some tests are about.
    if (message.type() === "error" && !/Failed to load resource|net::ERR/.test(message.text())) page.faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!/^(http:\/\/(127\.0\.0\.1|localhost):|data:|blob:)/.test(request.url())) page.faults.push(`asked for ${request.url()}`);
  });
  return page;
}

export async function closeBrowsers() {
  await Promise.all(browsers.splice(0).map((browser) => browser.close()));
}

/** The address of an article's view. */
export const at = (site, name, view = "edit", more = "") => `${site.url}#/a/${encodeURIComponent(name)}?view=${view}${more}`;

/** Waits until `look` gives something true, or says what it gave last. */
export async function until(look, told, ms = 5000) {
  const end = Date.now() + ms * slow;
  let last;
  while (Date.now() < end) {
    last = await look();
    if (last) return last;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${told} within ${ms * slow} ms; last: ${JSON.stringify(last)}`);
}

/** Waits for the sign that says that all is on disk. */
export const saved = (page) => until(() => page.locator("#sign").getAttribute("data-state").then((state) => state === "saved"), "the sign says saved");
