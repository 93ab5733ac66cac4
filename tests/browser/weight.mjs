// What a reader on a slow line must load before the page can be read: HTML, style sheets and scripts, as they lie on disk.
// Sheets that only some pages need are sent with those alone, so here is also asked whether a page lacks one.
import { posix } from "node:path";

export const about = "HTML, CSS and JS of every page together at most 100 kB, uncompressed; no sheet is missing";
const MOST = 100_000;

export async function run({ site, report }) {
  const sizes = new Map();
  const size = (path) => {
    if (!sizes.has(path)) sizes.set(path, Buffer.byteLength(site.read(path)));
    return sizes.get(path);
  };
  const classes = new Map(
    site.files.filter((f) => f.endsWith(".css")).map((f) => [f, new Set([...site.read(f).matchAll(/\.(-?[A-Za-z_][\w-]*)/g)].map((m) => m[1]))]),
  );
  const heavy = [];
  for (const page of site.pages) {
    await report.check(page.path, async (fail) => {
      const tags = [...page.html.matchAll(/<link\b[^>]*\brel="stylesheet"[^>]*>|<script\b[^>]*\bsrc="[^>]*>/g)].map((m) => m[0]);
      const linked = tags.map((tag) => posix.normalize(posix.join(posix.dirname(page.path), tag.match(/\b(?:href|src)="([^"]*)"/)[1])));
      const own = Buffer.byteLength(page.html);
      const total = linked.reduce((sum, path) => sum + size(path.replace(/^\//, "")), own);
      heavy.push({ path: page.path, own, total });
      const used = new Set([...page.html.matchAll(/ class="([^"]*)"/g)].flatMap((m) => m[1].split(/\s+/)));
      for (const [sheet, has] of classes) {
        const lacks = linked.includes(sheet) ? [] : [...used].filter((c) => has.has(c) && !linked.some((l) => classes.get(l)?.has(c)));
        if (lacks.length > 0) fail(`has .${lacks.slice(0, 4).join(", .")} and does not load ${sheet}`);
      }
      if (total > MOST) fail(`${kb(total)}, of which HTML ${kb(own)}`);
    });
  }
  heavy.sort((a, b) => b.total - a.total);
  for (const { path, own, total } of heavy.slice(0, 5)) report.note(`${kb(total)} (HTML ${kb(own)}) ${path}`);
  for (const [path, bytes] of sizes) report.note(`${kb(bytes)} ${path}`);
}

const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
