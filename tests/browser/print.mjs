// On paper: nothing of the frame, the targets of outward links written out, nothing cut at the width of an A4 sheet, no
// heading alone at the foot of a sheet, no line of a table split.
import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, pool } from "./lib.mjs";
import { look as layout } from "./layout.mjs";

export const about = "print: no navigation, link targets, A4 width, whole rows and headings that stay with their text";
// A4 without the margins of the style sheet, in CSS pixels.
const SHEET = Math.floor(((210 - 2 * 12) / 25.4) * 96);
/** What people print; their PDF files are kept beside the screenshots. */
const PRINTED = ["calendar/MONTH", "campaigns/*", "campaigns/*/checklist", "campaigns/*/review", "people/*", "sops/*"];

/** In the page, with print styles on. */
function look() {
  const problems = [];
  const name = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""}`;
  for (const e of document.querySelectorAll("header.top, .skip, .crumbs, nav, button, .no-print, input:not(:disabled, [type=checkbox]), select")) {
    if (e.checkVisibility() && !e.matches(".hush")) problems.push(`${name(e)} would be printed`);
  }
  const outward = [...document.querySelectorAll("main a[href^='http']")].filter((a) => a.checkVisibility());
  const isShown = (a) => a.textContent.includes(a.getAttribute("href")) || getComputedStyle(a, "::after").content.includes(a.getAttribute("href"));
  for (const a of outward) {
    // A mark of a month in a table of marks has no room for an address; once on the page is enough for the others.
    if (!a.matches(".badge") && !outward.some((b) => b.href === a.href && isShown(b))) problems.push(`the target of "${a.textContent.trim()}" is not written out`);
  }
  const avoids = (e, side) => getComputedStyle(e)[side].startsWith("avoid");
  for (const h of document.querySelectorAll("main :is(h2, h3)")) if (!avoids(h, "breakAfter")) problems.push(`${name(h)} may stand alone at the foot of a sheet`);
  for (const row of document.querySelectorAll("main tr")) if (!avoids(row, "breakInside")) problems.push("a line of a table may be split");
  for (const d of document.querySelectorAll("main details:not([open])")) {
    if (d.checkVisibility() && getComputedStyle(d, "::details-content").contentVisibility === "hidden") problems.push(`${name(d)} would be printed closed`);
  }
  return problems;
}

export async function run({ site, browser, report, options }) {
  const pages = site.longest().filter((p) => p.kind.includes(options.match));
  mkdirSync(options.artefacts, { recursive: true });
  await pool([0, 1], async (half) => {
    const { page, close } = await open(browser, { width: SHEET });
    await page.emulateMedia({ media: "print", reducedMotion: "reduce" });
    for (const chosen of pages.filter((_, i) => i % 2 === half)) {
      await report.check(chosen.path, async (fail) => {
        await page.goto(chosen.file);
        for (const problem of await page.evaluate(look)) fail(problem);
        for (const problem of await page.evaluate(layout)) fail(`on A4: ${problem}`);
        if (!PRINTED.includes(chosen.kind)) return;
        const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
        const sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
        if (sheets === 0 || sheets > 20) fail(`${sheets} sheets of paper`);
        writeFileSync(join(options.artefacts, `${chosen.lang || "default"}-${chosen.kind.replace(/[^A-Za-z]+/g, "-")}.pdf`), pdf);
      });
    }
    await close();
  });
}
