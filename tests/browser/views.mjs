// Every view of the page, in a corpus that shows what there is to be seen: for looking at them, by machine and by eye.

import { writeFileSync } from "node:fs";
import { at, serve, until } from "./site.mjs";

const LUNE = `La lune rousse

Depuis toujours, les jardiniers craignent la lune rousse. Elle vient après Pâques, quand les nuits sont claires et que les bourgeons s’ouvrent.

Un almanach de 1782 la compare à un voleur : « Elle ne laisse rien derrière elle. » Les astronomes, eux, n’y croient pas. Ce n’est pas l’astre qui gèle les plantes, mais le ciel sans nuages.

L’expérience de l’Observatoire

En avril 1827, un physicien de Paris posa douze thermomètres dans l’herbe du jardin. Au petit matin, la différence avec l’air atteignait huit degrés. Il en conclut que la chaleur du sol s’échappe vers l’espace, et que la lune n’est que le témoin du gel.

Les vignerons de Bourgogne ne l’ont jamais lu. Ils allument encore des feux entre les rangs quand le vent tombe. Personne ne dort ces nuits-là.

Au matin, on compte les bourgeons brûlés. Certains villages en perdent un tiers. D’autres, à deux kilomètres, n’en perdent aucun.

Lire aussi : Les saints de glace
`;

const MOON = `The red moon

Gardeners have always feared the red moon. It comes after Easter, when the nights are clear and the buds are opening.

An almanac of 1782 compares it to a thief: “It leaves nothing behind.” Astronomers do not believe in it. It is not the moon that freezes the plants, but the cloudless sky.

The Observatory’s experiment

In April 1827 a physicist in Paris laid twelve thermometers in the grass of the garden. In the early morning the difference from the air reached eight degrees. He concluded that the warmth of the ground escapes into space, and that the moon merely witnesses the frost.

The winegrowers of Burgundy have never read him. They still light fires between the rows when the wind drops. Nobody sleeps on those nights.

In the morning the burnt buds are counted. Some villages lose a third of them. Others, two kilometres away, lose none.
`;

const LONG = Array.from({ length: 60 }, (_, n) => `la clause numéro ${n + 1}, que personne n’a relue`).join(", puis ");

/** Words without end, sentences without end, other scripts and directions. */
const ODD = `Un mot sans fin

Le formulaire s’appelle ${"anticonstitutionnellement".repeat(12)} et personne ne le lit.

Voir https://exemple.fr/${"dossier/".repeat(30)}page.html?session=${"0123456789abcdef".repeat(8)} pour la suite.

Le contrat contient ${LONG}.

Le poète écrit « ‏السلام عليكم ورحمة الله‏ » puis « שָׁלוֹם עֲלֵיכֶם (1948) » en marge.

Une famille 👩‍👩‍👧‍👦, un drapeau 🇫🇷, un accent décomposé : e\u0301te\u0301.
`;

const NEW = `Le marché du samedi

Les étals ouvrent à sept heures. Le poissonnier crie plus fort que les autres.
`;

/** Days, so that there is progress over time, and the pictures are the same every time. */
const day = (n) => ({ SOURCE_DATE_EPOCH: String(Date.UTC(2026, 2, 2 + n, 9) / 1000) });

/** A corpus on which somebody has worked for some days. */
export async function worked() {
  const site = await serve({ lune: LUNE, marche: NEW, formulaire: ODD });
  writeFileSync(`${site.folder}/glossary.tsv`, "lune rousse\tred moon\nbourgeon\tbud\nvigneron\twinegrower\n");
  writeFileSync(`${site.folder}/moon.txt`, MOON);
  const run = (days, ...words) => site.run(...words, day(days));
  await run(0, "align", "lune", `${site.folder}/moon.txt`);
  await run(0, "describe", "lune", "--title", "La lune rousse", "--author", "Jeanne Morel", "--date", "2026-02-27");
  for (const [n, days] of [[1, 1], [2, 1], [3, 2], [4, 4], [7, 5]]) await run(days, "set", `lune:${n}`, "--status", "reviewed");
  await run(6, "set", "lune:8", "--en", "In April 1872 a physicist in Paris laid twelve thermometers in the grass of the garden.", "--note", "the year: ask Anne");
  await run(6, "set", "formulaire:1", "--en", "A word without end");
  await run(7, "set", "formulaire:2", "--en", `The form is called ${"anticonstitutionnellement".repeat(12)} and nobody reads it.`);
  await run(8, "set", "formulaire:5", "--en", "In the margin the poet writes “‏السلام عليكم ورحمة الله‏”, then “שָׁלוֹם עֲלֵיכֶם (1948)”.");
  await run(9, "align", "lune", `${site.folder}/moon.txt`, "--edition", "almanac");
  // The article has changed: two sentences are stale, and one has gone.
  writeFileSync(`${site.folder}/seeds/lune.txt`, LUNE.replace("huit degrés", "neuf degrés").replace("encore des feux", "encore de petits feux").replace(" Personne ne dort ces nuits-là.", ""));
  await run(10, "sync");
  return site;
}

const first = (page) => page.locator(".unit.cursor").waitFor();
const unit = (site, holds) => site.units("lune").find((one) => [...(one.fr ?? []), ...(one.was ?? [])].join(" ").includes(holds)).id;
const opened = (page) => page.locator("dialog[open]").waitFor();

