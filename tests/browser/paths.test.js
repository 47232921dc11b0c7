// The same pages work below any address of a server, and in their portable form from a disk:
// every link, anchor and file, as a reader goes through them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { startBrowser } from "./lib/browser.js";
import { buildSite, temporaryFolder } from "./lib/build.js";
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
    await walkIn(browser, async (window) => {
      const page = await window.newPage();
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

// One fault in each of these, all in one folder: what is planted where, and what is said of it.
const FAULTS = [
  ["index.html", "alcts-2006-2011/index.html", "alcts-2006-2011/", /is no page of the site/],
  ["index.html", "ala-2025/index.html", "gone/index.html", /gone\/index\.html: leads nowhere/],
  ["ala-2025/index.html", 'href="#', 'href="#x-', /has no #x-/],
  ["ala-2025/index.html", "../index.html", "/index.html", /leads out of the folder/],
  ["alcts-2006-2011/index.html", "../assets/style", "../assets/gone", /alcts.*: is not styled/],
  ["alcts-2006-2011/index.html", "<h1", '<img src="gone.png" alt=""><h1', /shows no image: .*gone\.png/],
];

test("a reader from a disk notices each fault that is planted", async () => {
  const folder = buildSite(SEEDS, temporaryFolder(), ["--portable"]);
  for (const [file, sound, fault] of FAULTS) plant(join(folder, file), sound, fault);
  const base = `${pathToFileURL(folder).href}/`;
  const all = pagesIn(folder).map((file) => base + file);
  const { findings } = await pathFindings(browser, base, `${base}index.html`, all);
  for (const [file, , fault, says] of FAULTS) {
    assert.ok(findings.some((words) => says.test(words)), `${fault} in ${file}: ${findings.join("\n")}`);
  }
});
