// Text that attacks the page, in every field that takes text: it runs nothing, breaks nothing, and
// stands there to be read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFindings } from "./lib/axe.js";
import { visit } from "./lib/browser.js";
import { attacks, hostileFindings } from "./lib/hostile.js";
import { linkFindings } from "./lib/links.js";
import { reflowFindings } from "./lib/room.js";
import { site } from "./lib/site.js";
import { structureFindings } from "./lib/structure.js";

const here = site("tests/sites/hostile");
const PATHS = ["", "hostile/"];

test("the fixture attacks every field", () => {
  assert.ok(attacks().length >= 60, `${attacks().length} attacks`);
});

test("hostile text runs nothing, breaks nothing and is shown as it is", async () => {
  assert.deepEqual(await hostileFindings(here.browser, here.url, PATHS), []);
  assert.deepEqual(here.server.missing, []);
});

test("hostile text leaves every link whole", async () => {
  assert.deepEqual(await linkFindings(here.browser, here.folder), []);
});

for (const path of PATHS) {
  const checks = { axeFindings, structureFindings, reflowFindings };
  for (const [name, check] of Object.entries(checks)) {
    test(`hostile text leaves /${path} as sound as any page (${name})`, async () => {
      const options = { width: 320 };
      assert.deepEqual(await visit(here.browser, here.url + path, options, check), []);
    });
  }
}
