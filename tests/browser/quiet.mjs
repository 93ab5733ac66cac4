// No console error, no refused script or style, no failed request, none to another host: by double click and over http
// under a sub-path, where the policy also comes as a header.
import { open, pool, watch } from "./lib.mjs";
import { pathToFileURL } from "node:url";

export const about = "console, content policy and requests, by double click and under a sub-path";

export async function run({ site, browser, server, report, options }) {
  const root = pathToFileURL(site.root).href;
  const ways = [["file", (p) => p.file, [root, "data:"]], ["http", (p) => server.at(p.path), [server.base, "data:"]]];
  const visits = site.samples().filter((p) => p.kind.includes(options.match));
  await pool(ways, async ([way, address, allowed]) => {
    const { page, close } = await open(browser, { width: 390, scheme: "dark" });
    let fail = () => {};
    await watch(page, allowed, (what) => fail(what));
    for (const visited of visits) {
      await report.check(`${visited.path} over ${way}`, async (tell) => {
        fail = tell;
        const response = await page.goto(address(visited), { waitUntil: "load" });
        if (way === "http" && response.headers()["content-security-policy"] === undefined) tell("no policy in the header");
        if (!/Content-Security-Policy/.test(visited.html)) tell("no policy in the page");
      });
    }
    await close();
  });
}
