// The author's loop: saves of every kind reach the open page, which keeps its place; the box comes with errors and goes with them.
//
// Times are printed, not judged, but for a bound that only a hang exceeds: other programs may be busy on the machine.
import { isolated, open, watch } from "./lib.mjs";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const about = "saves of every kind reach the open page, the box, the place of the reader";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.PLAYBOOK || ["release", "debug"].map((p) => join(top, "target", p, "playbook")).find(existsSync);
const EDITS = Number(process.env.EDITS || 30);
const BOUND = 30_000;

const CAMPAIGN = "content/campaigns/2026-10-autumn-oolong/campaign.toml";
const PAGE = "campaigns/2026-10-autumn-oolong/";
const TITLE = /^title = .*$/m;

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** A server on a copy of the sample. */
async function start() {
  const root = mkdtempSync(join(tmpdir(), "playbook-serve-"));
  for (const part of ["playbook.toml", "content"]) cpSync(join(top, part), join(root, part), { recursive: true });
  const child = spawn(program, ["--root", root, "serve", "--port", "0", "--as-of", "2026-09-17", "--editor", "vscode", "--lang", "en"]);
  const ended = new Promise((done) => child.on("exit", (code) => done(code)));
  child.stderr.resume();
  const lines = [];
  const waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    for (const job of waiting.splice(0)) job();
  });
  /** The next line from `from` on that a pattern matches. */
  const said = async (pattern, from = 0) => {
    const end = Date.now() + BOUND * 4;
    for (;;) {
      const at = lines.slice(from).findIndex((line) => pattern.test(line));
      if (at >= 0) return { line: lines[from + at], next: from + at + 1 };
      assert.ok(Date.now() < end, `the server does not say ${pattern}: ${lines.join("\n")}`);
      await new Promise((done) => {
        waiting.push(done);
        setTimeout(done, 500);
      });
    }
  };
  const { line } = await said(/^serving /);
  const url = /http:\/\/\S+/.exec(line)[0];
  const read = (path) => readFileSync(join(root, path), "utf8");
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const stop = async () => {
    child.kill("SIGINT");
    const code = await ended;
    rmSync(root, { recursive: true, force: true });
    return code;
  };
  return { root, url, child, said, count: () => lines.length, read, write, stop };
}

/** Tells of the heading of every document as soon as it is painted. */
async function heading(page) {
  let current = "";
  const waiting = new Set();
  await page.exposeFunction("headingPainted", (text) => {
    current = text;
    for (const job of waiting) job();
  });
  await page.addInitScript(() => {
    if (window !== top) return;
    const tell = () => {
      const h1 = document.querySelector("h1");
      if (!h1 || !h1.textContent) return false;
      requestAnimationFrame(() => setTimeout(() => window.headingPainted(h1.textContent)));
      return true;
    };
    const observer = new MutationObserver(() => tell() && observer.disconnect());
    observer.observe(document, { childList: true, subtree: true });
  });
  return (text) =>
    new Promise((done, failed) => {
      const late = setTimeout(() => failed(new Error(`the page does not show ${text}, but ${current}`)), BOUND);
      const job = () => {
        if (current !== text) return;
        clearTimeout(late);
        waiting.delete(job);
        done(performance.now());
      };
      waiting.add(job);
      job();
    });
}

const SAVES = {
  "rename": (path, text) => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  },
  "in place": (path, text) => writeFileSync(path, text),
  "made anew": (path, text) => {
    unlinkSync(path);
    writeFileSync(path, text);
  },
  "burst": (path, text, round) => {
    const folder = join(dirname(path), "assets");
    mkdirSync(folder, { recursive: true });
    for (let n = 0; n < 1000; n += 1) writeFileSync(join(folder, `burst-${n}.txt`), `${round}`);
    writeFileSync(path, text);
  },
};

