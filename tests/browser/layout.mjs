// Nothing is wider than the screen, cut off, spilt out of its box or written over something else, from the narrowest phone to
// the widest desk, on the sample and, where it was built, on the playbook of long words (`stress/`).
import { open, openSite, pool } from "./lib.mjs";

export const about = "nothing wider than the screen, cut off, spilt or overlapping at 320, 390, 768, 1440 and 2560 px";
const WIDTHS = [320, 390, 768, 1440, 2560];

/** In the page: what a reader would call broken, as lines. */
export function look() {
  const SLACK = 1.5;
  const problems = [];
  const name = (e) => {
    const own = e.getAttribute("class");
    const up = e.parentElement?.getAttribute("class");
    return `${up ? "." + up.split(" ")[0] + " > " : ""}${e.tagName.toLowerCase()}${own ? "." + own.trim().split(/\s+/).join(".") : ""}`;
  };
  const short = (text) => `"${text.trim().slice(0, 40)}"`;
  const view = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > view) problems.push(`the page is ${document.documentElement.scrollWidth - view} px wider than the screen`);

  const styles = new Map();
  const style = (e) => {
    if (!styles.has(e)) styles.set(e, getComputedStyle(e));
    return styles.get(e);
  };
  const boxes = new Map();
  const box = (e) => {
    if (!boxes.has(e)) boxes.set(e, e.getBoundingClientRect());
    return boxes.get(e);
  };
  // Words only for screen readers are one pixel large.
  const hush = (e) => {
    for (let up = e; up && up !== document.body; up = up.parentElement) {
      const s = style(up);
      if (s.position === "absolute" && (s.clipPath === "inset(50%)" || s.clip.startsWith("rect(") || box(up).width <= 1.5)) return true;
      if (up.matches(".skip")) return true;
    }
    return false;
  };
  const within = (a, b) => ({ left: Math.max(a.left, b.left), right: Math.min(a.right, b.right), top: Math.max(a.top, b.top), bottom: Math.min(a.bottom, b.bottom), height: a.height });
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const e = node.parentElement;
    if (!node.data.trim() || e.closest("script, style, noscript, title, desc, option")) continue;
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || hush(e)) continue;
    range.selectNodeContents(node);
    const s = style(e);
    const size = parseFloat(s.fontSize);
    let scrolls = null; // the nearest box that scrolls sideways or down
    const clips = [];
    let sticky = null;
    for (let up = e; up && up !== document.documentElement; up = up.parentElement) {
      const us = style(up);
      if (us.position === "sticky" || us.position === "fixed") sticky ??= up;
      // A box taken out of the flow is not cut by the boxes around it unless they hold it.
      if (up instanceof SVGElement && up.tagName !== "svg") continue;
      const [x, y] = [us.overflowX, us.overflowY];
      if (!scrolls && ["auto", "scroll"].some((o) => o === x || o === y)) scrolls = up;
      if (!scrolls && ["hidden", "clip"].some((o) => o === x || o === y)) clips.push(up);
    }
    const svg = e.closest("svg");
    for (const whole of range.getClientRects()) {
      if (whole.width < 1 || whole.height < 1) continue;
      // What is shortened with three dots, and says in a title what it was, may be cut.
      const told = clips.some((c) => style(c).textOverflow === "ellipsis" && c.closest("[title]"));
      const r = told ? within(whole, box(clips[0])) : whole;
      if (!scrolls && (r.right > view + SLACK || r.left < -SLACK)) problems.push(`${name(e)} ${short(node.data)} leaves the screen`);
      for (const clip of told ? [] : clips) {
        const b = box(clip);
        const cs = style(clip);
        if (cs.overflowX !== "visible" && (r.right > b.right + SLACK || r.left < b.left - SLACK)) problems.push(`${name(e)} ${short(node.data)} is cut off at the side by ${name(clip)}`);
        const middle = (r.top + r.bottom) / 2;
        if (cs.overflowY !== "visible" && (middle + size * 0.4 > b.bottom + SLACK || middle - size * 0.4 < b.top - SLACK)) problems.push(`${name(e)} ${short(node.data)} is cut off above or below by ${name(clip)}`);
      }
      if (svg && !clips.includes(svg)) {
        const b = box(svg);
        if (r.right > b.right + SLACK || r.left < b.left - SLACK || (r.top + r.bottom) / 2 > b.bottom || (r.top + r.bottom) / 2 < b.top) problems.push(`${name(e)} ${short(node.data)} lies outside its drawing`);
      }
      if (!svg) {
        // The nearest box that is not part of a line of text must hold the words.
        let block = e;
        while (style(block).display === "inline" || style(block).display === "contents") block = block.parentElement;
        const b = box(block);
        if (r.right > b.right + SLACK || r.left < b.left - SLACK) problems.push(`${name(e)} ${short(node.data)} spills out of ${name(block)}`);
      }
      // Fonts claim more height than letters need, so lines are compared by their letters.
      const middle = (r.top + r.bottom) / 2;
      const half = Math.min(r.height / 2, size * 0.38);
      let cell = { left: r.left, right: r.right, top: middle - half, bottom: middle + half };
      for (let up = scrolls; up && up !== document.documentElement; up = up.parentElement) {
        if (!["auto", "scroll", "hidden", "clip"].includes(style(up).overflowX)) continue;
        const b = box(up);
        cell = { left: Math.max(cell.left, b.left), right: Math.min(cell.right, b.right), top: Math.max(cell.top, b.top), bottom: Math.min(cell.bottom, b.bottom) };
      }
      if (cell.right - cell.left > 1 && cell.bottom - cell.top > 1) texts.push({ ...cell, e, node, sticky });
    }
  }
  texts.sort((a, b) => a.top - b.top);
  for (let i = 0; i < texts.length; i++) {
    const a = texts[i];
    for (let j = i + 1; j < texts.length && texts[j].top < a.bottom; j++) {
      const b = texts[j];
      if (a.node === b.node || a.sticky !== b.sticky) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 2) problems.push(`${name(a.e)} ${short(a.node.data)} and ${name(b.e)} ${short(b.node.data)} lie over each other`);
    }
  }
  for (const e of document.body.querySelectorAll("*")) {
    if (e instanceof SVGElement && e.tagName !== "svg") continue;
    const b = box(e);
    if (b.width <= view + SLACK || !e.checkVisibility()) continue;
    let inside = false;
    for (let up = e.parentElement; up && up !== document.documentElement; up = up.parentElement) inside ||= style(up).overflowX !== "visible";
    if (!inside) problems.push(`${name(e)} is ${Math.round(b.width)} px wide`);
  }
  for (const e of document.body.querySelectorAll("*")) {
    if (style(e).textOverflow === "ellipsis" && e.scrollWidth > e.clientWidth + 1 && !e.title && !e.closest("[title]")) problems.push(`${name(e)} ${short(e.textContent)} is shortened and says nowhere what it was`);
  }
  return [...new Set(problems)].slice(0, 8);
}

export async function run({ site, browser, report, options }) {
  const sites = [["", site]];
  if (options.stress) sites.push(["long words: ", openSite(options.stress)]);
  const jobs = sites.flatMap(([label, s]) => s.longest().filter((p) => p.kind.includes(options.match)).map((p) => [label, p]));
  const holders = new Map();
  await pool(jobs, async ([label, chosen], worker) => {
    if (!holders.has(worker)) holders.set(worker, await open(browser));
    const { page } = holders.get(worker);
    await page.goto(chosen.file);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await report.check(`${label}${chosen.path} at ${width} px`, async (fail) => {
        for (const problem of await page.evaluate(look)) fail(problem);
      });
    }
  });
  for (const { close } of holders.values()) await close();
}
