// The steps that run on GitHub, run here in their order: what they print, make and refuse.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { evaluate } from "./lib/expressions.js";
import {
  PLANPRESS,
  REPOSITORY,
  action,
  pagesWorkflow,
  publishWorkflow,
  starterSite,
  stepsOf,
  temporaryFolder,
} from "./lib/files.js";
import { PULL_REQUEST, PUSH, runAction, runSteps } from "./lib/job.js";

const BASE_URL = "https://association.github.io/our-plans";

// What the actions of others answer once planpress was made in an earlier run, and Pages is switched on.
const ANSWERS = { kept: { "cache-hit": "true" }, pages: { base_url: BASE_URL } };

const PLAN = "content/strategic-plan.toml";

/** Misspells a key in the plan of a starter site, and says on which line. */
function spoil(site) {
  const path = join(site, PLAN);
  const lines = readFileSync(path, "utf8").split("\n");
  const at = lines.findIndex((line) => line.startsWith("mission ="));
  lines[at] = lines[at].replace("mission", "misson");
  writeFileSync(path, lines.join("\n"));
  return at + 1;
}

/** Two domains whose names are nearly the same: a warning. */
function doubt(site) {
  const text = 'title = "Plan"\n[[domains]]\nname = "Financial Stability"\nobjectives = ["Save."]\n';
  const domain = '[[domains]]\nname = "Financial Sustainability"\nobjectives = ["Earn."]\n';
  writeFileSync(join(site, PLAN), text + domain);
}

function build(site, github, answers = ANSWERS) {
  const { build } = publishWorkflow(site).jobs;
  return runSteps(build.steps, build.env, { workspace: site, github, answers });
}

const publishes = (workflow, github) => evaluate(workflow.jobs.deploy.if, { github });

/** A folder in which the program lies as it does when it was kept from an earlier run. */
function keptProgram() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "planpress/bin"), { recursive: true });
  cpSync(PLANPRESS, join(folder, "planpress/bin/planpress"));
  return folder;
}

test("a push publishes a sound site, made for the address that GitHub gives it", () => {
  const site = starterSite();
  const { failed, printed, ran } = build(site, PUSH);
  assert.equal(failed, null, printed);
  assert.deepEqual(ran.slice(-4), [
    "Check the plans",
    "Ask for the address of the site",
    "Make the pages",
    "Hand over the pages",
  ]);
  assert.doesNotMatch(printed, /::(error|warning)/);
  const page = readFileSync(join(site, "public/strategic-plan/index.html"), "utf8");
  assert.ok(page.includes(`href="${BASE_URL}/strategic-plan/"`), "no canonical address");
  assert.ok(publishes(publishWorkflow(site), PUSH));
});

test("a pull request is checked and built, and neither asks for Pages nor publishes", () => {
  const site = starterSite();
  const { failed, printed, ran } = build(site, PULL_REQUEST, { kept: ANSWERS.kept });
  assert.equal(failed, null, printed);
  assert.equal(ran.at(-1), "Make the pages");
  assert.ok(!ran.includes("Ask for the address of the site"));
  assert.ok(existsSync(join(site, "public/index.html")));
  const others = [PULL_REQUEST, { ...PUSH, ref: "refs/heads/draft" }, { ...PUSH, ref: "refs/tags/main" }];
  for (const workflow of [publishWorkflow(site), pagesWorkflow()]) {
    for (const github of others) assert.ok(!publishes(workflow, github), github.ref);
  }
});

test("a mistake in a plan stops the workflow and is shown beside its line", () => {
  const site = starterSite();
  const line = spoil(site);
  for (const github of [PUSH, PULL_REQUEST]) {
    const { failed, printed } = build(site, github);
    assert.equal(failed, "Check the plans");
    const annotation = new RegExp(`^::error file=${PLAN},line=${line},[^\\n]*misson`, "m");
    assert.match(printed, annotation);
    assert.ok(!existsSync(join(site, "public")), "something was published");
  }
});

test("a warning is shown beside its line and keeps nothing from being published", () => {
  const site = starterSite();
  doubt(site);
  const { failed, printed } = build(site, PUSH);
  assert.equal(failed, null, printed);
  assert.match(printed, new RegExp(`^::warning file=${PLAN},line=`, "m"));
});