export async function run({ browser, report }) {
  if (!program) {
    report.note("no program is built, so nothing is served");
    return;
  }
  const server = await start();
  const story = (name, job, options = {}) =>
    report.check(name, async (fail) => {
      const { page, close } = await open(browser, options);
      await watch(page, [server.url, "data:"], fail);
      try {
        await job(page);
      } finally {
        await close();
      }
    });
  const plan = server.read(CAMPAIGN);
  const titled = (title) => plan.replace(TITLE, () => `title = "${title}"`);
  const box = (page) => page.locator("playbook-box");

  await story("thirty edits reach the open page", async (page) => {
    const shows = await heading(page);
    await page.goto(server.url + PAGE);
    const path = join(server.root, CAMPAIGN);
    const times = { "rename": [], "in place": [], "made anew": [], "burst": [] };
    const kinds = Object.keys(times);
    for (let n = 0; n < EDITS; n += 1) {
      const kind = n < EDITS - 4 ? kinds[n % 3] : "burst";
      const title = `Edit ${n} by ${kind}`;
      const from = server.count();
      let start = performance.now();
      SAVES[kind](path, titled(title), n);
      // A burst takes its time to be written; the page's own file is its last.
      if (kind === "burst") start = performance.now();
      times[kind].push((await shows(title)) - start);
      await server.said(/^built in /, from);
    }
    const all = Object.values(times).flat();
    const said = (list) => (list.length ? `${median(list).toFixed(0)} ms` : "none");
    report.note(`edit → painted page, median of ${all.length}: ${said(all)} (${kinds.map((k) => `${k} ${said(times[k])}`).join(", ")})`);
    for (const time of all) assert.ok(time < BOUND);
  });
  rmSync(join(server.root, dirname(CAMPAIGN), "assets"), { recursive: true, force: true });

  await story("a reload keeps the place; other pages stay as they are", async (page) => {
    const shows = await heading(page);
    const other = await page.context().newPage();
    await other.goto(`${server.url}glossary/`);
    await other.evaluate(() => { window.isSame = true; });
    await page.bringToFront();
    await page.setViewportSize({ width: 1000, height: 500 });
    await page.goto(server.url + PAGE);
    await page.evaluate(() => scrollTo(0, 700));
    const before = await page.evaluate(() => scrollY);
    assert.ok(before > 300, `the page is too short to scroll: ${before}`);
    const from = server.count();
    server.write(CAMPAIGN, titled("Place kept"));
    await shows("Place kept");
    await page.waitForLoadState("load");
    await page.waitForFunction((y) => Math.abs(scrollY - y) < 2, before);
    await server.said(/^built in /, from);
    assert.equal(await other.evaluate(() => window.isSame), true, "a page that shows nothing of it is not loaded again");
  });

  await story("another look comes without a reload", async (page) => {
    await page.goto(server.url + PAGE);
    await page.evaluate(() => { window.isSame = true; });
    server.write("themes/default/static/style/own.css", "h1 { letter-spacing: 3px }");
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "3px");
    assert.equal(await page.evaluate(() => window.isSame), true, "the page was not loaded again");
    const sheets = await page.evaluate(() => [...document.querySelectorAll("link[rel=stylesheet]")].map((l) => l.getAttribute("href")));
    assert.equal(sheets.filter((href) => href.includes("static/style.")).length, 1, sheets.join(" "));
    const from = server.count();
    rmSync(join(server.root, "themes"), { recursive: true });
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing !== "3px");
    await server.said(/^built in /, from);
  });

  await story("errors lie in a box over the last good page, and go when they are mended", async (page) => {
    const shows = await heading(page);
    await page.goto(server.url + PAGE);
    const title = await page.locator("h1").first().innerText();
    server.write(CAMPAIGN, `${titled("Broken")}\nbugdet = 5\n`.replace(/^owner = .*$/m, 'owner = "nobody-here"'));
    const panel = box(page).locator(".panel");
    await panel.waitFor();
    assert.equal(await page.locator("h1").first().innerText(), title, "the last good page stays");
    const text = await panel.innerText();
    assert.match(text, /errors?/);
    assert.match(text, /nobody-here/);
    const link = panel.locator(".where a").first();
    assert.match(await link.getAttribute("href"), /^vscode:\/\/file\/.+campaign\.toml:\d+:\d+$/);
    assert.match(await link.innerText(), /^content\/.+campaign\.toml:\d+:\d+$/);
    await axe(page);
    // It closes by key and stays closed; what is wrong is still a click away.
    await panel.locator(".close").focus();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    const chip = box(page).locator("button.chip");
    assert.equal(await chip.evaluate((e) => e.getRootNode().activeElement === e), true, "focus goes on where the box was");
    await chip.press("Enter");
    await panel.waitFor();
    server.write(CAMPAIGN, titled("Mended"));
    await shows("Mended");
    await panel.waitFor({ state: "detached" });
    assert.equal(await box(page).locator("button.chip.is-error").count(), 0);
  });

  await story("readers of the Chinese edition read a Chinese box, dark and narrow too", async (page) => {
    await page.goto(`${server.url}zh-Hans/${PAGE}`);
    server.write(CAMPAIGN, titled("Broken").replace(/^owner = .*$/m, 'owner = "nobody-here"'));
    const panel = box(page).locator(".panel");
    await panel.waitFor();
    assert.match(await panel.innerText(), /个错误[\s\S]*最近一次没有错误/);
    await axe(page);
    const width = await panel.evaluate((e) => e.scrollWidth - e.clientWidth);
    assert.equal(width, 0, "nothing of it is wider than the screen");
    server.write(CAMPAIGN, titled("Again"));
    await panel.waitFor({ state: "detached" });
  }, { width: 320, height: 640, scheme: "dark" });

  await report.check("Ctrl-C ends it well, and an open page says that nothing renews it", async (fail) => {
    const { page, close } = await open(browser);
    await page.goto(server.url + PAGE);
    await page.waitForFunction(() => document.querySelector("playbook-box"));
    const code = await server.stop();
    if (code !== 0) fail(`exit code ${code}`);
    await box(page).locator("p.chip").waitFor();
    assert.match(await box(page).locator("p.chip").innerText(), /has stopped/);
    await close();
  });
}

/** The box has no fault that axe knows. */
async function axe(page) {
  const evaluate = await isolated(page);
  await evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8") + "\n;0");
  const rules = `axe.run("playbook-box", { preload: false, resultTypes: ["violations"] })`;
  const found = await evaluate(`${rules}.then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" ")))`);
  if (found.length) throw new Error(found.join("; "));
}
