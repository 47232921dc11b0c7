// Every page on paper, of A4 and Letter, whatever the reader's screen looks like.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./lib/browser.js";
import { LOOKED_AT } from "./lib/looks.js";
import { printFindings } from "./lib/print.js";
import { site } from "./lib/site.js";

for (const { name, root, papers, sheets } of LOOKED_AT) {
  const here = site(root);
  for (const path of here.pages) {
    for (const paper of papers) {
      // A dark screen prints on white paper too.
      const scheme = paper === "A4" ? "light" : "dark";
      test(`/${path} of ${name} is printed whole on ${paper}, from a ${scheme} screen`, async () => {
        const print = (page) => printFindings(page, paper, { most: sheets });
        assert.deepEqual(await visit(here.browser, here.url + path, { scheme }, print), []);
      });
    }
  }
}
