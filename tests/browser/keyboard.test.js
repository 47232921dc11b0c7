// Every page with the keyboard alone: everything is reached, in order, and is seen when it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./lib/browser.js";
import { focusPictureFindings, keyboardFindings } from "./lib/keyboard.js";
import { inWords, LOOKED_AT } from "./lib/looks.js";
import { site } from "./lib/site.js";

for (const { name, root, walks } of LOOKED_AT) {
  const here = site(root);
  for (const path of here.pages) {
    for (const walk of walks) {
      test(`/${path} of ${name} is walked through with Tab, ${inWords(walk)}`, async () => {
        const findings = await visit(here.browser, here.url + path, walk, async (page) => [
          ...(await keyboardFindings(page)),
          ...(await focusPictureFindings(page)),
        ]);
        assert.deepEqual(findings, []);
      });
    }
  }
}
