// Screenshots of every kind of page, kept for people to look at: on a desk in light and the first language, on a phone in dark
// and the other.
import { mkdirSync, rmSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { open, pool } from "./lib.mjs";

export const about = "a screenshot of every kind of page, to look at";
const LOOKS = [
  { width: 1440, scheme: "light", of: (site) => site.langs[0] },
  { width: 390, scheme: "dark", of: (site) => site.langs.at(-1) },
];

export async function run({ site, browser, report, options }) {
  mkdirSync(options.artefacts, { recursive: true });
  if (!options.match) for (const old of readdirSync(options.artefacts)) if (old.endsWith(".png")) rmSync(join(options.artefacts, old));
  await pool(LOOKS, async ({ width, scheme, of }) => {
    const { page, close } = await open(browser, { width, scheme });
    for (const chosen of site.longest().filter((p) => p.lang === of(site) && p.kind.includes(options.match))) {
      const name = `${chosen.kind.replaceAll("/", "_").replaceAll("*", "x").replace(".html", "")}-${width}-${scheme}${chosen.lang && "-" + chosen.lang}.png`;
      await report.check(name, async () => {
        await page.goto(chosen.file);
        await page.screenshot({ path: join(options.artefacts, name), fullPage: true });
      });
    }
    await close();
  });
  report.note(`screenshots and printed sheets lie in ${options.artefacts}`);
}
