// Searches the built sample as readers do and holds every answer against a plain substring search of the pages: nothing
// missed, nothing found that is not there. Then the keyboard, the address, empty answers, and what a query costs.
//
//   node search.mjs SITE      only bytes and times, for a site of many pages
import { isolated, launch, open, watch } from "./lib.mjs";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const about = "search: recall and precision against substrings, keyboard, address, bytes and times";

const here = dirname(fileURLToPath(import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A page with the address open, watched. */
async function visit(browser, address, allowed, fail, options = {}) {
  const { page, close } = await open(browser, options);
  const loaded = [];
  page.on("request", (r) => loaded.push(r.url()));
  await watch(page, [allowed, "data:", "about:"], fail);
  await page.goto(address, { waitUntil: "load" });
  return { page, close, loaded };
}

async function accessible(page, fail) {
  const run = await isolated(page);
  await run(axe + "\n;0");
  const found = await run(
    "axe.run(document, { preload: false, resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')))",
  );
  for (const violation of found) fail(violation);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) fail(`${wide} px wider than the screen`);
}

// --- truth: what stands on each page, read by the browser, in a way of its own

const forms = new Map();
for (const line of readFileSync(join(here, "../../src/exports/search/fold.txt"), "utf8").split("\n")) {
  if (line.startsWith("#")) continue;
  const [form, ...others] = line;
  for (const other of others) forms.set(other, form);
}
const CJK = "[\\u3005\\u3007\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af]";
const cjk = new RegExp(CJK, "u");
function plain(text) {
  return [...text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC")]
    .map((c) => forms.get(c) ?? c).join("")
    .replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[\u2018\u2019]/g, "'")
    .replace(/[^\S\n]+/g, " ").replace(new RegExp(`(${CJK}) (?=[\\p{Alphabetic}\\p{N}])(?!${CJK})`, "gu"), "$1")
    .replace(new RegExp(`([\\p{Alphabetic}\\p{N}]) (?=${CJK})`, "gu"), (all, c) => (cjk.test(c) ? all : c));
}
const letter = /[\p{Alphabetic}\p{N}]/u;
const latin = (c) => c !== undefined && letter.test(c) && !cjk.test(c);
function stands(text, word, whole) {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (latin(word[0]) && latin(text[at - 1])) continue;
    if (whole && latin(text[at + word.length])) continue;
    return true;
  }
  return false;
}
function truth(texts, query) {
  const words = query.split(/\s+/).map(plain);
  const isWhole = (w) => /^[\p{Alphabetic}\p{N}]{1,2}$/u.test(w) && ![...w].some((c) => cjk.test(c));
  return new Set([...texts].filter(([, text]) => words.every((w) => stands(text, w, isWhole(w)))).map(([path]) => path));
}
// What the search may add: one campaign for campaigns.
function stems(query) {
  return query.split(/\s+/).map((w) => [w, ...[["ies", "y"], ["es", ""], ["s", ""], ["ing", ""], ["ing", "e"], ["ed", ""], ["ed", "e"]]
    .filter(([end]) => w.toLowerCase().endsWith(end)).map(([end, to]) => w.slice(0, w.length - end.length) + to)]);
}
function excused(text, query) {
  return stems(query).every((words) => words.some((w, i) => stands(text, plain(w), i > 0)));
}

/** The words of each page of an edition, by path. */
async function read(browser, site, lang) {
  const { page, close } = await open(browser);
  const texts = new Map();
  const list = site.pages.filter((p) => p.lang === lang && !/(^|\/)(404\.html|search\/index\.html)$/.test(p.path));
  for (let i = 0; i < list.length; i += 50) {
    const some = list.slice(i, i + 50).map((p) => p.html);
    const read = await page.evaluate((htmls) => htmls.map((html) => {
      const doc = new DOMParser().parseFromString(html, "text/html");
      const main = doc.querySelector("main");
      const site = doc.title.lastIndexOf(" · ");
      // The title of the home page is the site's; what the page is called stands in the menu.
      const name = site < 0 ? doc.querySelector(".nav [aria-current]")?.textContent ?? "" : doc.title.slice(0, site);
      main.querySelectorAll("nav,svg,script,style,template,noscript,button,select,textarea,dialog,iframe,canvas,thead,.badge,.c-line,.hush,.no-print,.anchor,.edit,.fallback,.page-foot,[aria-hidden=true],[hidden],[data-search=off]").forEach((e) => e.remove());
      const within = "A ABBR B BDI BDO CITE CODE DATA DEL DFN EM I INS KBD MARK Q S SAMP SMALL STRONG SUB SUP U VAR WBR".split(" ");
      const spaced = "SPAN TIME LABEL IMG".split(" ");
      const words = (node) => {
        if (node.nodeType === 3) return node.data.replace(/\s+/g, " ");
        if (node.nodeType !== 1) return "";
        const gap = within.includes(node.tagName) ? "" : spaced.includes(node.tagName) ? " " : "\n";
        return gap + [...node.childNodes].map(words).join("") + gap;
      };
      const h1 = main.querySelector("h1");
      const title = h1 ? words(h1).replace(/\s+/g, " ").trim() : "";
      if (h1) h1.remove();
      const text = words(main).replace(/\s*\n\s*/g, "\n").replace(/ +/g, " ");
      return title + "\n" + (title.includes(name.split(" · ")[0]) ? "" : name.split(" · ")[0]) + "\n" + text;
    }), some);
    read.forEach((text, k) => texts.set(list[i + k].path, plain(text)));
  }
  await close();
  return texts;
}

