// The ALA page is light: what it loads in a browser is small, comes from one place, holds nothing
// up and moves nothing.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { visit } from "./lib/browser.js";
import { copySite } from "./lib/build.js";
import { plant } from "./lib/plant.js";
import { serve, slowly } from "./lib/server.js";
import { PAGES, site } from "./lib/site.js";
import { SEEDS } from "./lib/sites.js";
import { filesOfPage, shiftFindings, weightFindings } from "./lib/weight.js";

const here = site(SEEDS);

for (const path of PAGES) {
  test(`/${path} is light, with everything it loads`, async (context) => {
    await visit(here.browser, here.url + path, {}, async (page) => {
      for (const file of await filesOfPage(page)) {
        context.diagnostic(`${file.path}: ${file.plain} bytes, gzip ${file.gzip}, brotli ${file.brotli}`);
      }
      assert.deepEqual(await weightFindings(page), []);
    });
  });

  for (const width of [320, 1280]) {
    test(`/${path} holds still, ${width} px wide, also on a slow line`, async () => {
      const slow = await serve(here.folder, "/", slowly);
      try {
        assert.deepEqual(await visit(here.browser, here.url + path, { width }, shiftFindings), []);
        assert.deepEqual(await visit(here.browser, slow.url + path, { width }, shiftFindings), []);
      } finally {
        await slow.close();
      }
    });
  }
}

const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="300"></svg>';

// What is put where into the page, with a file beside it that the page then names.
const FAULTS = [
  ["a page that is too heavy", "</body>", `<!-- ${randomBytes(20_000).toString("base64")} --></body>`, "", /^weight: \d+ bytes/],
  ["a second style sheet", "</head>", '<link rel="stylesheet" href="extra.css"></head>', "p { margin: 0 }", /^style sheets: 2: /],
  ["a style sheet in the page", "</head>", "<style>p { margin: 0 }</style></head>", "", /^style sheets: one stands in the page/],
  ["a script that holds the page up", "</head>", '<script src="extra.js"></script></head>', "1;", /^render-blocking script: extra\.js/],
  ["a script in the page", "</head>", "<script>1;</script></head>", "", /^render-blocking script: in the page/],
  ["too much script", "</head>", '<script defer src="extra.js"></script></head>', "1;".repeat(1600), /^script: \d{4} bytes/],
  ["a request to another host", "</body>", '<img src="https://example.org/a.png" alt=""></body>', "", /^request to another host: /],
  ["a page without an icon", /<link rel="icon"[^>]*>/, "", "", /^icon: none/],
  ["a picture that pushes the text down", "<h1>", '<img src="extra.svg" alt=""><h1>', drawing, /^layout shift: 0\.\d+/],
];

for (const [fault, sound, planted, extra, says] of FAULTS) {
  test(`the scales notice ${fault}`, async () => {
    const path = "ala-2025/";
    const folder = copySite(here.folder);
    plant(join(folder, path, "index.html"), sound, planted);
    for (const ending of ["css", "js", "svg"]) writeFileSync(join(folder, path, `extra.${ending}`), extra);
    const slow = await serve(folder, "/", slowly);
    try {
      const look = async (page) => [...(await weightFindings(page)), ...(await shiftFindings(page))];
      const findings = await visit(here.browser, slow.url + path, {}, look);
      assert.ok(findings.some((words) => says.test(words)), `the scales say: ${findings.join("\n")}`);
    } finally {
      await slow.close();
    }
  });
}
