// Pages at addresses that lead on, and where nothing is: a browser arrives at the plan, with the anchor,
// and what it is shown anywhere works there.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { axeFindings } from "./lib/axe.js";
import { visit } from "./lib/browser.js";
import { contrastFindings } from "./lib/colour.js";
import { nuFindings } from "./lib/nu.js";
import { site } from "./lib/site.js";
import { targetFindings } from "./lib/targets.js";

// Its base_url ends in the path under which it is served here.
const here = site("tests/sites/old-addresses/site", "/a/b/");

/** Waits until the page has led on, and says where it is then. */
async function arrived(page, path) {
  await page.waitForURL((address) => address.pathname.endsWith(path), { timeout: 10_000 });
  return page.evaluate(() => location.pathname + location.hash);
}

test("an old address leads to the plan, to the same anchor, and is not gone back to", async () => {
  await visit(here.browser, `${here.url}ala/2020/`, { height: 300 }, async (page) => {
    await page.goto(`${here.url}strategicplan/#speaking`);
    assert.equal(await arrived(page, "/ala/2025/"), "/a/b/ala/2025/#speaking");
    // A former anchor: an empty element before the objective that is meant.
    const top = await page.evaluate(() => document.getElementById("speaking").getBoundingClientRect().top);
    assert.ok(top >= 0 && top < 100, `#speaking is at ${top} px`);
    assert.ok(await page.evaluate(() => scrollY > 0), "the page has scrolled there");
    await page.goBack();
    assert.equal(await page.evaluate(() => location.pathname), "/a/b/ala/2020/");
    assert.deepEqual(page.heard, []);
  });
});

for (const path of ["verband/plan.html", "pl%C3%A4ne/"]) {
  test(`/${path} leads to the plan without scripts, too`, async () => {
    await visit(here.browser, here.url + path, { scripts: false }, async (page) => {
      await page.waitForURL((address) => address.pathname.endsWith("/verband/"), { timeout: 10_000 });
      assert.equal(await page.locator("h1").textContent(), "Offene Häuser & offene Bücher");
    });
  });
}

test("a page that leads on is readable by everyone while it does", async () => {
  // As a browser has it that follows nothing by itself.
  const html = readFileSync(join(here.folder, "strategicplan/index.html"), "utf8");
  const still = html.replace(/<script.*<\/script>|<noscript>.*<\/noscript>/g, "");
  assert.notEqual(still, html);
  await visit(here.browser, `${here.url}ala/2020/`, {}, async (page) => {
    await page.setContent(still);
    assert.deepEqual(await axeFindings(page), []);
  });
});

test("a stable address without an adopted plan can be read by everyone", async () => {
  await visit(here.browser, `${here.url}friends/`, { width: 320 }, async (page) => {
    for (const check of [axeFindings, contrastFindings, targetFindings]) assert.deepEqual(await check(page), []);
    assert.deepEqual(page.heard, []);
  });
});

test("where nothing is, a page says so, and everything on it works", async () => {
  const deep = `${here.url}nothing/of/the/kind/`;
  await visit(here.browser, `${here.url}ala/2020/`, { width: 320, scheme: "dark" }, async (page) => {
    // As a web server does that has been told of the page.
    await page.route(deep, (route) =>
      route.fulfill({ status: 404, path: join(here.folder, "404.html"), contentType: "text/html" }),
    );
    await page.goto(deep);
    page.heard = page.heard.filter((words) => !words.includes(deep) && !words.includes("status of 404"));
    for (const check of [axeFindings, contrastFindings, targetFindings]) assert.deepEqual(await check(page), []);
    const addresses = await page.evaluate(() =>
      [...document.querySelectorAll("[href], [src]")]
        .map((element) => element.href || element.src)
        .filter((address) => address.startsWith(location.origin)),
    );
    assert.ok(addresses.length > 6, `${addresses.length} addresses`);
    for (const address of new Set(addresses)) {
      if (address.split("#")[0] === deep) continue;
      const { status } = await fetch(address);
      assert.equal(status, 200, address);
    }
    assert.deepEqual(page.heard, []);
  });
});

test("the Nu HTML checker finds no error in pages that lead on", () => {
  assert.deepEqual(nuFindings(here.folder), []);
});
