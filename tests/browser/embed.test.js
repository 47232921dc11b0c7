// Fragments for another site: pasted into a bare page they are as accessible and valid as pages are.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axeFindings } from "./lib/axe.js";
import { startBrowser, visit } from "./lib/browser.js";
import { program, repository, temporaryFolder } from "./lib/build.js";
import { nuFindings } from "./lib/nu.js";
import { serve } from "./lib/server.js";

const ELEMENTS = join(repository, "tests/browser/sites/elements");
const PLANS = [
  { root: repository, plan: "ala-2025" },
  { root: repository, plan: "alcts-2006-2011" },
  { root: ELEMENTS, plan: "harbour/2027" },
];
const PROFILES = ["basic", "full"];

/** A page of another site with nothing on it but its title and the fragment. */
function bare(fragment) {
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A page</title>';
  return `<!doctype html>\n<html lang="en">\n<head>${head}</head>\n<body><main><h1>Plan</h1>\n${fragment}</main></body>\n</html>\n`;
}

function embedded({ root, plan }, profile) {
  const options = ["--root", root, "--profile", profile, "--id-prefix", "plan-"];
  const run = spawnSync(program(), ["embed", plan, ...options], { encoding: "utf8" });
  if (run.error) throw run.error;
  assert.equal(run.status, 0, run.stderr);
  return run.stdout;
}

const folder = temporaryFolder();
const pages = PLANS.flatMap((plan) =>
  PROFILES.map((profile) => {
    const path = `${plan.plan.replace("/", "-")}-${profile}/`;
    mkdirSync(join(folder, path));
    writeFileSync(join(folder, path, "index.html"), bare(embedded(plan, profile)));
    return path;
  }),
);
const here = {};
before(async () => {
  here.server = await serve(folder, "/");
  here.browser = await startBrowser();
});
after(async () => {
  await here.server?.close();
  await here.browser?.close();
});

for (const path of pages) {
  test(`axe-core finds nothing against a page with the fragment ${path.slice(0, -1)}`, async () => {
    const findings = await visit(here.browser, here.server.url + path, { width: 1280 }, axeFindings);
    assert.deepEqual(findings, []);
  });
}

test("the Nu HTML checker finds no error and no warning in a page with a fragment", () => {
  assert.deepEqual(nuFindings(folder), []);
});
