// Opens the built sample the way readers do, by double click, and fails on anything a reader should not meet:
// a console error, a request to another host, a page wider than the screen, an accessibility violation.
//
//   node run.mjs SITE            every check
//   node run.mjs SITE --shots D  also leaves screenshots in the folder D
import { chromium } from "playwright-core";
import { readFileSync, readdirSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [siteArg, flag, shots] = process.argv.slice(2);
const site = resolve(siteArg);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
if (flag === "--shots") mkdirSync(shots, { recursive: true });

function pages(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return pages(path);
      return entry.name.endsWith(".html") ? [path] : [];
    });
}

// One page of each kind and language stands for its kind: ids are what differs between pages of a kind.
function kind(path) {
  return relative(site, path)
    .replace(/campaigns\/[^/]+\//, "campaigns/*/")
    .replace(/(sops|people|departments|programmes)\/[^/]+\//, "$1/*/")
    .replace(/rules\/[^/]+\/[^/]+\//, "rules/*/*/")
    .replace(/calendar\/\d{4}-\d{2}\//, "calendar/*/month/")
    .replace(/calendar\/\d{4}-q\d\//, "calendar/*/quarter/")
    .replace(/calendar\/\d{4}\//, "calendar/*/")
    .replace(/reports\/\d{4}-\d{2}\//, "reports/*/month/")
    .replace(/reports\/\d{4}-q\d\//, "reports/*/quarter/");
}

// Redirects are left alone: they lead to a page that is visited anyway.
const every = pages(site).filter((path) => !readFileSync(path, "utf8").includes('http-equiv="refresh"'));
const kinds = new Map();
for (const path of every) if (!kinds.has(kind(path))) kinds.set(kind(path), path);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const failures = [];
let visits = 0;

async function visit(path, { width, scheme, script }) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    javaScriptEnabled: script,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const where = `${relative(site, path)} at ${width} px, ${scheme}, scripts ${script ? "on" : "off"}`;
  page.on("console", (m) => m.type() === "error" && failures.push(`${where}: console: ${m.text()}`));
  page.on("pageerror", (e) => failures.push(`${where}: script: ${e.message}`));
  page.on("request", (r) => {
    if (!r.url().startsWith("file://") && !r.url().startsWith("data:")) failures.push(`${where}: request to ${r.url()}`);
  });
  page.on("requestfailed", (r) => failures.push(`${where}: cannot load ${r.url()}`));
  await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
  visits += 1;
  if (script) {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) failures.push(`${where}: ${wide} px wider than the screen`);
    // The test brings its own script, which the page's policy would refuse; an isolated world is not bound by it.
    const session = await context.newCDPSession(page);
    const { frameTree } = await session.send("Page.getFrameTree");
    const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
    const run = async (expression) =>
      (await session.send("Runtime.evaluate", {
        expression,
        contextId: world.executionContextId,
        awaitPromise: true,
        returnByValue: true,
      })).result.value;
    // No preload: axe would fetch the style sheet, which the page's policy rightly refuses.
    await run(axe + "\n;0");
    const violations = await run(
      "axe.run(document, { preload: false, resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.help + ' (' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ') + ')'))",
    );
    for (const violation of violations ?? ["axe did not run"]) failures.push(`${where}: ${violation}`);
  } else {
    const words = await page.locator("main").innerText();
    if (words.trim().length < 20) failures.push(`${where}: nothing to read without scripts`);
  }
  if (flag === "--shots") {
    const name = kind(path).replaceAll("/", "_").replaceAll("*", "x").replace(".html", "");
    await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}${script ? "" : "-noscript"}.png`), fullPage: true });
  }
  await context.close();
}

for (const path of kinds.values()) {
  await visit(path, { width: 1440, scheme: "light", script: true });
  await visit(path, { width: 390, scheme: "dark", script: true });
  await visit(path, { width: 320, scheme: "light", script: false });
}
await browser.close();

for (const failure of failures) console.error(failure);
console.log(`${kinds.size} kinds of pages out of ${every.length} pages, ${visits} visits: ${visits - new Set(failures.map((f) => f.split(": ")[0])).size} passed, ${failures.length} failed`);
process.exit(failures.length === 0 && kinds.size > 0 ? 0 : 1);
