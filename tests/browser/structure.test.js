// Structure, keyboard, reflow, calm and completeness of every page of the demonstration site,
// served under a path of its own, so that an address that is not relative shows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { keyboardFindings, reflowFindings, scriptlessFindings } from "./lib/behaviour.js";
import { visit } from "./lib/browser.js";
import { filesOf } from "./lib/files.js";
import { linkFindings } from "./lib/links.js";
import { PAGES, site } from "./lib/site.js";
import { structureFindings } from "./lib/structure.js";

const here = site(".", "/a/b/");

test("the site has the home page and both plans", () => {
  const published = filesOf(here.folder, [".html"]);
  for (const path of PAGES) assert.ok(published.includes(`${path}index.html`), published.join(" "));
});

test("every link, anchor and file resolves, relative, under any path", async () => {
  assert.deepEqual(await linkFindings(here.browser, here.folder), []);
});

for (const path of PAGES) {
  const look = (options, check) => visit(here.browser, here.url + path, options, check);

  test(`/${path} has the structure that every page has`, async () => {
    assert.deepEqual(await look({}, structureFindings), []);
  });

  test(`/${path} leads the keyboard to the right places`, async () => {
    assert.deepEqual(await look({}, keyboardFindings), []);
  });

  for (const width of [320, 768]) {
    test(`/${path} never scrolls sideways in a window ${width} px wide`, async () => {
      assert.deepEqual(await look({ width }, reflowFindings), []);
    });
  }

  for (const scripts of [true, false]) {
    test(`/${path} loads quietly, scripts ${scripts ? "on" : "off"}`, async () => {
      assert.deepEqual(await look({ scripts }, (page) => page.heard), []);
    });
  }

  test(`/${path} says everything without scripts`, async () => {
    assert.deepEqual(await scriptlessFindings(here.browser, here.url + path), []);
  });
}

test("nothing was asked for that is not there", () => {
  assert.deepEqual(here.server.missing, []);
});
