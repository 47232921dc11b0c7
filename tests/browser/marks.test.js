// Marks and banners say their words everywhere, the filter by marks gives everything back, the
// contents know which section is read, and nothing moves for who wants no motion.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./lib/browser.js";
import { currentFindings, motionFindings } from "./lib/contents.js";
import { LOOKED_AT } from "./lib/looks.js";
import { filterFindings, markFindings } from "./lib/marks.js";
import { isDraft, site } from "./lib/site.js";

for (const { name, root } of LOOKED_AT) {
  const here = site(root);
  for (const path of here.pages) {
    const look = (options, check) => visit(here.browser, here.url + path, options, check);

    test(`/${path} of ${name} says its marks in words`, async () => {
      const draft = isDraft(root, path);
      assert.deepEqual(await look({}, (page) => markFindings(page, { draft })), []);
    });

    for (const scripts of [true, false]) {
      test(`/${path} of ${name} filters by marks, scripts ${scripts ? "on" : "off"}`, async () => {
        assert.deepEqual(await look({ scripts }, filterFindings), []);
      });
    }

    for (const forced of [false, true]) {
      test(`/${path} of ${name} marks the current section${forced ? ", in forced colours" : ""}`, async () => {
        assert.deepEqual(await look({ forced }, currentFindings), []);
      });
    }

    test(`/${path} of ${name} keeps still for a reader who asks for it`, async () => {
      assert.deepEqual(await look({}, motionFindings), []);
    });
  }
}

test("the demonstration site has a draft to look at", () => {
  assert.ok(isDraft(".", "ala-2025/"));
  assert.ok(!isDraft(".", "alcts-2006-2011/"));
});
