// Whatever a page shows: axe-core with every rule it has, contrast, targets, lines, the
// accessibility tree, on every site, in every look that is meant for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFindings } from "./lib/axe.js";
import { visit } from "./lib/browser.js";
import { contrastFindings } from "./lib/colour.js";
import { inWords, LOOKED_AT } from "./lib/looks.js";
import { captionFindings, lineFindings } from "./lib/room.js";
import { site } from "./lib/site.js";
import { targetFindings } from "./lib/targets.js";
import { treeFindings } from "./lib/tree.js";

const CHECKS = [axeFindings, contrastFindings, lineFindings, captionFindings, treeFindings, targetFindings];

for (const { name, root, looks } of LOOKED_AT) {
  const here = site(root);
  for (const path of here.pages) {
    for (const look of looks) {
      test(`/${path} of ${name} can be used by everyone, ${inWords(look)}`, async () => {
        const findings = await visit(here.browser, here.url + path, look, async (page) => {
          const found = [];
          for (const check of CHECKS) found.push(...(await check(page)));
          return found;
        });
        assert.deepEqual(findings, []);
      });
    }
  }
}
