// Lists that are filtered, sorted and grouped: by the address, by hand, with the back button; and whole without scripts.
import { open, watch } from "./lib.mjs";
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

export const about = "filters, sorting and groups kept in the address; zoom of the timeline";

export async function run({ site, browser, server, report }) {
  const root = pathToFileURL(site.root).href;
  const table = site.first("campaigns/by/YEAR")?.path ?? "campaigns/by/2026/index.html";
  const story = (name, job, { http = false, ...options } = {}) =>
    report.check(name, async (fail) => {
      const { page, close } = await open(browser, options);
      await watch(page, [root, "data:", server.base], fail);
      try {
        await job(page, (path) => (http ? server.at(path) : `${root}/${path}`).replaceAll("%3F", "?"));
      } finally {
        await close();
      }
    });
  const names = (page) => page.locator("#_rows tr[data-row]:visible th a").allInnerTexts();
  const count = (page) => page.locator(".f-count").innerText();

  for (const http of [false, true]) {
    await story(`an address shows its rows in its order, over ${http ? "http" : "file"}`, async (page, at) => {
      await page.goto(`${at(table)}?owner=lin-yue&sort=-start`);
      const shown = await names(page);
      assert.ok(shown.length > 1, "several campaigns of one owner");
      const all = await page.locator("#_rows tr[data-row]").count();
      assert.equal(await count(page), `${shown.length} of ${all}: Lin Yue`);
      const starts = await page.locator("#_rows tr[data-row]:visible").evaluateAll((rows) => rows.map((r) => r.dataset.start));
      assert.deepEqual(starts, [...starts].sort().reverse());
      assert.equal(await page.locator("th[data-sort=start]").getAttribute("aria-sort"), "descending");
      // A choice is a step back; so is a sort order.
      await page.selectOption("select[name=slot]", "sprint");
      assert.match(page.url(), /owner=lin-yue/);
      assert.match(page.url(), /slot=sprint/);
      const fewer = await names(page);
      assert.ok(fewer.length < shown.length);
      await page.locator("th[data-sort=name] button").press("Enter");
      assert.match(page.url(), /sort=name/);
      assert.deepEqual(await names(page), [...fewer].sort((a, b) => a.localeCompare(b, "en")));
      await page.goBack();
      await page.goBack();
      assert.deepEqual(await names(page), shown);
      assert.equal(await page.locator("select[name=slot]").inputValue(), "");
      // Clear.
      await page.getByRole("button", { name: "Clear" }).click();
      assert.equal((await names(page)).length, all);
      assert.equal(new URL(page.url()).search, "");
      assert.equal(await page.locator(".f-count").innerText(), "");
    }, { http });
  }

  await story("words find rows as they are typed, and the address follows", async (page, at) => {
    await page.goto(at("campaigns/index.html"));
    const groups = await page.locator("[data-group]:visible").count();
    await page.getByLabel("Words").fill("MOONLIT");
    assert.deepEqual(await page.locator("[data-row]:visible h3 a").allInnerTexts(), ["The moonlit table"]);
    assert.equal(await page.locator("[data-group]:visible").count(), 1, "groups without rows are not shown");
    assert.match(page.url(), /q=MOONLIT/);
    await page.getByLabel("Words").fill("no such word");
    assert.match(await count(page), /^0 of /);
    await page.reload();
    assert.match(await count(page), /^0 of /);
    await page.getByRole("button", { name: "Clear" }).click();
    assert.equal(await page.locator("[data-group]:visible").count(), groups);
  });

  await story("a value that nobody has shows nothing and says so", async (page, at) => {
    await page.goto(`${at(table)}?owner=nobody`);
    assert.match(await count(page), /^0 of \d+: nobody/);
  });

  await story("rows stand under the names of their groups", async (page, at) => {
    await page.goto(`${at(table)}?group=slot`);
    const heads = await page.locator("#_rows .f-group").allInnerTexts();
    assert.ok(heads.length >= 3 && heads.every((text) => / · \d+$/.test(text)), heads.join(", "));
    const sum = heads.map((text) => Number(text.split(" · ").pop())).reduce((a, b) => a + b, 0);
    assert.equal(sum, (await names(page)).length);
  });

  await story("the link is copied as the address says", async (page, at) => {
    await page.goto(`${at(table)}?scale=large`);
    const copied = page.evaluate(() => new Promise((done) => document.addEventListener("copy", () => done(getSelection().toString() || document.activeElement.value))));
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.getByRole("button", { name: "Copy link" }).click();
    assert.match(await copied, /campaigns\/by\/\d{4}\/index\.html\?scale=large$/);
    await page.getByRole("button", { name: "Copied" }).waitFor();
  });

  await story("the timeline is zoomed, begins where today is, and hides its lines when rows move", async (page, at) => {
    await page.goto(at("calendar/timeline/index.html"));
    const width = () => page.locator(".tl-in").evaluate((node) => node.offsetWidth);
    const whole = await width();
    await page.getByRole("button", { name: "Week" }).click();
    assert.ok((await width()) > whole * 3);
    assert.match(page.url(), /zoom=44/);
    const now = await page.locator(".tl-now line").boundingBox();
    assert.ok(now.x > 0 && now.x < 1440, "today is in sight");
    await page.reload();
    assert.ok((await width()) > whole * 3, "the address keeps the zoom");
    assert.equal(await page.locator(".tl-links").first().isVisible(), true);
    await page.selectOption("select[name=group]", "owner");
    assert.equal(await page.locator(".tl-in .tl-links").isVisible(), false);
  });

  await story("on a phone the choices are folded away until they are wanted", async (page, at) => {
    await page.goto(at("campaigns/index.html"));
    assert.equal(await page.locator("select[name=owner]").isVisible(), false);
    await page.locator(".f-more summary").click();
    assert.equal(await page.locator("select[name=owner]").isVisible(), true);
    await page.goto(`${at("campaigns/index.html")}?owner=lin-yue`);
    assert.equal(await page.locator("select[name=owner]").isVisible(), true, "open where a choice is made");
  }, { width: 390 });

  await story("a checklist by phase, owner, role and state, and a link to a row that is not shown", async (page, at) => {
    const path = "campaigns/2026-09-moonlit-table/checklist/index.html";
    const rows = page.locator("#_items tr[data-row]:visible");
    const shown = (key) => rows.evaluateAll((all, key) => [...new Set(all.map((row) => row.closest(`[data-${key}]`).getAttribute(`data-${key}`)))], key);
    await page.goto(`${at(path)}?state=done`);
    const all = await page.locator("#_items tr[data-row]").count();
    const done = await rows.count();
    assert.ok(done > 0 && done < all);
    assert.deepEqual(await shown("state"), ["done"]);
    assert.equal(await page.locator("#_items tr.is-done:visible").count(), done, "a row is done where its box says so");
    const sections = await page.locator("#_items section:visible").count();
    await page.selectOption("select[name=phase]", "preparation");
    assert.match(page.url(), /state=done/);
    assert.match(page.url(), /phase=preparation/);
    assert.deepEqual(await shown("phase"), ["preparation"]);
    assert.equal(await page.locator("#_items section:visible").count(), 1, "phases without rows are not shown");
    assert.ok(sections > 1 || done === (await rows.count()));
    await page.getByRole("button", { name: "Clear" }).click();
    assert.equal(await rows.count(), all);
    for (const key of ["owner", "role"]) {
      const value = await page.locator(`select[name=${key}] option`).nth(1).getAttribute("value");
      await page.selectOption(`select[name=${key}]`, value);
      assert.deepEqual(await shown(key), [value]);
      assert.ok((await rows.count()) < all);
      await page.getByRole("button", { name: "Clear" }).click();
    }
    // States and phases part the list: nothing is in none of them, nothing in two.
    for (const key of ["state", "phase"]) {
      let sum = 0;
      for (const value of await page.locator(`select[name=${key}] option`).evaluateAll((all) => all.slice(1).map((o) => o.value))) {
        await page.selectOption(`select[name=${key}]`, value);
        sum += await rows.count();
      }
      assert.equal(sum, all, key);
      await page.getByRole("button", { name: "Clear" }).click();
    }
    // A way to a row leads there, whatever is chosen.
    await page.selectOption("select[name=state]", "done");
    const hidden = await page.locator("#_items tr[data-row]:not(:visible)").first().getAttribute("id");
    await page.evaluate((id) => (location.hash = id), hidden);
    await page.locator(`[id="${hidden}"]`).waitFor({ state: "visible" });
    assert.equal(new URL(page.url()).search, "");
  });

  await story("without scripts every row is there and no control", async (page, at) => {
    for (const path of [table, "campaigns/index.html", "board/index.html", "calendar/timeline/index.html", "campaigns/2026-09-moonlit-table/checklist/index.html"]) {
      await page.goto(`${at(path)}?owner=lin-yue`);
      assert.equal(await page.locator("form.filter").isVisible(), false, path);
      assert.equal(await page.locator("[data-row]:visible").count(), await page.locator("[data-row]").count(), path);
      assert.ok((await page.locator("[data-row]").count()) > 1, path);
    }
  }, { scripts: false });
}