// --- queries: words that stand on the pages, drawn by a fixed dice

let seed = 4;
const dice = (n) => ((seed = (seed * 1103515245 + 12345) % 2147483648), Math.floor((seed / 2147483648) * n));
const back = new Map([...forms].map(([other, form]) => [form, other]));

function queries(texts, lang) {
  const all = [...texts.values()];
  const some = (pattern, n, change = (w) => w) => {
    const out = new Set();
    for (let tries = 0; out.size < n && tries < n * 80; tries += 1) {
      const text = all[dice(all.length)];
      const sought = new RegExp(pattern.source, "gu");
      sought.lastIndex = dice(text.length);
      const found = sought.exec(text);
      const word = found && change(found[1] ?? found[0]);
      if (word) out.add(word);
    }
    return [...out];
  };
  const english = () => [
    ...some(/(?<![\p{Alphabetic}\p{N}])[a-z]{3,}(?![\p{Alphabetic}\p{N}])/u, 40),
    ...some(/(?<![\p{Alphabetic}\p{N}])[a-z]{6,}/u, 30, (w) => w.slice(0, 3 + dice(w.length - 3))),
    ...some(/(?<![\p{Alphabetic}\p{N}])([a-z]{3,} [a-z]{4,})(?![\p{Alphabetic}\p{N}])/u, 15),
    ...some(/(?<![\p{Alphabetic}\p{N}])\d+(?:[-.,:/]\d+)+(?![\p{Alphabetic}\p{N}])/u, 10),
    "campaigns", "reviews", "planning", "t-9", "70/20/10", "Q3", "café",
  ];
  const chinese = () => [
    ...some(new RegExp(`${CJK}{2}`, "u"), 100),
    ...some(new RegExp(`${CJK}{3,6}`, "u"), 40),
    ...some(new RegExp(`${CJK}`, "u"), 6),
    ...some(new RegExp(`${CJK}{2,3}`, "u"), 25, (w) => { const o = [...w].map((c) => back.get(c) ?? c).join(""); return o === w ? null : o; }),
    ...some(new RegExp(`(?<![\\p{Alphabetic}\\p{N}])[a-z0-9]{1,5}${CJK}{1,2}|${CJK}{1,2}[a-z0-9]{2,5}`, "u"), 25),
    ...some(new RegExp(`${CJK}{2}`, "u"), 15, (w) => { const [o] = some(new RegExp(`${CJK}{2}`, "u"), 1); return o ? `${w} ${o}` : null; }),
    "复盘", "復盤", "覆盤", "618大促", "618 大促", "SOP 清单", "預熱", "会员", "camp", "KPI", "T-9",
  ];
  return lang.startsWith("zh") ? chinese() : english();
}

/** What stands on most of some texts: these queries load the longest lists. */
function frequent(texts, lang) {
  const most = (pattern, n) => {
    const sums = new Map();
    for (const text of texts.values()) {
      const found = new Set([...text.matchAll(new RegExp(`(?=(${pattern}))`, "gu"))].map((m) => m[1]));
      for (const word of found) sums.set(word, (sums.get(word) ?? 0) + 1);
    }
    return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, n).map(([word]) => word);
  };
  if (lang.startsWith("zh")) return [2, 3, 4, 6].flatMap((length) => most(`${CJK}{${length}}`, 8));
  const word = "(?<![\\p{Alphabetic}\\p{N}])[a-z]{3,}(?![\\p{Alphabetic}\\p{N}])";
  return [...most(word, 12), ...most(`${word} ${word}`, 12), ...most(`${word} ${word} ${word}`, 8)];
}

const list = (text) => JSON.parse(text.slice(text.indexOf("["), text.lastIndexOf("]") + 1));
const named = (folder) => (existsSync(folder) ? readdirSync(folder).sort((a, b) => parseInt(a) - parseInt(b)) : []);

