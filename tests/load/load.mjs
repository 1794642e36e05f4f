// The load that docs/API.md tells of: wrk on an article of 2,000 units with 1 % writes, a clock beside it that times reads and
// writes apart, and 500 connections that never finish their headers.
//
//   node tests/load/load.mjs [SECONDS]        needs wrk; ENREGARD_BIN names another program than target/release/enregard

import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const program = process.env.ENREGARD_BIN ?? join(here, "..", "..", "target", "release", "enregard");
const seconds = Number(process.argv[2] ?? 30);
const folder = mkdtempSync(join(tmpdir(), "enregard-load-"));
mkdirSync(join(folder, "seeds"));
const words = ["Le chat", "Un train", "La ville", "Le ministre", "Une lettre", "Son frère", "Le marché", "La mer"];
const sentences = Array.from({ length: 2000 }, (_, n) => `${words[n % 8]} arrive demain avec un peu de retard, comme le dit la phrase ${n + 1}.`);
const paragraphs = [];
for (let at = 0; at < 2000; at += 4) paragraphs.push(sentences.slice(at, at + 4).join(" "));
writeFileSync(join(folder, "seeds", "long.txt"), `${paragraphs.join("\n\n")}\n`);
writeFileSync(join(folder, "enregard.toml"), '[person]\nby = "Ann"\n');

const run = (name, words, options = {}) => new Promise((resolve, reject) => {
  const child = spawn(name, words, { cwd: folder, ...options });
  let out = "";
  child.stdout.on("data", (data) => { out += data; });
  child.stderr.on("data", (data) => { out += data; });
  child.on("error", reject);
  child.on("exit", (code) => (code === 0 ? resolve(out) : reject(new Error(`${name}: ${out}`))));
});

// Every unit has English of the length that such a sentence has.
const table = await run(program, ["export", "long", "--columns", "id,fr"]);
const ids = table.trim().split("\n").slice(1).map((line) => line.split("\t")[0]);
writeFileSync(join(folder, "in.tsv"), `id\ten\n${ids.map((id, n) => `${id}\tIt arrives tomorrow, a little late, as sentence ${n + 1} says.`).join("\n")}\n`);
await run(program, ["import", "in.tsv"]).catch((error) => console.log(String(error.message).slice(0, 300)));

const server = spawn(program, ["serve", "--no-open", "--port", "0"], { cwd: folder });
const url = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data).trim())));
const host = new URL(url).host;
const { secret } = await (await fetch(`${url}api/session`)).json();
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]) / 1024;

const units = [];
for (let from = 0; from < 2000; from += 500) units.push(...(await (await fetch(`${url}api/articles/long/units?from=${from}&count=500`)).json()).units);
// The last twenty are for the clock, the others for wrk.
const timed = units.splice(-20);
writeFileSync(join(folder, "units"), units.map(({ id, tag }) => `${id} ${tag}\n`).join(""));
writeFileSync(join(folder, "written"), "");

const agent = new http.Agent({ keepAlive: true });
const ask = (method, path, body, tag) => new Promise((resolve, reject) => {
  const begin = performance.now();
  const headers = body ? { origin: url.slice(0, -1), "x-enregard-secret": secret, "content-type": "application/json", "if-match": `"${tag}"` } : {};
  const request = http.request(url + path, { method, agent, headers }, (response) => {
    let text = "";
    response.on("data", (data) => { text += data; });
    response.on("end", () => resolve({ ms: performance.now() - begin, status: response.statusCode, text }));
  });
  request.on("error", reject);
  request.end(body);
});
const share = (all, part) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))]?.toFixed(1);
const told = (all) => `p50 ${share(all, 0.5)}, p99 ${share(all, 0.99)}, most ${share(all, 1)} ms of ${all.length}`;

let over = false;
const reads = [];
const writes = [];
const written = new Map();
const clock = Promise.all([
  (async () => {
    while (!over) {
      reads.push((await ask("GET", `api/articles/long/units?count=50&from=${Math.floor(Math.random() * 1950)}`)).ms);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })(),
  (async () => {
    for (let n = 0; !over; n += 1) {
      const unit = timed[n % timed.length];
      const en = `Timed ${n} of ${unit.id}.`;
      const { ms, status, text } = await ask("PATCH", `api/articles/long/units/${unit.id}`, JSON.stringify({ en }), unit.tag);
      if (status !== 200) throw new Error(text);
      unit.tag = JSON.parse(text).unit.tag;
      written.set(unit.id, en);
      writes.push(ms);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })(),
]);
const before = memory();
const sampled = [];
const sampling = setInterval(() => sampled.push(memory().toFixed(0)), seconds * 100);
const out = await run("wrk", ["-t1", "-c64", `-d${seconds}s`, "--latency", "-s", join(here, "units.lua"), url], {
  env: { ...process.env, SECRET: secret, HOST: host, UNITS: join(folder, "units"), WRITTEN: join(folder, "written") },
});
over = true;
clearInterval(sampling);
await clock;
console.log(out.trim());
console.log(`reads: ${told(reads)}`);
console.log(`writes: ${told(writes)}`);
console.log(`memory: ${before.toFixed(0)} MB before, ${sampled.join(" ")} meanwhile, ${memory().toFixed(0)} after`);

// All that was answered is in the file.
await new Promise((resolve) => setTimeout(resolve, 500));
for (const line of readFileSync(join(folder, "written"), "utf8").trim().split("\n").filter(Boolean)) written.set(line.slice(0, 10), line.slice(11));
const file = new Map(readFileSync(join(folder, "alignments", "long.jsonl"), "utf8").split("\n").slice(1).filter(Boolean).map((line) => JSON.parse(line)).map((unit) => [unit.id, (unit.en ?? []).join(" ")]));
// The last write of each connection may have been made when wrk no longer listened.
let missing = 0;
for (const [id, en] of written) {
  const number = (text) => Number(/ (\d+) of /.exec(text)?.[1] ?? -1);
  if (file.get(id) !== en && !(number(file.get(id)) > number(en))) missing += 1;
}
console.log(`written: ${readFileSync(join(folder, "written"), "utf8").trim().split("\n").length + writes.length} writes of ${written.size} units, ${missing} missing in the file`);

// 500 connections that say half a header and wait.
const sockets = await Promise.all(Array.from({ length: 500 }, () => new Promise((resolve) => {
  const socket = net.connect(Number(new URL(url).port), "127.0.0.1", () => {
    socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nX-Half: `);
    resolve(socket);
  });
  socket.on("error", () => {});
})));
const alone = [];
for (let n = 0; n < 200; n += 1) alone.push((await ask("GET", "api/articles/long/units?count=50")).ms);
const fresh = [];
for (let n = 0; n < 50; n += 1) {
  const begin = performance.now();
  await fetch(`${url}api/session`, { headers: { connection: "close" } });
  fresh.push(performance.now() - begin);
}
console.log(`with 500 half-open connections: ${told(alone)}; new connections: ${told(fresh)}`);
sockets.forEach((socket) => socket.destroy());
server.kill("SIGTERM");
const code = await new Promise((resolve) => server.on("exit", resolve));
console.log(`SIGTERM: ended with ${code}`);
agent.destroy();
rmSync(folder, { recursive: true, force: true });
process.exit(missing || code ? 1 : 0);
