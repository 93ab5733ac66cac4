// What scripts add for whoever works with the site: "this is me", ticks on a checklist.
import { open, watch } from "./lib.mjs";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const about = "this is me, ticks";

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
    const boxes = page.locator(".c-items .c-box input");
    assert.ok((await boxes.count()) > 5);
    const first = await page.locator("tr:has(.c-box input)").first().getAttribute("id");
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
    assert.equal(await page.locator(".c-box input:checked").count(), 2);
    await page.goto(address(`zh-Hans/${CHECKLIST}`));
    assert.equal(await page.locator(".c-box input:checked").count(), 2);
    await page.goto(address("campaigns/2026-11-double-eleven/checklist/index.html"));
    assert.equal(await page.locator(".c-box input:checked").count(), 0);
    await page.goto(address(CHECKLIST));
    await page.getByRole("button", { name: "Clear" }).click();
    assert.equal(await page.locator(".c-box input:checked").count(), 0);
    await page.getByRole("button", { name: "Undo" }).click();
    assert.equal(await page.locator(".c-box input:checked").count(), 2);
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
    await page.locator(".c-box input").first().check();
    await page.getByRole("button", { name: "Copy as TOML" }).click();
    assert.match((await page.evaluate(() => window.copied))[0], /" = 2026-09-18\n$/);
    assert.equal(await page.locator(".ticks [role=status]").innerText(), "Copied");
  });

  await story("without scripts boxes are plain", "2026-09-18", async (page) => {
    await page.goto(address(CHECKLIST));
    assert.equal(await page.locator("main input, main button:visible").count(), 0);
    assert.ok((await page.locator(".c-box i").count()) > 5);
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
