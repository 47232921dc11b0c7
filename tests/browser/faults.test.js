// Every check of this folder notices the fault it is there for: a published page is spoilt in one
// place, and the check must say so. A check that stays silent here proves nothing elsewhere.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { axeFindings } from "./lib/axe.js";
import { visit } from "./lib/browser.js";
import { buildSite, copySite } from "./lib/build.js";
import { contrastFindings } from "./lib/colour.js";
import { currentFindings, motionFindings } from "./lib/contents.js";
import { FAULTS } from "./lib/faults.js";
import { hostileFindings } from "./lib/hostile.js";
import { focusPictureFindings, keyboardFindings } from "./lib/keyboard.js";
import { linkFindings } from "./lib/links.js";
import { filterFindings, markFindings } from "./lib/marks.js";
import { nuFindings } from "./lib/nu.js";
import { printFindings } from "./lib/print.js";
import { captionFindings, lineFindings, lostFindings, reflowFindings } from "./lib/room.js";
import { scriptlessFindings } from "./lib/scriptless.js";
import { serve } from "./lib/server.js";
import { site } from "./lib/site.js";
import { structureFindings } from "./lib/structure.js";
import { targetFindings } from "./lib/targets.js";
import { treeFindings } from "./lib/tree.js";

const here = site(".");

/** A check that looks at an open page. */
const look = (check, options = {}) => (folder, url) => visit(here.browser, url, options, (page) => check(page));

/** How each check looks at one page of a published folder. */
const CHECKS = {
  axe: look(axeFindings),
  "axe in the dark": look(axeFindings, { scheme: "dark" }),
  structure: look(structureFindings),
  tree: look(treeFindings),
  contrast: look(contrastFindings),
  targets: look(targetFindings),
  lines: look(lineFindings),
  caption: look(captionFindings, { width: 320 }),
  reflow: look(reflowFindings, { width: 320 }),
  "reflow in a small window": (folder, url) =>
    visit(here.browser, url, {}, (wide) =>
      visit(here.browser, url, { width: 320, height: 256, zoom: 4 }, (small) => lostFindings(wide, small)),
    ),
  keyboard: look(keyboardFindings),
  "keyboard on a phone": look(keyboardFindings, { width: 320 }),
  "focus in a picture": look(focusPictureFindings, { forced: true }),
  marks: look((page) => markFindings(page, { draft: true })),
  filter: look(filterFindings),
  "current section": look(currentFindings),
  motion: look(motionFindings),
  print: look((page) => printFindings(page, "A4", { most: 4 })),
  quiet: look((page) => page.heard),
  scripts: (folder, url) => scriptlessFindings(here.browser, url),
  links: (folder) => linkFindings(here.browser, folder),
  nu: (folder) => nuFindings(folder),
};

/** Edits one page of a published folder in a browser, as a document, or adds styles to it. */
async function spoil(file, edit) {
  const html = readFileSync(file, "utf8");
  if (typeof edit === "string") {
    writeFileSync(file, html.replace("</head>", () => `<style>${edit}</style></head>`));
    return;
  }
  const context = await here.browser.newContext();
  const page = await context.newPage();
  const spoilt = await page.evaluate(
    ([source, edit]) => {
      const document = new DOMParser().parseFromString(source, "text/html");
      const before = document.documentElement.outerHTML;
      new Function("document", `(${edit})(document)`)(document);
      const after = document.documentElement.outerHTML;
      return before === after ? null : `<!DOCTYPE html>\n${after}\n`;
    },
    [html, String(edit)],
  );
  await context.close();
  assert.notEqual(spoilt, null, "the edit changes nothing, so it plants no fault");
  writeFileSync(file, spoilt);
}

for (const { check, fault, edit, says } of FAULTS) {
  test(`${check} notices ${fault}`, async () => {
    const path = "ala-2025/";
    const folder = copySite(here.folder);
    await spoil(join(folder, path, "index.html"), edit);
    const server = await serve(folder);
    try {
      const findings = await CHECKS[check](folder, server.url + path);
      assert.ok(findings.some((words) => says.test(words)), `${check} says: ${findings.join("\n")}`);
    } finally {
      await server.close();
    }
  });
}

test("nu notices a mistake in a style sheet", () => {
  const folder = copySite(here.folder);
  writeFileSync(join(folder, "planted.css"), "p { colour: red }\n");
  assert.match(nuFindings(folder).join("\n"), /^error: planted\.css:1: .*colour/m);
});

test("hostile notices an attack that is let through, one that is lost and one that breaks out", async () => {
  const folder = buildSite("tests/sites/hostile");
  const file = join(folder, "hostile/index.html");
  const edits = [
    [(document) => { document.querySelector("main").innerHTML += "<img src=let-through onerror=ran(1)>"; }, /^ran: .*let-through/],
    [(document) => { document.querySelector("#mission").closest("section").remove(); }, /^lost: Mission/],
    [(document) => { document.body.append(document.createElement("main")); }, /^broke: 2 times main/],
    [(document) => { document.querySelector("main").setAttribute("onclick", "ran(1)"); }, /^broke: the attribute onclick/],
  ];
  for (const [edit, says] of edits) {
    const whole = readFileSync(file, "utf8");
    await spoil(file, edit);
    const server = await serve(folder);
    try {
      const findings = await hostileFindings(here.browser, server.url, ["", "hostile/"]);
      assert.ok(findings.some((words) => says.test(words)), `${says} is not in: ${findings.join("\n")}`);
    } finally {
      await server.close();
      writeFileSync(file, whole);
    }
  }
});