/** The pages of an edition by their number in the index. */
const numbered = (root, lang) =>
  named(join(root, lang, "search/d")).flatMap((name) => list(readFileSync(join(root, lang, "search/d", name), "utf8")));

const find = (page, query) => page.evaluate((q) => window.playbookSearch.find(q).then((a) => a.found.map((hit) => hit.doc)), query);

export async function run({ site, browser, server, report }) {
  const clicked = pathToFileURL(site.root).href + "/";
  const at = (start, lang, path) => start + (lang ? `${lang}/` : "") + path;
  let asked = 0;

  for (const lang of site.langs) {
    await report.check(`truth ${lang || "en"}`, async (fail) => {
      const texts = await read(browser, site, lang);
      const paths = numbered(site.root, lang).map((piece) => (lang ? `${lang}/` : "") + piece.u);
      const missing = [...texts.keys()].filter((path) => !paths.includes(path));
      if (missing.length || paths.length !== texts.size) fail(`${paths.length} pages in the index, ${texts.size} on the site: ${missing.slice(0, 3)}`);
      const { page, close } = await visit(browser, at(clicked, lang, "search/index.html"), clicked, fail);
      let nowhere = 0;
      for (const query of queries(texts, lang)) {
        asked += 1;
        const found = new Set((await find(page, query)).map((doc) => paths[doc]));
        const right = truth(texts, query);
        nowhere += right.size ? 0 : 1;
        const missed = [...right].filter((path) => !found.has(path));
        const extra = [...found].filter((path) => !right.has(path) && !excused(texts.get(path) ?? "", query));
        const first = await page.evaluate((q) => window.playbookSearch.find(q, 1).then((a) => a.found.map((hit) => hit.doc)), query);
        if (right.size && !first.length) fail(`«${query}» shows nothing at first`);
        if (missed.length) fail(`«${query}» misses ${missed.length} of ${right.size}: ${missed.slice(0, 3)}`);
        if (extra.length) fail(`«${query}» finds ${extra.length} too many: ${extra.slice(0, 3)}`);
      }
      if (nowhere > 12) fail(`${nowhere} queries stand nowhere: they say nothing`);
      await close();
    });
  }
  report.note(`${asked} queries against substring truth`);

  for (const start of [clicked, server.base]) {
    for (const lang of site.langs) {
      const typed = lang.startsWith("zh") ? "復盤" : "moonlit";
      await report.check(`keyboard ${start === clicked ? "by double click" : "over http"} ${lang || "en"}`, async (fail) => {
        const { page, close, loaded } = await visit(browser, at(start, lang, "index.html"), start, fail);
        if (loaded.some((url) => /\/search\/|search\.\w+\.js/.test(url))) fail("search is loaded before it is used");
        await page.keyboard.press("/");
        await page.waitForSelector("dialog[open] input:focus");
        await page.keyboard.type(typed);
        await page.waitForSelector("dialog[open] .hits a mark");
        await accessible(page, fail);
        const focus = () => page.evaluate(() => [...document.querySelectorAll(".hits a")].indexOf(document.activeElement));
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        if ((await focus()) !== 1) fail(`two arrows down lead to ${await focus()}`);
        await page.keyboard.press("ArrowUp");
        await page.keyboard.press("ArrowUp");
        if ((await page.evaluate(() => document.activeElement.type)) !== "search") fail("arrows up do not lead back to the box");
        await page.keyboard.press("Escape");
        if (await page.locator("dialog[open]").count()) fail("Escape leaves the dialog open");
        await page.focus("a.find");
        await page.keyboard.press("Enter");
        await page.waitForSelector("dialog[open] input:focus");
        await page.keyboard.press("Escape");
        if (!(await page.evaluate(() => document.activeElement.matches("a.find")))) fail("the focus does not come back");
        await page.keyboard.press("/");
        await page.waitForSelector("dialog[open] .hits a");
        await page.keyboard.press("ArrowDown");
        const wanted = await page.evaluate(() => document.activeElement.href);
        await Promise.all([page.waitForURL((url) => url.href === wanted), page.keyboard.press("Enter")]);
        const place = decodeURIComponent(new URL(wanted).hash.slice(1));
        if (place && !(await page.evaluate((id) => !!document.getElementById(id), place))) fail(`${wanted}: there is no such place`);
        await close();
      });
    }
  }

  await report.check("every place that a result may lead to is there", async (fail) => {
    const html = new Map(site.pages.map((page) => [page.path, page.html]));
    const check = (lang, piece) => {
      const path = (lang ? `${lang}/` : "") + piece.u;
      for (const [, id] of piece.a) {
        const escaped = id.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
        if (id && !html.get(path).includes(`id="${escaped}"`)) fail(`${path}: no place #${id}`);
      }
    };
    for (const lang of site.langs) {
      for (const piece of numbered(site.root, lang)) check(lang, piece);
      const folder = join(site.root, lang, "search/c");
      for (const name of named(folder)) {
        const text = readFileSync(join(folder, name), "utf8");
        check(lang, JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)));
      }
    }
  });

  for (const [width, scheme] of [[1440, "light"], [390, "dark"], [320, "light"]]) {
    await report.check(`its page at ${width} px, ${scheme}`, async (fail) => {
      const lang = site.langs.find((l) => l.startsWith("zh")) ?? "";
      const address = at(server.base, lang, `search/index.html?q=${encodeURIComponent("清单")}&kind=sop`);
      const { page, close } = await visit(browser, address, server.base, fail, { width, height: 800, scheme });
      await page.waitForSelector(".hits a");
      const kinds = new Set(await page.locator(".hit-kind").allInnerTexts());
      if (kinds.size !== 1) fail(`the filter of the address shows ${kinds.size} kinds`);
      if ((await page.locator("[aria-pressed=true]").count()) !== 1) fail("no filter is pressed");
      await accessible(page, fail);
      await page.locator("[aria-pressed=false]").first().click();
      await page.waitForFunction(() => !new URLSearchParams(location.search).get("kind"));
      await page.fill("#_query", "无此词语xyz");
      await page.waitForFunction(() => !document.querySelector(".hits a"));
      if (!new URL(page.url()).searchParams.get("q")) fail("the address does not hold the query");
      await accessible(page, fail);
      await page.fill("#_query", "");
      await page.waitForSelector(".search-ways", { state: "visible" });
      await accessible(page, fail);
      await close();
    });
  }

  for (const lang of site.langs) {
    await report.check(`cost ${lang || "en"}`, async (fail) => report.note(await cost(browser, site.root, lang, fail)));
  }
}

