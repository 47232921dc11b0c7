// Structure, links, calm and completeness of every page of every site, served under a path of its
// own, so that an address that is not relative shows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./lib/browser.js";
import { linkFindings } from "./lib/links.js";
import { LOOKED_AT } from "./lib/looks.js";
import { scriptlessFindings } from "./lib/scriptless.js";
import { PAGES, site } from "./lib/site.js";
import { structureFindings } from "./lib/structure.js";

const sites = LOOKED_AT.map(({ name, root }) => ({ name, here: site(root, "/a/b/") }));

test("the demonstration site has the home page and both plans", () => {
  assert.deepEqual([...sites[0].here.pages].sort(), [...PAGES].sort());
});

for (const { name, here } of sites) {
  test(`every link, anchor and file of ${name} resolves, relative, under any path`, async () => {
    assert.deepEqual(await linkFindings(here.browser, here.folder), []);
  });

  for (const path of here.pages) {
    const look = (options, check) => visit(here.browser, here.url + path, options, check);

    test(`/${path} of ${name} has the structure that every page has`, async () => {
      assert.deepEqual(await look({}, structureFindings), []);
    });

    for (const scripts of [true, false]) {
      test(`/${path} of ${name} loads quietly, scripts ${scripts ? "on" : "off"}`, async () => {
        assert.deepEqual(await look({ scripts }, (page) => page.heard), []);
      });
    }

    test(`/${path} of ${name} says everything without scripts`, async () => {
      assert.deepEqual(await scriptlessFindings(here.browser, here.url + path), []);
    });
  }

  test(`nothing was asked for that ${name} does not have`, () => {
    assert.deepEqual(here.server.missing, []);
  });
}
