// A real Chromium, quiet about everything but the page: it talks to no host of its own accord.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How Chromium is started: what CHROMIUM names, else Debian's. */
function how(flags) {
  const executablePath = process.env.CHROMIUM || PLACES.find((path) => existsSync(path));
  if (!executablePath) throw new Error("no Chromium: install it, or name it in CHROMIUM");
  return { executablePath, headless: true, args: [...FLAGS, ...flags] };
}

/** Starts Chromium with a fresh profile. */
export async function startBrowser() {
  return chromium.launch(how([]));
}

/** Starts Chromium with its profile in an empty folder, for a tool that looks for it there. */
export async function startBrowserIn(profile, flags) {
  return chromium.launchPersistentContext(profile, how(flags));
}

/**
 * Opens an address in a window of its own. `page.heard` collects, in words, everything that a
 * calm page does not do: errors, dialogs, failed requests, requests to other hosts. `zoom` is how
 * many pixels of the screen a CSS pixel takes.
 */
async function open(browser, url, look = {}) {
  const { scheme = "light", forced = false, width = 1280, height = 800, zoom = 1 } = look;
  const { scripts = true, motion = "reduce" } = look;
  const context = await browser.newContext({
    colorScheme: scheme,
    forcedColors: forced ? "active" : "none",
    viewport: { width, height },
    deviceScaleFactor: zoom,
    javaScriptEnabled: scripts,
    reducedMotion: motion,
  });
  const page = await context.newPage();
  const heard = [];
  const { origin } = new URL(url);
  const foreign = (address) => /^(https?|wss?|ftp):/.test(address) && new URL(address).origin !== origin;
  await context.route((address) => foreign(address.href), (route) => route.abort());
  page.on("console", (message) => {
    heard.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => heard.push(`script error: ${error.message}`));
  page.on("dialog", async (dialog) => {
    heard.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("popup", () => heard.push("a window opened"));
  page.on("request", (request) => {
    if (foreign(request.url())) heard.push(`request to another host: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) heard.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(url, { waitUntil: "load" });
  return Object.assign(page, { heard, scripts });
}

/** Opens an address, hands the page to `look`, closes it, and returns what `look` returned. */
export async function visit(browser, url, options, look) {
  const page = await open(browser, url, options);
  try {
    return await look(page);
  } finally {
    await page.context().close();
  }
}
