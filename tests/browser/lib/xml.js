// Holds XML against a schema, with libxml2's xmllint.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { validateXML } from "xmllint-wasm";

const beside = (path) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");
const modules = createRequire(import.meta.url);

/** The schema that sitemaps.org publishes, as the package `sitemap` has it. */
const SITEMAP = {
  schema: readFileSync(modules.resolve("sitemap").replace(/[/\\]dist[/\\].*$/, "/schema/sitemap.xsd"), "utf8"),
};

/** What RFC 4287 asks for. */
const ATOM = { schema: beside("../schemas/atom.rng"), extension: "relaxng" };

/** What is wrong with a sitemap, one line each. */
export const sitemapFindings = (xml) => findings(xml, SITEMAP);

/** What is wrong with an Atom feed, one line each. */
export const feedFindings = (xml) => findings(xml, ATOM);

async function findings(contents, schema) {
  const { valid, errors, rawOutput } = await validateXML({
    ...schema,
    xml: [{ fileName: "file.xml", contents }],
    disableFileNameValidation: true,
  });
  const found = errors.map((error) => error.message);
  return valid || found.length > 0 ? found : [rawOutput];
}
