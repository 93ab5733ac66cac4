// What the parts of the browser suite share: the pages of the site, a browser, a server under a sub-path, a count of
// what passed. A part is a file beside this one with a `run` (see `run.mjs`).
import { chromium } from "playwright-core";
import { createServer } from "node:http";
import { readFileSync, readdirSync, existsSync, statSync } from "node:fs";
import { join, resolve, extname, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

export const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
export const CHROMIUM_ARGS = [
  "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
/** The policy that every page carries, as a server would send it. */
export const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Segments of an address that differ between pages of one kind.
const NAMED = new Set(["sops", "people", "departments", "programmes", "roles", "tags", "channels", "rules", "guide"]);
const DATES = [
  [/^\d{4}-\d{2}-\d{2}$/, "DAY"], [/^\d{4}-\d{2}$/, "MONTH"], [/^\d{4}-w\d{2}$/i, "WEEK"], [/^\d{4}-q\d$/i, "QUARTER"],
  [/^\d{4}$/, "YEAR"], [/^\d{4}-\d{2}-./, "*"], [/^page-?\d+$/, "PAGE"],
];

/** The kind of a page, from its address without the language: `campaigns/2026-09-moonlit-table/` → `campaigns/*`. */
export function kindOf(path) {
  const parts = path.replace(/(^|\/)index\.html$/, "").split("/");
  return parts
    .map((part, i) => {
      const date = DATES.find(([pattern]) => pattern.test(part));
      if (date) return date[1];
      const named = i === 1 && NAMED.has(parts[0]);
      return named || (i === 2 && parts[0] === "rules") ? "*" : part;
    })
    .join("/") || "home";
}

function walk(folder, below = "") {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = below ? `${below}/${entry.name}` : entry.name;
      return entry.isDirectory() ? walk(folder, path) : [path];
    });
}

/**
 * The built site: `files` (paths), `pages` (without redirects) as `{ path, lang, kind, html, file }`, and `every(kind)`,
 * `first(kind, lang)`, `longest(kind, lang)`. Addresses are paths with `/` from the top of the site.
 */
export function openSite(folder) {
  const root = resolve(folder);
  const files = walk(root);
  const langs = new Set(files.filter((f) => /^[a-z]{2,3}(-[A-Za-z]+)*\/index\.html$/.test(f)).map((f) => f.split("/")[0]));
  const read = (path) => readFileSync(join(root, path), "utf8");
  const pages = [];
  for (const path of files.filter((f) => f.endsWith(".html"))) {
    const html = read(path);
    if (html.includes('http-equiv="refresh"')) continue; // leads to a page that is visited anyway
    const lang = langs.has(path.split("/")[0]) ? path.split("/")[0] : "";
    const kind = kindOf(lang ? path.slice(lang.length + 1) : path);
    pages.push({ path, lang, kind, html, file: pathToFileURL(join(root, path)).href });
  }
  const kinds = new Map();
  for (const page of pages) {
    const key = `${page.lang}:${page.kind}`;
    if (!kinds.has(key)) kinds.set(key, []);
    kinds.get(key).push(page);
  }
  const longestOf = (list) => list.reduce((a, b) => (b.html.length > a.html.length ? b : a));
  return {
    root, files, pages, langs: ["", ...langs], read,
    kinds: [...new Set(pages.map((p) => p.kind))],
    every: (kind, lang = "") => kinds.get(`${lang}:${kind}`) ?? [],
    first: (kind, lang = "") => kinds.get(`${lang}:${kind}`)?.[0],
    /** The longest page of each kind and language: where something is too long, it is there. */
    longest: () => [...kinds.values()].map(longestOf),
    /** The first and the longest page of each kind and language. */
    samples: () => [...kinds.values()].flatMap((list) => [...new Set([list[0], longestOf(list)])]),
  };
}

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".json": "application/json",
  ".ics": "text/calendar; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".xml": "application/xml", ".txt": "text/plain",
};

/** Serves the site under a sub-path, as a host for project pages does: packed, with the policy as a header. */
export async function serve(site, under = "/team/playbook/") {
  const packed = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const rest = path.startsWith(under) ? path.slice(under.length) : null;
    let file = rest === null ? null : join(site.root, rest);
    if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const ok = file && file.startsWith(site.root + sep) && existsSync(file);
    const sent = ok ? file : join(site.root, "404.html");
    if (!packed.has(sent)) packed.set(sent, gzipSync(readFileSync(sent)));
    response.writeHead(ok ? 200 : 404, {
      "content-type": TYPES[extname(sent)] ?? "application/octet-stream",
      "content-encoding": "gzip",
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "cache-control": rest?.startsWith("static/") ? "public, max-age=31536000, immutable" : "max-age=600",
    });
    response.end(packed.get(sent));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const base = `http://127.0.0.1:${server.address().port}${under}`;
  return { base, at: (path) => base + encodeURI(path), close: () => new Promise((done) => server.close(done)) };
}

/** Debian's Chromium, without its talk to the outside. */
export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGS });

/** A fresh page in a context of its own; closing the page's context is the caller's. Motion is reduced, so nothing moves. */
export async function open(browser, { width = 1440, height = 900, scheme = "light", scripts = true, ...rest } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: scripts, reducedMotion: "reduce", ...rest,
  });
  const page = await context.newPage();
  return { page, context, close: () => context.close() };
}

/** Tells `fail` of every console error, uncaught error, failed or foreign request, refused script or style of a page. */
export async function watch(page, allowed, fail) {
  page.on("console", (m) => m.type() === "error" && fail(`console: ${m.text()}`));
  page.on("pageerror", (e) => fail(`script: ${e.message}`));
  // An icon that the next visit cuts off is no failure.
  const aborted = (r) => r.failure()?.errorText === "net::ERR_ABORTED";
  page.on("requestfailed", (r) => aborted(r) || fail(`cannot load ${r.url()}: ${r.failure()?.errorText}`));
  page.on("response", (r) => r.status() >= 400 && fail(`${r.status()} for ${r.url()}`));
  page.on("request", (r) => !allowed.some((a) => r.url().startsWith(a)) && fail(`request to ${r.url()}`));
  await page.exposeFunction("reportViolation", (text) => fail(`policy: ${text}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (e) => window.reportViolation(`${e.violatedDirective} refused ${e.blockedURI || e.sample}`), true);
  });
}

/** Runs expressions in a world beside the page's own, which its content policy does not bind. Ask anew after a load. */
export async function isolated(page) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  return async (expression) => {
    const sent = { expression, contextId: world.executionContextId, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", sent);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
}

/** Works through `items` with `workers` at a time (this machine's cores, mostly two). */
export async function pool(items, job, workers = 2) {
  const queue = [...items];
  const work = async (n) => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await job(item, n);
  };
  await Promise.all(Array.from({ length: workers }, (_, n) => work(n)));
}

/** Counts checks. A check passes when nothing failed in it; what it throws is a failure too. */
export class Report {
  constructor(part) {
    Object.assign(this, { part, passed: 0, failures: [], notes: [] });
  }
  async check(where, job) {
    const before = [];
    const fail = (what) => before.push(`${this.part}: ${where}: ${what}`);
    try {
      await job(fail);
    } catch (error) {
      fail(String(error?.stack ?? error).split("\n").slice(0, 3).join(" "));
    }
    const failed = [...new Set(before)];
    if (failed.length === 0) this.passed += 1;
    else this.failures.push(failed);
    return failed.length === 0;
  }
  note(text) {
    this.notes.push(text);
  }
}
