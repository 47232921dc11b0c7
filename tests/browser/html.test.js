// The Nu HTML checker has nothing to say about any published page, style sheet or drawing.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { buildSite, temporaryFolder, themedSite } from "./lib/build.js";
import { filesOf } from "./lib/files.js";
import { nuFindings } from "./lib/nu.js";
import { SITES } from "./lib/sites.js";

// The words of this page are of no language; which one it is written in is a guess, and another in
// every run.
const isGuess = (finding) =>
  finding.includes("/long-words/") && finding.includes("This document appears to be written in");

test("the Nu HTML checker finds no error and no warning in any site", () => {
  // In one folder, because starting Java takes longer than checking.
  const all = temporaryFolder();
  for (const [index, site] of [...SITES, themedSite("plain")].entries()) {
    const pages = filesOf(buildSite(site, join(all, `site ${index}`)), [".html"]);
    assert.notEqual(pages.length, 0, `${site} has no pages to check`);
  }
  assert.deepEqual(nuFindings(all).filter((finding) => !isGuess(finding)), []);
});
