// Lighthouse gives every page of the demonstration site 100 for accessibility, best practices and
// search engines, on its phone and on its desk. Its fourth category is a timing and so no test:
// benches/lighthouse.mjs.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { buildSite, copySite } from "./lib/build.js";
import { PRESETS, lighthouseFindings, startLighthouse } from "./lib/lighthouse.js";
import { plant } from "./lib/plant.js";
import { serve } from "./lib/server.js";
import { PAGES } from "./lib/site.js";
import { SEEDS } from "./lib/sites.js";

let browser, folder, server;
before(async () => {
  folder = buildSite(SEEDS);
  server = await serve(folder);
  browser = await startLighthouse();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const path of PAGES) {
  for (const preset of Object.keys(PRESETS)) {
    test(`Lighthouse finds nothing on /${path}, as on ${preset}`, async () => {
      assert.deepEqual(await lighthouseFindings(browser, server.url + path, preset), []);
    });
  }
}

const FAULTS = [
  ["a page without a language", / lang="[^"]*"/, "", /^accessibility: html-has-lang: /],
  ["a page without a document type", /<!doctype html>/i, "", /^best-practices: doctype: /],
  ["a page without a description", /<meta name="description"[^>]*>/, "", /^seo: meta-description: /],
  [
    "a request to another host",
    "</body>",
    '<img src="https://example.org/a.png" alt="" width="1" height="1"></body>',
    /^request to another host: https:\/\/example\.org\/a\.png$/,
  ],
];

for (const [fault, sound, planted, says] of FAULTS) {
  test(`Lighthouse notices ${fault}`, async () => {
    const path = "ala-2025/";
    const copy = copySite(folder);
    plant(join(copy, path, "index.html"), sound, planted);
    const spoilt = await serve(copy);
    try {
      const findings = await lighthouseFindings(browser, spoilt.url + path, "mobile");
      assert.ok(findings.some((words) => says.test(words)), `Lighthouse says: ${findings.join("\n")}`);
    } finally {
      await spoilt.close();
    }
  });
}
