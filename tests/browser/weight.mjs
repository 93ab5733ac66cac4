// What a reader on a slow line must load before the page can be read: HTML, style sheets and scripts, as they lie on disk.
import { posix } from "node:path";

export const about = "HTML, CSS and JS of every page together at most 100 kB, uncompressed";
const MOST = 100_000;

export async function run({ site, report }) {
  const sizes = new Map();
  const size = (path) => {
    if (!sizes.has(path)) sizes.set(path, Buffer.byteLength(site.read(path)));
    return sizes.get(path);
  };
  const heavy = [];
  for (const page of site.pages) {
    await report.check(page.path, async (fail) => {
      const tags = [...page.html.matchAll(/<link\b[^>]*\brel="stylesheet"[^>]*>|<script\b[^>]*\bsrc="[^>]*>/g)].map((m) => m[0]);
      const linked = tags.map((tag) => posix.normalize(posix.join(posix.dirname(page.path), tag.match(/\b(?:href|src)="([^"]*)"/)[1])));
      const own = Buffer.byteLength(page.html);
      const total = linked.reduce((sum, path) => sum + size(path.replace(/^\//, "")), own);
      heavy.push({ path: page.path, own, total });
      if (total > MOST) fail(`${kb(total)}, of which HTML ${kb(own)}`);
    });
  }
  heavy.sort((a, b) => b.total - a.total);
  for (const { path, own, total } of heavy.slice(0, 5)) report.note(`${kb(total)} (HTML ${kb(own)}) ${path}`);
  for (const [path, bytes] of sizes) report.note(`${kb(bytes)} ${path}`);
}

const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