// --- what it costs

/** Bytes of the first answer of a fresh reader with all that it shows, and times of answers. */
async function cost(browser, root, lang, fail) {
  const start = pathToFileURL(root).href + "/";
  const index = `${start}${lang ? `${lang}/` : ""}search/index.html`;
  const pieces = numbered(root, lang);
  const step = Math.ceil(pieces.length / 400);
  const texts = new Map(pieces.filter((_, i) => i % step === 0).map((piece) => [piece.u, plain(piece.x)]));
  const asked = queries(texts, lang).slice(0, 200);
  const firsts = [];
  for (const query of [...asked.filter((_, i) => i % 8 === 0), ...frequent(texts, lang)]) {
    const { page, close, loaded } = await visit(browser, index, start, fail);
    await page.waitForSelector("#_query");
    await page.fill("#_query", query);
    await page.waitForFunction(() => /\d|“|「/.test(document.querySelector(".find-status").textContent));
    const files = loaded.filter((url) => /\/search\/.*\.js|search\.\w+\.js/.test(url)).map((url) => fileURLToPath(url.split("?")[0]));
    firsts.push([files.reduce((sum, file) => sum + statSync(file).size, 0), query, files.length]);
    await close();
  }
  const { page, close } = await visit(browser, index, start, fail);
  const times = [];
  for (const query of asked) {
    const time = await page.evaluate(async (q) => {
      const begin = performance.now();
      await window.playbookSearch.find(q);
      return performance.now() - begin;
    }, query);
    times.push([time, query]);
  }
  await close();
  firsts.sort((a, b) => a[0] - b[0]);
  times.sort((a, b) => a[0] - b[0]);
  const middle = (sorted) => sorted[Math.floor(sorted.length / 2)];
  const most = (sorted) => sorted[sorted.length - 1];
  for (const [bytes, query] of firsts.filter(([bytes]) => bytes > 150_000)) fail(`«${query}» loads ${bytes} bytes as the first query`);
  if (middle(times)[0] > 50) fail(`an answer takes ${middle(times)[0]} ms`);
  return `${lang || "en"}, ${pieces.length} pages: first query with what it shows, median ${middle(firsts)[0]} bytes in ${middle(firsts)[2]} files, ` +
    `most ${most(firsts)[0]} («${most(firsts)[1]}»), ${firsts.filter(([bytes]) => bytes > 150_000).length} of ${firsts.length} over 150 kB; ${times.length} answers, median ${middle(times)[0].toFixed(1)} ms, ` +
    `95 % ${times[Math.floor(times.length * 0.95)][0].toFixed(1)} ms, most ${most(times)[0].toFixed(1)} ms («${most(times)[1]}»)`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(process.argv[2]);
  const langs = ["", ...readdirSync(root).filter((name) => existsSync(join(root, name, "search/index.js")))];
  const browser = await launch();
  for (const lang of langs) console.log(await cost(browser, root, lang, (words) => console.error(words)));
  await browser.close();
}
