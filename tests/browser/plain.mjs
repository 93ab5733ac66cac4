// Without scripts: everything can be read, every place of the menu reached, and nothing stands there that does nothing.
import { open, pool } from "./lib.mjs";

export const about = "scripts off: words to read, the whole menu, no dead control";

/** In the page. */
function look() {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = (e) => `${e.tagName.toLowerCase()}${e.className && typeof e.className === "string" ? "." + e.className.trim().replaceAll(" ", ".") : ""}`;
  const problems = [];
  const main = document.querySelector("main");
  if (main.innerText.trim().length < 20) problems.push("nothing to read");
  // A choice that a style sheet answers works without scripts; a ticked box of a text is only a sign.
  const controls = "button, input:not([type=radio], :disabled), select, textarea, [role=button], [role=tab], [role=combobox], [role=switch], [tabindex='0']:not([role=region], pre)";
  for (const e of document.querySelectorAll(controls)) if (seen(e)) problems.push(`${name(e)} is shown and does nothing`);
  // What scripts would show may be a control or a message, but no reading matter.
  for (const e of main.querySelectorAll("[hidden]")) {
    if (e.textContent.trim().length > 120 && !e.querySelector("button, input, select")) problems.push(`${name(e)} hides words: ${e.textContent.trim().slice(0, 40)}`);
  }
  return problems;
}

/** In the page: which links of the menu can be seen. */
const menu = () =>
  [...document.querySelectorAll("header.top a:not([aria-current], [hidden])")].map((a) => [a.getAttribute("href"), a.checkVisibility({ visibilityProperty: true })]);

export async function run({ site, browser, report, options }) {
  const pages = site.longest().filter((p) => p.kind.includes(options.match));
  await pool([1440, 390], async (width) => {
    const { page, close } = await open(browser, { width, scripts: false });
    for (const chosen of pages) {
      await report.check(`${chosen.path} at ${width} px`, async (fail) => {
        await page.goto(chosen.file);
        for (const problem of await page.evaluate(look)) fail(problem);
        // The menus are opened one after another; a link is reached when it could be seen at one time.
        const reached = new Set();
        const note = async () => (await page.evaluate(menu)).forEach(([href, is]) => is && reached.add(href));
        await note();
        for (const summary of await page.locator("header.top summary:visible").all()) {
          await summary.click();
          await note();
          await summary.click();
        }
        for (const [href] of await page.evaluate(menu)) if (!reached.has(href)) fail(`the menu never shows ${href}`);
      });
    }
    await close();
  });
}
