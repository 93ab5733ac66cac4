// Lighthouse on the pages people open first, as a phone on a slow line sees them, served packed from a sub-path. Performance
// is measured in time, so a page below the bar is measured again, three times at most; the best run counts, because what a
// busy machine adds is not the page's.
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";
import { CHROMIUM, CHROMIUM_ARGS } from "./lib.mjs";

export const about = "Lighthouse at least 99 in performance, accessibility, best practices and SEO";
const LEAST = 99;
const RUNS = 3;
const KINDS = ["home", "calendar/YEAR", "campaigns/*", "campaigns/*/timeline", "campaigns/timeline", "search"];

export async function run({ site, server, report, options }) {
  const kinds = KINDS.filter((kind) => site.first(kind) && kind.includes(options.match));
  const pages = site.longest().filter((p) => p.lang === "" && kinds.includes(p.kind));
  const chrome = await launcher.launch({ chromePath: CHROMIUM, chromeFlags: ["--headless=new", ...CHROMIUM_ARGS], logLevel: "silent" });
  for (const chosen of pages) {
    await report.check(chosen.path, async (fail) => {
      const best = {};
      let below = [];
      for (let run = 0; run < RUNS; run++) {
        const { lhr } = await lighthouse(server.at(chosen.path), { port: chrome.port, logLevel: "silent", output: "json" });
        below = [];
        for (const [id, category] of Object.entries(lhr.categories)) {
          best[id] = Math.max(best[id] ?? 0, Math.round(category.score * 100));
          if (best[id] >= LEAST) continue;
          const lost = category.auditRefs.filter((ref) => ref.weight > 0 && (lhr.audits[ref.id].score ?? 1) < 1);
          below.push(`${id} ${best[id]}: ${lost.map((ref) => `${ref.id} ${lhr.audits[ref.id].displayValue ?? ""}`).join(", ")}`);
        }
        if (below.length === 0) break;
      }
      report.note(`${Object.values(best).join(" ")} ${chosen.path}`);
      below.forEach(fail);
    });
  }
  await chrome.kill();
}
