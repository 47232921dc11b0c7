// No page of the demonstration site breaks a rule of axe-core, however it is looked at.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFindings } from "./lib/axe.js";
import { visit } from "./lib/browser.js";
import { PAGES, site } from "./lib/site.js";

const here = site(".");

for (const path of PAGES) {
  for (const scheme of ["light", "dark"]) {
    for (const width of [320, 768, 1280]) {
      test(`axe-core finds nothing on /${path} in ${scheme}, ${width} px wide`, async () => {
        const options = { scheme, width };
        assert.deepEqual(await visit(here.browser, here.url + path, options, axeFindings), []);
      });
    }
  }
}
