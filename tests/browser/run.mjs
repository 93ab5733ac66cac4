// Opens the built sample the way readers do and fails on anything a reader should not meet.
//
//   node run.mjs SITE                        every part
//   node run.mjs SITE --only axe,links       some parts
//   node run.mjs SITE --match campaigns      only kinds of pages whose name has the word
//   node run.mjs SITE --stress FOLDER        also the layout of another site, of long words (stress/make.mjs)
//   node run.mjs SITE --artefacts FOLDER     where screenshots go (target/screenshots)
//
// A part is a file beside this one that exports `run({ site, browser, server, report, options })` and, in `about`, what it
// holds to. Parts run one after another, cheap ones first.
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Report, launch, openSite, serve } from "./lib.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const ORDER = ["links", "weight", "quiet", "plain", "keyboard", "layout", "print", "axe", "serve", "shots", "lighthouse"];

const [folder, ...flags] = process.argv.slice(2);
const value = (name) => (flags.includes(name) ? flags[flags.indexOf(name) + 1] : undefined);
if (!folder) {
  console.error("usage: node run.mjs SITE [--only PART,PART] [--match WORD] [--artefacts FOLDER]");
  process.exit(2);
}
const known = readdirSync(here)
  .filter((name) => name.endsWith(".mjs") && !["run.mjs", "lib.mjs"].includes(name))
  .map((name) => name.slice(0, -4));
const place = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : 4.5);
known.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
const only = value("--only")?.split(",") ?? known;
for (const name of only.filter((n) => !known.includes(n))) {
  console.error(`no part ${name}; there are ${known.join(", ")}`);
  process.exit(2);
}

const site = openSite(folder);
const options = {
  match: value("--match") ?? "",
  stress: value("--stress"),
  artefacts: resolve(value("--artefacts") ?? join(here, "../../target/screenshots")),
};
const server = await serve(site);
let browser;
let passed = 0;
let failed = 0;
for (const name of known.filter((n) => only.includes(n))) {
  const { run, about } = await import(`./${name}.mjs`);
  const report = new Report(name);
  const start = Date.now();
  browser ??= await launch();
  await report.check("the part itself", (fail) => run({ site, browser, server, report, options, fail }));
  for (const failure of report.failures.flat()) console.error(`  ${failure}`);
  for (const note of report.notes) console.log(`  ${note}`);
  const seconds = ((Date.now() - start) / 1000).toFixed(0);
  console.log(`${name}: ${report.passed} passed, ${report.failures.length} failed in ${seconds} s (${about})`);
  passed += report.passed;
  failed += report.failures.length;
}
await browser?.close();
await server.close();
console.log(`browser suite, ${site.kinds.length} kinds of pages, ${site.pages.length} pages: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
