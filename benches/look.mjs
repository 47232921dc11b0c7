// Pictures of every page of a site, for whoever changes how pages look: at three widths, in light
// and dark, and as printed. Needs a build, and the modules that tests/run sets up; for the pictures
// of the print also pdftoppm (Debian: poppler-utils).
//
//   node benches/look.mjs FOLDER [SITE...]
//
// FOLDER is made if it is not there. A SITE is a folder of the repository; without one, all sites
// of the browser tests are pictured. A picture's name says what it shows:
// tests-browser-sites-elements/harbour-2027--320-dark.png, ...--print-1.png.

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { startBrowser, visit } from "../tests/browser/lib/browser.js";
import { buildSite } from "../tests/browser/lib/build.js";
import { filesOf } from "../tests/browser/lib/files.js";
import { serve } from "../tests/browser/lib/server.js";
import { SITES } from "../tests/browser/lib/sites.js";

const WIDTHS = [320, 768, 1280];
const SCHEMES = ["light", "dark"];

const [folder, ...sites] = process.argv.slice(2);
if (!folder) {
  console.error("Say where the pictures go: node benches/look.mjs FOLDER [SITE...]");
  process.exit(2);
}

const browser = await startBrowser();
try {
  for (const site of sites.length > 0 ? sites : SITES) await picture(site);
} finally {
  await browser.close();
}

async function picture(site) {
  const pictures = resolve(folder, nameOf(site) || "demonstration");
  mkdirSync(pictures, { recursive: true });
  const published = buildSite(site);
  const server = await serve(published);
  try {
    for (const file of filesOf(published, [".html"])) {
      const to = join(pictures, nameOf(file.replace(/(\/?index)?\.html$/, "")) || "home");
      await visit(browser, server.url + file, {}, (page) => views(page, to));
    }
  } finally {
    await server.close();
  }
  console.log(pictures);
}

/** A page as it is on screens and on paper. */
async function views(page, to) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${to}--${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  const pdf = `${to}--print.pdf`;
  await page.pdf({ path: pdf, preferCSSPageSize: true, format: "A4" });
  const run = spawnSync("pdftoppm", ["-r", "70", "-png", pdf, `${to}--print`], { encoding: "utf8" });
  if (run.error) console.error(`${pdf} stays without pictures: there is no pdftoppm`);
  else if (run.status !== 0) throw new Error(run.stderr);
}

function nameOf(path) {
  return path.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
}
