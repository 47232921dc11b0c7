// One published folder with a browser to look at it: what every test file starts from.

import { after, before } from "node:test";
import { startBrowser } from "./browser.js";
import { buildSite } from "./build.js";
import { serve } from "./server.js";

/** The pages of the demonstration site, as addresses below its home page. */
export const PAGES = ["", "ala-2025/", "alcts-2006-2011/"];

/**
 * Builds the site in `root`, serves it under `prefix` and starts a browser, for the tests of one
 * file. The object is filled before the first test runs.
 */
export function site(root, prefix = "/") {
  const here = {};
  before(async () => {
    here.folder = buildSite(root);
    here.server = await serve(here.folder, prefix);
    here.url = here.server.url;
    here.browser = await startBrowser();
  });
  after(async () => {
    await here.browser?.close();
    await here.server?.close();
  });
  return here;
}
