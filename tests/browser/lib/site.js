// One published folder with a browser to look at it: what every test file starts from.

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before } from "node:test";
import { startBrowser } from "./browser.js";
import { buildSite, repository } from "./build.js";
import { filesOf } from "./files.js";
import { serve } from "./server.js";

/** The pages of the demonstration site, as addresses below its home page. */
export const PAGES = ["", "ala-2025/", "alcts-2006-2011/"];

// One for all the sites of a test file.
let browser;

/**
 * Builds the site in `root`, and, for the tests of one file, serves it under `prefix` and starts a
 * browser. `pages` names the published pages, as addresses below the home page; the rest is there
 * when the first test runs.
 */
export function site(root, prefix = "/") {
  const folder = buildSite(root);
  const here = { folder, pages: pagesOf(folder) };
  before(async () => {
    here.server = await serve(here.folder, prefix);
    here.url = here.server.url;
    here.browser = await (browser ??= startBrowser());
  });
  after(async () => {
    await here.server?.close();
    await here.browser?.close();
  });
  return here;
}

/**
 * Every page that is there to be read where it lies: all but those that only lead on to another, and
 * the one for addresses where nothing is (both are looked at in addresses.test.js).
 */
function pagesOf(folder) {
  return filesOf(folder, [".html"])
    .filter((file) => file !== "404.html")
    .filter((file) => !/http-equiv="?refresh/.test(readFileSync(join(folder, file), "utf8")))
    .map((file) => file.replace(/(^|\/)index\.html$/, "$1"));
}

/** Whether the plan behind a page says that it is a draft. */
export function isDraft(root, path) {
  const file = resolve(repository, root, "content", `${path.replace(/\/$/, "")}.toml`);
  return existsSync(file) && /^status = "draft"/m.test(readFileSync(file, "utf8"));
}
