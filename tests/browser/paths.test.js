// The same pages work below any address of a server, and in their portable form from a disk:
// every link, anchor and file, as a reader goes through them.

import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { startBrowser } from "./lib/browser.js";
import { buildSite, copySite, temporaryFolder } from "./lib/build.js";
import { filesOf } from "./lib/files.js";
import { pathFindings, walkIn } from "./lib/paths.js";
import { plant } from "./lib/plant.js";
import { serve } from "./lib/server.js";
import { SEEDS } from "./lib/sites.js";

const SITES = [
  ["the demonstration site", SEEDS],
  ["a site whose home page is a plan, with old addresses", "tests/browser/sites/addresses"],
];

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

/** Every page but the one that stands for addresses that are not there. */
const pagesIn = (folder) => filesOf(folder, [".html"]).filter((file) => file !== "404.html");
const leadsOn = (folder, file) => /http-equiv="?refresh/.test(readFileSync(join(folder, file), "utf8"));

/** The pages of a folder as addresses below `base`: those to be read, and those that only lead on. */
function pagesBelow(folder, base, addressed) {
  const [ends, ways] = [[], []];
  for (const file of pagesIn(folder)) (leadsOn(folder, file) ? ways : ends).push(base + addressed(file));
  return { ends, ways };
}

/** Every page that only leads on ends at one that can be read. */
async function checkWays({ ends, ways }) {
  for (const way of ways) {
    await walkIn(browser, async (page) => {
      await page.goto(way);
      await page.waitForURL((url) => url.href !== way);
      const end = page.url().split("#")[0];
      assert.ok(ends.includes(end), `${way} leads on to ${end}`);
    });
  }
}

for (const [name, root] of SITES) {
  test(`every link, anchor and file of ${name} works from a disk`, async () => {
    const folder = buildSite(root, temporaryFolder(), ["--portable"]);
    const base = `${pathToFileURL(folder).href}/`;
    const all = pagesBelow(folder, base, (file) => file);
    const { findings, pages } = await pathFindings(browser, base, `${base}index.html`, all.ends);
    assert.deepEqual(findings, []);
    assert.deepEqual(pages.sort(), all.ends.sort());
    await checkWays(all);
  });

  test(`every link, anchor and file of ${name} works below another path`, async () => {
    const folder = buildSite(root);
    const server = await serve(folder, "/a/b/");
    try {
      const all = pagesBelow(folder, server.url, (file) => file.replace(/(^|\/)index\.html$/, "$1"));
      const { findings, pages } = await pathFindings(browser, server.url, server.url, all.ends);
      assert.deepEqual(findings, []);
      assert.deepEqual(pages.sort(), all.ends.sort());
      await checkWays(all);
      assert.deepEqual(server.missing, []);
    } finally {
      await server.close();
    }
  });
}

const FAULTS = [
  ["a link to a folder", (folder) => plant(join(folder, "index.html"), "ala-2025/index.html", "ala-2025/"), /is no page of the site/],
  ["a dead link", (folder) => plant(join(folder, "index.html"), "ala-2025/index.html", "gone/index.html"), /leads nowhere/],
  ["a dead anchor", (folder) => plant(join(folder, "ala-2025/index.html"), 'href="#', 'href="#x-'), /has no #x-/],
  ["a page without its style", (folder) => rmSync(join(folder, "assets"), { recursive: true }), /is not styled/],
  ["an address from the root", (folder) => plant(join(folder, "index.html"), "alcts-2006-2011/index.html", "/alcts/index.html"), /leads out of the folder/],
];

test("a reader from a disk notices each fault that is planted", async () => {
  const portable = buildSite(SEEDS, temporaryFolder(), ["--portable"]);
  for (const [fault, planted, says] of FAULTS) {
    const folder = copySite(portable);
    planted(folder);
    const base = `${pathToFileURL(folder).href}/`;
    const { findings } = await pathFindings(browser, base, `${base}index.html`);
    assert.ok(findings.some((words) => says.test(words)), `${fault}: ${findings.join("\n")}`);
  }
});
