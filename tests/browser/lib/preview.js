// A site that is edited while the real program serves it, and what its pages show of that.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { startBrowser, visit } from "./browser.js";
import { program, repository, temporaryFolder } from "./build.js";

/** The plan that is edited, and its page. */
export const PLAN = "content/ala-2025.toml";
export const PAGE = "ala-2025/";

/** A plan that the published site does not have. */
export const UNPUBLISHED = `title = "Working Paper on Collections"
publish = false
status = "draft"

[[domains]]
name = "Collections"
objectives = ["Digitize the map collection."]
`;

// Long enough for a busy machine: only a test that fails waits for it.
const LIMIT = 30_000;

const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill();
});

/** A copy of the demonstration site, with one file for each way to edit it. */
export function editedSite() {
  const root = temporaryFolder();
  for (const part of ["planpress.toml", "content"]) {
    cpSync(join(repository, part), join(root, part), { recursive: true });
  }
  const read = (path) => readFileSync(join(root, path), "utf8");
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  return {
    root,
    read,
    write,
    remove: (path) => rmSync(join(root, path)),
    rename: (from, to) => renameSync(join(root, from), join(root, to)),
    /** Puts other words where the old ones stand, once. */
    replace(path, from, to) {
      const text = read(path);
      assert.equal(text.split(from).length, 2, `${path} says "${from}" once`);
      write(path, text.replace(from, () => to));
    },
  };
}

/** Starts `planpress serve` over a site and waits for its address. */
export async function startPreview(site, port = 0) {
  const child = spawn(program(), ["serve", "--root", site.root, "--port", String(port)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const ended = new Promise((resolve) => {
    child.on("exit", () => {
      running.delete(child);
      resolve();
    });
  });
  let said = "";
  child.stderr.on("data", (bytes) => (said += bytes));
  const url = await new Promise((resolve, reject) => {
    child.stdout.on("data", (bytes) => {
      said += bytes;
      const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said);
      if (address) resolve(address[0]);
    });
    child.on("exit", () => reject(new Error(`the preview has ended:\n${said}`)));
    child.on("error", reject);
  });
  return {
    url,
    port: Number(new URL(url).port),
    /** What the server answers about itself. */
    ask: async (path) => (await fetch(new URL(`/__planpress/${path}`, url))).json(),
    async stop() {
      child.kill();
      await ended;
    },
  };
}

/**
 * Starts a browser for the tests of one file, and gives the way to write one: with a name, the page
 * to open, options for `visit` with `files` that the site has besides, and what to do.
 */
export function previews() {
  let browser;
  before(async () => (browser = await startBrowser()));
  after(() => browser?.close());
  return (name, path, options, look) => test(name, () => preview(browser, path, options, look));
}

/**
 * A site of its own under a preview of its own, with a page of it open. `look` gets the page, the
 * site and the preview. Whatever a calm page does not do fails the test at the end.
 */
async function preview(browser, path, options, look) {
  const site = editedSite();
  for (const [file, text] of Object.entries(options.files ?? {})) site.write(file, text);
  const server = await startPreview(site);
  try {
    await visit(browser, server.url + path, options, async (page) => {
      page.setDefaultTimeout(LIMIT);
      await following(page);
      await look(page, site, server);
      assert.deepEqual(page.heard, []);
    });
  } finally {
    await server.stop();
  }
}

/** Waits until the page's script has an answer of the server. */
export async function following(page) {
  await page.waitForResponse((response) => response.url().includes("/__planpress/state"));
}

/** Waits until a function says yes in the page, over reloads too. */
export async function until(page, test, argument) {
  await page.waitForFunction(test, argument, { timeout: LIMIT });
}

/** Waits until the page says some words. */
export function untilItSays(page, words) {
  return until(page, (text) => document.body?.innerText.includes(text), words);
}

/** Waits until a question to this program's side is answered with yes. */
export async function eventually(question) {
  const end = Date.now() + LIMIT;
  while (!(await question())) {
    assert.ok(Date.now() < end, `this never came true: ${question}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The parts of the panel, by what a person knows them by. */
export function panelOf(page) {
  const host = page.locator("planpress-preview");
  return {
    host,
    region: host.getByRole("region"),
    close: host.getByRole("button", { name: "Close" }),
    count: host.getByRole("button", { name: "Show" }),
    note: host.getByText("The preview has stopped. "),
    status: host.getByRole("status"),
    plans: host.getByRole("navigation", { name: "Only in this preview" }),
  };
}

/** What has the focus, also inside the panel: its text, or its address if it is a link. */
export function focused(page) {
  return page.evaluate(() => {
    const { activeElement: outer } = document;
    const element = outer?.shadowRoot?.activeElement ?? outer;
    return element?.getAttribute("href") ?? element?.innerText ?? "";
  });
}

/** Where an element stands, from the window's top, in whole pixels. */
export function topOf(page, css) {
  return page.evaluate((one) => Math.round(document.querySelector(one).getBoundingClientRect().top), css);
}

/** Leaves something in the window that no reload leaves. */
export const leaveMarker = (page) => page.evaluate(() => (window.marker = true));
export const markerIsThere = (page) => page.evaluate(() => window.marker === true);
