// The sitemap, the Atom feed and the JSON-LD of the pages are what their schemas ask for, whatever the
// plans say. What they say is tested in tests/machines/.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { buildSite } from "./lib/build.js";
import { filesOf } from "./lib/files.js";
import { linkedData, linkedDataFindings } from "./lib/schema-org.js";
import { SITES } from "./lib/sites.js";
import { feedFindings, sitemapFindings } from "./lib/xml.js";

const published = buildSite("tests/sites/read-by-machines/site");
const read = (path) => readFileSync(join(published, path), "utf8");
const feed = read("feed.xml");
const sitemap = read("sitemap.xml");

test("the sitemap is what the schema of sitemaps.org asks for", async () => {
  assert.deepEqual(await sitemapFindings(sitemap), []);
});

test("the Atom feed is what RFC 4287 asks for", async () => {
  assert.deepEqual(await feedFindings(feed), []);
});

test("the JSON-LD of every page says what schema.org has words for", () => {
  const folders = [published, ...SITES.map((site) => buildSite(site))];
  const pages = folders.flatMap((folder) => filesOf(folder, [".html"]).map((page) => join(folder, page)));
  const things = pages.map((page) => linkedData(readFileSync(page, "utf8"))).filter(Boolean);
  assert.ok(things.length > 2 * SITES.length, "most pages have some");
  assert.deepEqual(linkedDataFindings(things), []);
  // In one go, since a look into the vocabulary takes seconds.
  const plan = things.find((thing) => thing["@type"] === "CreativeWork");
  const spoilt = [{ ...plan, status: "draft" }, { ...plan, author: { "@type": "Organization", acronym: "ALA" } }];
  assert.equal(linkedDataFindings(spoilt).length, spoilt.length);
});

const spoilt = [
  ["a feed without a moment", feedFindings, feed, /<updated>.*?<\/updated>/, ""],
  ["a moment that is a day", feedFindings, feed, /T00:00:00Z/, ""],
  ["an entry by nobody", feedFindings, feed, /<author>.*?<\/author>/, ""],
  ["a name that is no address", feedFindings, feed, /(<entry[^]*?<id>)[^<]*/, "$1harbour"],
  ["two titles", feedFindings, feed, /<title>.*?<\/title>/, "$&$&"],
  ["a stray <", feedFindings, feed, /&lt;/, "<"],
  ["a page without an address", sitemapFindings, sitemap, /<loc>.*?<\/loc>/, ""],
  ["a month as the last change", sitemapFindings, sitemap, /(<lastmod>\d{4}-\d\d)-\d\d/, "$1"],
  ["a sitemap of no page", sitemapFindings, sitemap, /<url>[^]*<\/url>/, ""],
];

for (const [name, findings, xml, from, to] of spoilt) {
  test(`the schemas refuse ${name}`, async () => {
    const other = xml.replace(from, to);
    assert.notEqual(other, xml, "there is something to spoil");
    assert.notDeepEqual(await findings(other), []);
  });
}
