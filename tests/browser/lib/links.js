// Every link, anchor and file that the pages of a published folder name, looked up in that folder.

import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { filesOf } from "./files.js";
import { fileFor } from "./server.js";

const ORIGIN = "http://published.invalid";
const PREFIX = "/a/b/";

/** What is wrong with the links of a published folder, one line each. */
export async function linkFindings(browser, folder) {
  const pages = new Map();
  const context = await browser.newContext();
  try {
    const reader = await context.newPage();
    for (const path of filesOf(folder, [".html"])) {
      const html = readFileSync(join(folder, path), "utf8");
      pages.set(path, await reader.evaluate(readPage, html));
    }
  } finally {
    await context.close();
  }

  const findings = [];
  const titles = new Map();
  for (const [path, { title, canonical, references }] of pages) {
    const other = titles.get(title);
    // A plan that is the home page has an address of its own too.
    const same = other && canonical !== null && pages.get(other).canonical === canonical;
    if (other && !same) findings.push(`${path}: has the same title as ${other}: ${title}`);
    titles.set(title, path);
    const address = new URL(PREFIX + path.replace(/(^|\/)index\.html$/, "$1"), ORIGIN);
    // Shown at any address, it names the address that the site will have (addresses.test.js).
    if (path === "404.html") continue;
    for (const reference of references) {
      const fault = referenceFault(folder, pages, address, reference);
      if (fault) findings.push(`${path}: ${reference.value}: ${fault}`);
    }
  }
  return findings;
}

function referenceFault(folder, pages, address, { value, loads }) {
  if (value.startsWith("/")) return "is not relative, so it breaks under another path";
  const target = new URL(value, address);
  if (target.protocol === "data:") return null;
  if (target.origin !== ORIGIN) {
    if (loads) return "loads something from another host";
    const known = ["http:", "https:", "mailto:", "tel:"].includes(target.protocol);
    return known ? null : "has a scheme that no page may have";
  }
  const file = fileFor(folder, PREFIX, target.pathname);
  if (file === null) return "leads nowhere";
  const page = pages.get(relative(folder, file).split(sep).join("/"));
  const anchor = decodeURIComponent(target.hash.slice(1));
  if (anchor && !page?.ids.includes(anchor)) return "leads to an anchor that is not there";
  return null;
}

// Runs in the browser: what a page names, and what it can be named by.
function readPage(html) {
  const document = new DOMParser().parseFromString(html, "text/html");
  const references = [];
  for (const attribute of ["href", "src", "action", "poster", "data"]) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      const canonical = element.matches("link[rel~=canonical], link[rel~=alternate]");
      const loads = !canonical && !element.matches("a, area");
      references.push({ value: element.getAttribute(attribute), loads });
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const canonical = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? null;
  return { title: document.title, canonical, references, ids };
}
