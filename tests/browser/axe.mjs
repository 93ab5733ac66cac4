// Accessibility: the longest page of each kind and language, light and dark, on a desk and on a phone.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { isolated, open, pool } from "./lib.mjs";

export const about = "no accessibility violation, each kind and language, light and dark, 390 and 1440 px";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// No preload: axe would fetch the style sheet, which the page's policy rightly refuses.
const RUN = `axe.run(document, { preload: false, resultTypes: ["violations"] }).then((r) => r.violations.map((v) =>
  v.id + ": " + v.help + " (" + v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(", ") + ")"))`;
const LOOKS = [[1440, "light"], [1440, "dark"], [390, "dark"], [390, "light"]];

export async function run({ site, browser, report, options }) {
  const pages = site.longest().filter((p) => p.kind.includes(options.match));
  await pool(pages, async (chosen) => {
    const { page, close } = await open(browser);
    await page.goto(chosen.file);
    const evaluate = await isolated(page);
    await evaluate(axe + "\n;0");
    for (const [width, scheme] of LOOKS) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      await report.check(`${chosen.path} at ${width} px, ${scheme}`, async (fail) => {
        for (const violation of await evaluate(RUN)) fail(violation);
      });
    }
    await close();
  });
}
