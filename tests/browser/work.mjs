// What scripts add for whoever works with the site: "this is me", ticks on a checklist, how old the page is by the clock.
import { open, watch } from "./lib.mjs";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const about = "this is me, ticks, old news";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const program = ["release", "debug"].map((p) => join(top, "target", p, "playbook")).find(existsSync);

export async function run({ site, browser, report }) {
  const root = pathToFileURL(site.root).href;
  const address = (page) => `${root}/${page}`;

  // A story has a browser of its own, with a clock that stands on the morning of a day.
  const story = (name, day, job, options = {}) =>
    report.check(name, async (fail) => {
      const { page, close } = await open(browser, { timezoneId: "Asia/Shanghai", ...options });
      await watch(page, [root, "data:"], fail);
      await page.clock.setFixedTime(new Date(`${day}T09:00:00+08:00`));
      try {
        await job(page);
      } finally {
        await close();
      }
    });

  const CHECKLIST = "campaigns/2026-10-autumn-oolong/checklist/index.html";
  const bar = (page) => page.locator(".ticks");

  await story("ticks survive, stay with their campaign, and are copied as TOML", "2026-09-18", async (page) => {
    await page.goto(address(CHECKLIST));
    assert.equal(await bar(page).isVisible(), false, "no bar without ticks");
    const boxes = page.locator(".c-items input");
    assert.ok((await boxes.count()) > 5);
    const first = await page.locator(".c-items tr:has(input)").first().getAttribute("id");
    await boxes.nth(0).check();
    await boxes.nth(2).press("Space");
    assert.match(await bar(page).innerText(), /2 ticks, only on this device/);
    await page.reload();
    assert.equal(await boxes.nth(0).isChecked(), true, "a tick survives reload");
    assert.equal(await boxes.nth(1).isChecked(), false);
    // Double click: no clipboard without a prompt there, so the text is shown and chosen.
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.getByRole("button", { name: "Copy as TOML" }).click();
    const text = await page.locator(".ticks textarea").inputValue();
    assert.equal(await page.evaluate(() => getSelection().toString()), text, "the text is chosen");
    const lines = text.trim().split("\n").filter((line) => line !== "[done]");
    assert.equal(lines.length, 2);
    assert.equal(lines[0], `"${first}" = 2026-09-18`);
    for (const line of lines) assert.match(line, /^"[^"\\]+\/[^"\\]+" = \d{4}-\d{2}-\d{2}$/);
    if (program) pasted(text, lines);
    // The same list by person, and none of it elsewhere.
    await page.goto(address(CHECKLIST.replace("index", "by-owner/index")));
    assert.equal(await page.locator(".c-items input:checked").count(), 2);
    await page.goto(address(`zh-Hans/${CHECKLIST}`));
    assert.equal(await page.locator(".c-items input:checked").count(), 2);
    await page.goto(address("campaigns/2026-11-double-eleven/checklist/index.html"));
    assert.equal(await page.locator(".c-items input:checked").count(), 0);
    await page.goto(address(CHECKLIST));
    await page.getByRole("button", { name: "Clear" }).click();
    assert.equal(await page.locator(".c-items input:checked").count(), 0);
    await page.getByRole("button", { name: "Undo" }).click();
    assert.equal(await page.locator(".c-items input:checked").count(), 2);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.reload();
    assert.equal(await bar(page).isVisible(), false);
  });

  await story("the clipboard is used where there is one", "2026-09-18", async (page) => {
    await page.goto(address(CHECKLIST));
    await page.evaluate(() => {
      window.copied = [];
      Object.defineProperty(navigator, "clipboard", { value: { writeText: (t) => (window.copied.push(t), Promise.resolve()) } });
    });
    await page.locator(".c-items input").first().check();
    await page.getByRole("button", { name: "Copy as TOML" }).click();
    assert.match((await page.evaluate(() => window.copied))[0], /" = 2026-09-18\n$/);
    assert.equal(await page.locator(".ticks [role=status]").innerText(), "Copied");
  });

  await story("without scripts boxes are plain", "2026-09-18", async (page) => {
    await page.goto(address(CHECKLIST));
    assert.equal(await page.locator("main input:visible, main button:visible").count(), 0);
    assert.ok((await page.locator(".c-items td:first-child:empty").count()) > 5);
  }, { javaScriptEnabled: false });

  await story("this is me: kept, shown on every page in every language, taken back", "2026-09-18", async (page) => {
    await page.goto(address("people/index.html"));
    const name = await page.locator(".list li a").first().innerText();
    await page.locator(".list li a").first().click();
    const button = page.locator(".me-box button");
    await button.press("Enter");
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    const link = page.locator(".tools .me-link");
    await page.waitForFunction(() => document.querySelector(".tools .me-link").getAttribute("aria-label"));
    const label = await link.getAttribute("aria-label");
    assert.ok(label.startsWith(`My work: ${name}`), label);
    const open = (await page.locator(".work-head").innerText()).match(/\d+(?= open)/)[0];
    assert.ok(label.endsWith(`${open} open`), label);
    await page.goto(address("zh-Hans/rules/index.html"));
    await page.waitForFunction(() => document.querySelector(".tools .me-link").getAttribute("aria-label"));
    await link.click();
    assert.match(page.url(), /zh-Hans\/people\/[^/]+\/index.html$/);
    await page.goBack();
    await page.goto(address("index.html"));
    const place = page.locator("[data-my-work]");
    if (await place.count()) {
      await place.locator("li time").first().waitFor();
      const target = new URL(await place.locator("li a").first().getAttribute("href"), page.url());
      assert.ok(existsSync(decodeURIComponent(target.pathname)), target.href);
    }
    await link.click();
    await button.click();
    assert.equal(await link.isVisible(), false);
  });

  // The sample is as of 17 September 2026.
  const DATED = ["index.html", "calendar/agenda/index.html", "people/chen-bo/index.html", CHECKLIST, "campaigns/2026-10-autumn-oolong/timeline/index.html", "zh-Hans/people/chen-bo/index.html"];
  const line = (page) => page.locator(".as-of-line");
  const badges = (page) => page.locator(".badge").evaluateAll((all) => all.map((b) => b.firstChild?.textContent));
  for (const [day, said] of [["2026-09-16", ""], ["2026-09-17", ""], ["2026-09-18", "yesterday"], ["2026-09-23", "6 days ago"]]) {
    await story(`a page says on ${day} how old it is`, day, async (page) => {
      await page.goto(address("rules/index.html"));
      const words = await line(page).innerText();
      assert.equal(words, said ? `As of 17 Sep 2026 · ${said}` : "As of 17 Sep 2026");
      assert.equal(await line(page).evaluate((e) => e.classList.contains("is-old")), false, "quiet for a week");
    });
  }
  for (const path of DATED) {
    await story(`${path} marks what has come due since`, "2026-10-05", async (page) => {
      await page.goto(address(path));
      assert.match(await line(page).innerText(), /18 (days ago|天前)/);
      assert.equal(await line(page).evaluate((e) => e.classList.contains("is-old")), true);
      const marks = await page.locator(".badge.was").evaluateAll((all) =>
        all.map((badge) => {
          const row = badge.closest("li, tr, .split");
          const folded = Boolean(badge.closest("details:not([open])"));
          return [row.querySelector("time").dateTime, row.dataset.until, badge.querySelector(".since").textContent, folded];
        }));
      assert.ok(marks.length > 3, `${marks.length} marks`);
      let past = 0;
      for (const [first, until, words, folded] of marks) {
        const day = until ?? first;
        const late = (Date.parse("2026-10-05") - Date.parse(day)) / 864e5;
        assert.ok(day >= "2026-09-17" && late >= 0, `${day} has come`);
        const n = words.match(/\d+/);
        if (late > 1) assert.equal(+n[0], late, words);
        past += late > 0 && !folded;
      }
      assert.equal(+(await line(page).innerText()).match(/(\d+) (things|项)/)[1], past, "the line counts the marks in sight");
      // Nothing that was late before is marked, and no fact of the page is touched.
      assert.equal(await page.locator(".badge.is-overdue .since, .badge.is-done .since").count(), 0);
      const now = await badges(page);
      await page.clock.setFixedTime(new Date("2026-09-17T09:00:00+08:00"));
      await page.reload();
      assert.equal(await page.locator(".since").count(), 0);
      assert.deepEqual(await badges(page), now);
    });
  }
  await story("duty that goes on is not past before its last day", "2026-11-08", async (page) => {
    await page.goto(address("people/lin-yue/index.html"));
    await page.locator("details").evaluateAll((all) => all.forEach((d) => (d.open = true)));
    assert.equal(await page.locator("li[data-until='2026-11-08'] .since").innerText(), "last day today");
    await page.clock.setFixedTime(new Date("2026-11-07T23:00:00+08:00"));
    await page.reload();
    assert.equal(await page.locator("li[data-until='2026-11-08'] .since").count(), 0);
    await page.clock.setFixedTime(new Date("2026-11-10T09:00:00+08:00"));
    await page.reload();
    await page.locator("details").evaluateAll((all) => all.forEach((d) => (d.open = true)));
    assert.equal(await page.locator("li[data-until='2026-11-08'] .since").innerText(), "ended 2 days ago", "duty ends, it is not due");
  });
}

/** What was copied goes into `results.toml`; the program must read it as done. */
function pasted(text, lines) {
  const book = mkdtempSync(join(tmpdir(), "playbook-ticks-"));
  try {
    for (const name of ["playbook.toml", "content"]) cpSync(join(top, name), join(book, name), { recursive: true });
    const file = join(book, "content/campaigns/2026-10-autumn-oolong/results.toml");
    const before = existsSync(file) ? readFileSync(file, "utf8") : "";
    const after = text.startsWith("[done]") ? before + text : before.replace("[done]\n", `[done]\n${text}`);
    assert.notEqual(after, before);
    writeFileSync(file, after);
    execFileSync(program, ["export", "csv", "--output", join(book, "export"), "--keep-going"], { cwd: book });
    const table = readFileSync(join(book, "export/campaigns/2026-10-autumn-oolong/checklist.csv"), "utf8");
    for (const line of lines) {
      const key = JSON.parse(line.split(" = ")[0]);
      const row = table.split("\r\n").find((row) => row.startsWith(`${key},`));
      assert.match(row, /,2026-09-18,done/, `${key} is read as done`);
    }
  } finally {
    rmSync(book, { recursive: true });
  }
}
