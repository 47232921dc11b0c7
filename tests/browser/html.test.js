// The Nu HTML checker has nothing to say about any published page, style sheet or drawing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildSite } from "./lib/build.js";
import { nuFindings } from "./lib/nu.js";

for (const root of [".", "tests/sites/hostile"]) {
  test(`the Nu HTML checker finds no error and no warning in the site ${root}`, () => {
    assert.deepEqual(nuFindings(buildSite(root)), []);
  });
}