test("the workflow installs the version that wrote it, and only when it has none", () => {
  const { env, steps } = publishWorkflow(starterSite()).jobs.build;
  const version = execFileSync(PLANPRESS, ["--version"], { encoding: "utf8" }).trim();
  assert.equal(version, `planpress ${env.PLANPRESS_VERSION}`);
  const install = steps.find(({ name }) => name === "Install planpress");
  const asked = (hit) => evaluate(install.if, { steps: { kept: { outputs: { "cache-hit": hit } } } });
  assert.ok(asked("") && asked("false") && !asked("true"));
  assert.equal(install.run, 'cargo install planpress --locked --version "$PLANPRESS_VERSION"');
});

test("what a site is published with is added to one that is there, and nothing is replaced", () => {
  const site = starterSite();
  const workflow = join(site, ".github/workflows/publish.yml");
  writeFileSync(workflow, "mine\n");
  execFileSync(PLANPRESS, ["init", "--github", site]);
  assert.equal(readFileSync(workflow, "utf8"), "mine\n");
});

test("the demonstration site is published by the steps of its own workflow", () => {
  const workspace = temporaryFolder();
  for (const part of ["content", "planpress.toml", "planpress.lock", "frozen"]) {
    const from = join(REPOSITORY, part);
    if (existsSync(from)) cpSync(from, join(workspace, part), { recursive: true });
  }
  const { steps } = pagesWorkflow().jobs.build;
  const world = { workspace, github: PUSH, answers: ANSWERS, home: keptProgram() };
  const { failed, printed, outputs, ran } = runSteps(steps, {}, world);
  assert.equal(failed, null, printed);
  assert.equal(ran.at(-1), "Hand over the pages");
  assert.equal(outputs.site.outputs.folder, "public");
  const page = readFileSync(join(workspace, "public/ala-2025/index.html"), "utf8");
  assert.ok(page.includes(`href="${BASE_URL}/ala-2025/"`), "no canonical address");
});

test("the action takes a site in a folder of the repository, and names its pages", () => {
  const workspace = temporaryFolder();
  const site = join(workspace, "a site");
  execFileSync(PLANPRESS, ["init", site]);
  const world = { workspace, github: PUSH, answers: ANSWERS, home: keptProgram() };
  const inputs = { root: "a site", output: "our pages", "base-url": BASE_URL };
  const { failed, printed, outputs } = runAction(inputs, world);
  assert.equal(failed, null, printed);
  assert.deepEqual(outputs, { folder: "our pages" });
  assert.ok(existsSync(join(workspace, "our pages/index.html")));
  assert.ok(existsSync(join(workspace, "our pages/.nojekyll")));

  const line = spoil(site);
  const spoiled = runAction(inputs, world);
  assert.equal(spoiled.failed, "Check the plans");
  assert.ok(spoiled.printed.includes(`::error file=a site/${PLAN},line=${line},`), spoiled.printed);
});

test("the action counts warnings as errors where it is told so, and can check alone", () => {
  const site = starterSite();
  doubt(site);
  const world = { workspace: site, github: PUSH, answers: ANSWERS, home: keptProgram() };
  const checked = runAction({ "check-only": "true" }, world);
  assert.equal(checked.failed, null, checked.printed);
  assert.deepEqual(checked.outputs, { folder: "" });
  assert.ok(!existsSync(join(site, "public")));
  assert.equal(runAction({ strict: "true" }, world).failed, "Check the plans");
  assert.equal(runAction({ strict: "false" }, world).failed, null);
  assert.equal(runAction({ strict: "yes" }, world).failed, "Read the inputs");
});

test("what stands in an input is never run", () => {
  const site = starterSite();
  const world = { workspace: site, github: PUSH, answers: ANSWERS, home: keptProgram() };
  const evil = '$(touch ran); touch ran; "`touch ran`"';
  for (const input of Object.keys(action().inputs)) {
    runAction({ [input]: evil }, world);
    const ran = readdirSync(site, { recursive: true }).filter((name) => basename(name) === "ran");
    assert.deepEqual(ran, [], input);
  }
});

test("the action makes the program from the sources beside it", () => {
  const make = stepsOf(action()).find(({ name }) => name === "Make planpress");
  const home = temporaryFolder();
  // What is compiled already for the tests is not compiled again.
  const env = { CARGO_TARGET_DIR: dirname(dirname(PLANPRESS)) };
  const { failed, printed } = runSteps([make], env, { workspace: home, github: PUSH, home });
  assert.equal(failed, null, printed);
  const program = join(home, "planpress/bin/planpress");
  assert.ok(statSync(program).isFile());
  const version = (path) => execFileSync(path, ["--version"], { encoding: "utf8" });
  assert.equal(version(program), version(PLANPRESS));
});
