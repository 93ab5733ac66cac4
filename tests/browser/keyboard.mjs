// With the keyboard alone: the frame's own controls, walked as a person would, and on every kind of page that whatever takes
// the focus shows it, lies on the screen and is not behind something else.
import { open, pool } from "./lib.mjs";

export const about = "keyboard: skip link, menus, language, mode; the focus is seen wherever it goes";

/** What has the focus, as words. */
const focused = (page) =>
  page.evaluate(() => {
    const e = document.activeElement;
    const style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    return {
      tag: e.tagName.toLowerCase(), id: e.id, kind: e.className, text: e.textContent.trim(), href: e.getAttribute("href"),
      rings: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none",
      onScreen: box.width > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth + 1,
    };
  });

async function press(page, key, fail) {
  await page.keyboard.press(key);
  const now = await focused(page);
  if (key === "Tab" && now.tag !== "body" && !now.rings) fail(`${now.tag} "${now.text.slice(0, 30)}" has the focus and does not show it`);
  if (key === "Tab" && now.tag !== "body" && !now.onScreen) fail(`${now.tag} "${now.text.slice(0, 30)}" has the focus off the screen`);
  return now;
}

/** Presses Tab until `want` has the focus. */
async function reach(page, want, fail, most = 60) {
  for (let i = 0; i < most; i++) {
    const now = await press(page, "Tab", fail);
    if (await page.evaluate((s) => document.activeElement.matches(s), want)) return now;
  }
  throw new Error(`Tab does not reach ${want}`);
}

/** In the page, after a key was pressed: gives every control the focus and looks at it. */
function everyFocus() {
  const problems = [];
  const can = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  for (const e of document.querySelectorAll("[tabindex]")) if (e.tabIndex > 0) problems.push(`${e.outerHTML.slice(0, 60)} jumps the order`);
  for (const e of document.querySelectorAll(can)) {
    if (!e.checkVisibility({ visibilityProperty: true }) || e.disabled) continue;
    e.focus();
    const what = `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""} "${e.textContent.trim().slice(0, 30)}"`;
    if (document.activeElement !== e) {
      problems.push(`${what} does not take the focus`);
      continue;
    }
    // A choice hidden behind its label lets the label show it.
    const label = e.matches("input.hush") ? e.labels[0] : null;
    // A card's link covers the card and may let the card show the focus.
    const rings = [e, label, e.closest(".card, li, label, tr"), ...(e.children.length ? [e.firstElementChild] : [])].filter(Boolean).some((it) => {
      const style = getComputedStyle(it);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || (it !== e && style.boxShadow !== "none" && it.matches(":focus-within"));
    }) || getComputedStyle(e, "::after").outlineStyle !== "none";
    if (!rings) problems.push(`${what} has the focus and does not show it`);
    const boxes = [...(label ?? e).getClientRects()].filter((b) => b.width > 1 && b.height > 1);
    const box = boxes[0];
    if (!box) {
      problems.push(`${what} takes the focus and has no size`);
      continue;
    }
    const [x, y] = [box.left + Math.min(box.width, 8) / 2, box.top + box.height / 2];
    if (box.bottom < 0 || box.top > innerHeight) problems.push(`${what} has the focus off the screen`);
    else {
      const top = document.elementFromPoint(x, y);
      if (y > 0 && top && !e.contains(top) && !top.contains(e) && top.closest("header.top") && !e.closest("header.top")) problems.push(`${what} has the focus behind the header`);
    }
  }
  return problems;
}

export async function run({ site, browser, report, options }) {
  const home = site.first("home");
  const desk = await open(browser, { width: 1440 });
  const { page } = desk;
  await report.check("skip link", async (fail) => {
    await page.goto(home.file);
    const first = await press(page, "Tab", fail);
    if (first.href !== "#_main") fail("the first Tab is not the skip link");
    await page.keyboard.press("Enter");
    const after = await press(page, "Tab", fail);
    if (!(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)))) fail(`Enter and Tab lead to ${after.text}, not into the page`);
  });
  await report.check("menu `more`", async (fail) => {
    await page.goto(home.file);
    await reach(page, "details.more > summary", fail);
    await page.keyboard.press("Enter");
    if (!(await page.locator("details.more").getAttribute("open").then((o) => o !== null))) fail("Enter does not open it");
    const link = await press(page, "Tab", fail);
    if (!link.href) fail("Tab does not lead into it");
    await page.keyboard.press("Escape");
    if ((await page.locator("details.more").getAttribute("open")) !== null) fail("Escape does not close it");
    if ((await focused(page)).tag !== "summary") fail("after Escape the focus is lost");
    await page.keyboard.press("Enter");
    await press(page, "Tab", fail);
    const to = (await focused(page)).href;
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    if (!page.url().endsWith(to.replace(/^(\.\.\/)*/, ""))) fail("Enter on a link does not follow it");
  });
  await report.check("language switch keeps the page", async (fail) => {
    const from = site.first("campaigns/*");
    await page.goto(from.file);
    const other = site.langs.find((l) => l !== "");
    await reach(page, `header.top a[hreflang="${other}"]`, fail);
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    if (!page.url().endsWith(`/${other}/${from.path}`)) fail(`led to ${page.url()}`);
    if ((await page.locator("html").getAttribute("lang")) !== other) fail("the page is not in that language");
  });
  await report.check("light and dark, remembered", async (fail) => {
    await page.goto(home.file);
    const colour = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const before = await colour();
    await reach(page, "button.mode", fail);
    await page.keyboard.press("Enter");
    const after = await colour();
    if (after === before) fail("the button changes nothing");
    await page.goto(site.first("campaigns").file);
    if ((await colour()) !== after) fail("the next page has forgotten it");
    await page.goto(home.file);
    await reach(page, "button.mode", fail);
    await page.keyboard.press("Space");
    if ((await colour()) !== before) fail("a second press does not lead back");
  });
  await desk.close();

  const phone = await open(browser, { width: 390 });
  await report.check("menu on a phone", async (fail) => {
    const { page } = phone;
    await page.goto(home.file);
    await reach(page, "details.menu > summary", fail);
    await page.keyboard.press("Space");
    const link = await press(page, "Tab", fail);
    if (!link.href) fail("Tab does not lead into it");
    await page.keyboard.press("Escape");
    if ((await page.locator("details.menu").getAttribute("open")) !== null) fail("Escape does not close it");
    if ((await focused(page)).tag !== "summary") fail("after Escape the focus is lost");
  });
  await phone.close();

  const pages = site.longest().filter((p) => p.kind.includes(options.match));
  await pool([1440, 390], async (width) => {
    const { page, close } = await open(browser, { width });
    for (const chosen of pages) {
      await report.check(`${chosen.path} at ${width} px`, async (fail) => {
        await page.goto(chosen.file);
        await page.keyboard.press("Tab");
        for (const problem of await page.evaluate(everyFocus)) fail(problem);
      });
    }
    await close();
  });
}
