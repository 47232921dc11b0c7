// Looks at the pages of the hostile site: whether an attack ran, broke the page, or was lost.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { visit } from "./browser.js";
import { repository } from "./build.js";

const squeeze = (text) => text.replace(/\s+/g, " ").trim();

/**
 * The texts that a reader must see, from the fixture's own files: everything between three single
 * quotes, unless the words behind it say "unseen" or what it "shows".
 */
export function attacks() {
  const files = ["planpress.toml", "content/hostile.toml"];
  return files.flatMap((file) => {
    const toml = readFileSync(join(repository, "tests/sites/hostile", file), "utf8");
    return [...toml.matchAll(/'''([^]*?)'''([^\n]*)/g)].flatMap(([, text, behind]) => {
      if (/# unseen/.test(behind)) return [];
      const paragraphs = text.split(/\n\s*\n/).map(squeeze);
      const shows = /# shows: (.*)$/.exec(behind);
      if (shows) paragraphs[paragraphs.length - 1] = squeeze(shows[1]);
      return paragraphs.filter((paragraph) => paragraph !== "");
    });
  });
}

/** What the attacks did to the site: ran, broke or lost something. */
export async function hostileFindings(browser, url, paths) {
  const findings = [];
  let seen = "";
  for (const path of paths) {
    await visit(browser, url + path, {}, async (page) => {
      // Give handlers and timers a moment, and touch what could carry a handler.
      await page.mouse.move(200, 200);
      await page.waitForTimeout(300);
      const { text, faults } = await page.evaluate(inspect);
      seen += ` ${text}`;
      findings.push(...faults, ...page.heard.map((words) => `ran: ${words}`));
    });
  }
  const shown = squeeze(seen).toLowerCase();
  for (const attack of attacks()) {
    if (!shown.includes(attack.toLowerCase())) findings.push(`lost: ${attack}`);
  }
  return findings;
}

// Runs in the browser. The tables name what the program and its themes may make; whatever else
// stands on the page, an attack has made.
function inspect() {
  const faults = [];
  const count = (css) => document.querySelectorAll(css).length;
  for (const one of ["html", "head", "title", "body", "h1", "main", "body > footer", "body > header"]) {
    if (count(one) !== 1) faults.push(`broke: ${count(one)} times ${one}`);
  }
  const never =
    "iframe, object, embed, form, input:not([id='list/filter']), textarea, select, svg script, math, base, audio, video, " +
    "plaintext, xmp, marquee, dialog, frameset, template, img, meta[http-equiv=refresh]";
  for (const element of document.querySelectorAll(never)) {
    faults.push(`broke: the element ${element.outerHTML.slice(0, 80)}`);
  }
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on")) faults.push(`broke: the attribute ${name} on ${element.localName}`);
      const address = ["href", "src", "action"].includes(name) ? value : "";
      if (/^\s*(javascript|data|vbscript):/i.test(address) && !element.matches("link[rel=icon]")) {
        faults.push(`broke: the address ${address}`);
      }
    }
  }
  for (const script of document.scripts) {
    if (/\bran\(/.test(script.textContent) && !/json/.test(script.type)) {
      faults.push(`broke: the script ${script.textContent.slice(0, 80)}`);
    }
  }
  return { text: document.body.innerText, faults };
}