async function article(page, site, view = "edit", more = "", name = "lune") {
  await page.goto(at(site, name, view, more));
  await first(page);
  await until(() => page.locator(".waiting").count().then((count) => !count), "the sentences are there");
}

async function asked(page, site, key, view = "edit") {
  await article(page, site, view, `&unit=${unit(site, "douze thermo")}`);
  await page.keyboard.press(key);
  await opened(page);
}

/** All views: a name, and how it is come to from any other. */
export const VIEWS = {
  dashboard: async (page, site) => {
    await page.goto(`${site.url}#/`);
    await page.locator(".timeline").waitFor();
    await until(() => page.locator("[data-findings]").allTextContents().then((all) => !all.includes("…")), "the findings are counted");
  },
  search: async (page, site) => {
    await VIEWS.dashboard(page, site);
    await page.locator("#search").fill("lune");
    await page.locator(".found-list li").first().waitFor();
  },
  edit: (page, site) => article(page, site),
  writing: async (page, site) => {
    await article(page, site, "edit", `&unit=${unit(site, "douze thermo")}`);
    await page.keyboard.press("Enter");
    await page.locator(".unit textarea").waitFor();
    await page.locator(".findings li").first().waitFor();
  },
  conflict: async (page, site) => {
    await article(page, site, "edit", `&unit=${unit(site, "un tiers")}`);
    await page.keyboard.press("Enter");
    await page.locator(".unit textarea").fill("Some villages lose one in three.");
    await site.run("set", `lune:${unit(site, "un tiers")}`, "--en", "A few villages lose a third of them.");
    await page.keyboard.press("Alt+r");
    await opened(page);
    await page.locator("dialog .versions").waitFor();
  },
  align: async (page, site) => {
    await article(page, site, "align");
    await page.locator(".tools button").nth(1).click();
  },
  bring: async (page, site) => {
    await article(page, site, "align");
    await page.locator(".tools button.main").click();
    await opened(page);
  },
  aligned: async (page, site) => {
    await article(page, site, "align", "&edition=almanac");
    await page.keyboard.press("a");
    await opened(page);
  },
  border: (page, site) => asked(page, site, "b", "align"),
  review: async (page, site) => {
    await article(page, site, "review", `&unit=${unit(site, "neuf degrés")}`);
    await page.locator(".was ins").first().waitFor();
  },
  filters: async (page, site) => {
    await article(page, site, "review");
    await page.keyboard.press("/");
    await page.locator(".chip.stale").click();
    await page.locator(".chip.orphan").click();
    await until(() => page.locator(".unit").count().then((count) => count > 1 && count < 5), "filtered");
  },
  "no sentence": async (page, site) => {
    await article(page, site, "review");
    await page.keyboard.press("/");
    await page.keyboard.type("xyzzy");
    await page.locator(".scroller.empty").waitFor();
  },
  bulk: async (page, site) => {
    await article(page, site, "review");
    await page.keyboard.press("u");
    await page.keyboard.press("1");
    await page.locator("dialog .preview li").first().waitFor();
  },
  history: async (page, site) => {
    await asked(page, site, "h");
    await page.locator("dialog .events li").nth(1).waitFor();
  },
  kinds: (page, site) => asked(page, site, "t"),
  note: (page, site) => asked(page, site, "n"),
  read: (page, site) => article(page, site, "read"),
  hidden: async (page, site) => {
    await article(page, site, "read");
    await page.keyboard.press("e");
    await page.locator(".reveal").first().waitFor();
  },
  export: async (page, site) => {
    await article(page, site, "read");
    await page.keyboard.press("x");
    await opened(page);
  },
  edition: (page, site) => article(page, site, "read", "&edition=almanac"),
  odd: (page, site) => article(page, site, "edit", "", "formulaire"),
  "odd read": (page, site) => article(page, site, "read", "", "formulaire"),
  keys: async (page, site) => {
    await article(page, site);
    await page.keyboard.press("?");
    await opened(page);
  },
  absent: async (page, site) => {
    await page.goto(at(site, "nowhere"));
    await page.locator("main a").first().waitFor();
  },
  gone: async (page, site) => {
    await article(page, site);
    await page.keyboard.press("Enter");
    await page.locator(".unit textarea").waitFor();
    await page.route("**/api/**", (route) => route.abort());
    await page.locator(".unit textarea").press("End");
    await page.keyboard.type(" (a thief)");
    await until(() => page.locator("#sign").getAttribute("data-state").then((state) => state === "kept"), "kept");
    await page.locator("#told").waitFor();
  },
};

/** Leaves a view as if it had not been come to. */
export async function leave(page, site, name) {
  if (name === "gone") await page.unroute("**/api/**");
  if (name === "conflict") await site.run("undo");
  await page.evaluate(() => { for (const one of document.querySelectorAll("dialog[open]")) one.close(); document.querySelector("#told")?.remove(); });
  await page.goto("about:blank");
  if (["gone", "conflict", "hidden"].includes(name)) {
    await page.goto(`${site.url}style.css`);
    await page.evaluate(() => { for (const key of Object.keys(localStorage)) if (!/theme|language/.test(key)) localStorage.removeItem(key); });
  }
}
