// Every link, image, script and fragment of every page leads to something: read from the files, no browser needed.
import { posix } from "node:path";

export const about = "every internal link and fragment of every page, and every address in a style sheet";

const ENTITIES = { amp: "&", quot: '"', apos: "'", lt: "<", gt: ">" };
const plain = (text) =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name) =>
    name[0] === "#" ? String.fromCodePoint(parseInt(name.slice(name[1] === "x" ? 2 : 1), name[1] === "x" ? 16 : 10)) : ENTITIES[name] ?? whole);

export async function run({ site, report }) {
  const files = new Set(site.files);
  const htmls = site.files.filter((f) => f.endsWith(".html"));
  const text = new Map(htmls.map((f) => [f, site.read(f)]));
  const ids = new Map(htmls.map((f) => [f, new Set([...text.get(f).matchAll(/\sid="([^"]*)"/g)].map((m) => plain(m[1])))]));
  let links = 0;
  for (const path of htmls) {
    await report.check(path, async (fail) => {
      const html = text.get(path);
      const found = [...html.matchAll(/\s(?:href|src|data-src|data-index|poster|action)="([^"]*)"/g)].map((m) => plain(m[1]));
      const refresh = html.match(/http-equiv="refresh" content="\d+; ?url=([^"]*)"/);
      if (refresh) found.push(plain(refresh[1]));
      for (const [, set] of html.matchAll(/\ssrcset="([^"]*)"/g)) found.push(...set.split(",").map((one) => one.trim().split(/\s+/)[0]));
      for (const href of new Set(found)) {
        if (/^(https?|mailto|tel|webcal|data):/.test(href)) continue;
        links += 1;
        if (/^[a-z][a-z0-9+.-]*:/i.test(href)) fail(`a link of an unknown kind: ${href}`);
        const [before, ...hash] = href.split("#");
        const file = before.split("?")[0];
        // A page for wrong addresses is shown anywhere, so it alone may speak from the root of the server.
        if (file.startsWith("/") && path !== "404.html") fail(`${href} leaves the folder the site lies in`);
        const target = file === "" ? path : posix.normalize(posix.join(posix.dirname(path), decodeURIComponent(file)));
        if (!files.has(target.replace(/^\//, ""))) {
          fail(target.endsWith("/") || !posix.extname(target) ? `${href} names a folder, which a double click cannot open` : `${href} leads nowhere`);
          continue;
        }
        const fragment = decodeURIComponent(hash.join("#"));
        if (fragment && target.endsWith(".html") && !ids.get(target)?.has(fragment)) fail(`${href}: nothing there has this id`);
      }
    });
  }
  for (const sheet of site.files.filter((f) => f.endsWith(".css"))) {
    await report.check(sheet, async (fail) => {
      for (const [, , address] of site.read(sheet).matchAll(/url\((["']?)([^)"']+)\1\)/g)) {
        if (!address.startsWith("data:") && !files.has(posix.join(posix.dirname(sheet), address))) fail(`${address} leads nowhere`);
      }
    });
  }
  report.note(`${links} internal links and addresses`);
}
