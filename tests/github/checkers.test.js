// What is meant to run on GitHub is well formed, and may do no more than it must.

import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import {
  containerFindings,
  schemaFindings,
  shellFindings,
  workflowFindings,
} from "./lib/checkers.js";
import {
  REPOSITORY,
  action,
  pagesWorkflow,
  publishWorkflow,
  starterSite,
  stepsOf,
  temporaryFolder,
  workflows,
} from "./lib/files.js";

const CONTAINER = join(REPOSITORY, "Containerfile");

test("actionlint finds nothing in any workflow", () => {
  for (const workflow of workflows()) assert.deepEqual(workflowFindings(workflow), []);
});

test("every workflow and the action fit their JSON Schema", () => {
  assert.equal(schemaFindings("workflows", ...workflows().map(({ path }) => path)), "");
  assert.equal(schemaFindings("actions", action().path), "");
});

test("ShellCheck finds nothing in any step", () => {
  const scripts = [...workflows(), action()].flatMap(stepsOf).filter(({ run }) => run);
  assert.ok(scripts.length > 15);
  for (const { name, run } of scripts) assert.equal(shellFindings(run), "", name);
});

test("nothing that someone else may have written becomes part of a script", () => {
  for (const file of [...workflows(), action()]) {
    for (const { name, run } of stepsOf(file)) {
      assert.ok(!run?.includes("${{"), `${file.path}: ${name} holds an expression`);
    }
  }
});

test("each checker is able to find something", () => {
  const folder = temporaryFolder();
  const broken = join(folder, "broken.yml");
  writeFileSync(broken, "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: nothing\n");
  assert.notEqual(schemaFindings("workflows", broken), "");
  writeFileSync(broken, "name: An action\nruns: {}\n");
  assert.notEqual(schemaFindings("actions", broken), "");
  const job = "    runs-on: none\n    steps:\n      - run: echo ${{ nobody.knows }}\n";
  const text = `on: push\njobs:\n  a:\n${job}`;
  assert.equal(workflowFindings({ path: "broken.yml", text }).length, 2);
  assert.notEqual(shellFindings("rm $file"), "");
  writeFileSync(broken, "FROM scratch\nRUN cd /tmp && sudo make\n");
  assert.notEqual(containerFindings(broken), "");
});

test("only actions of GitHub are used, each by its major version", () => {
  for (const file of [...workflows(), action()]) {
    for (const { uses } of stepsOf(file).filter((step) => step.uses)) {
      assert.match(uses, /^(actions\/[a-z-]+@v[1-9][0-9]*|\.\/)$/, file.path);
    }
  }
});

test("a job may do no more than it must", () => {
  const pages = { pages: "write", "id-token": "write" };
  const more = {
    "pages.yml": { build: { contents: "read", pages: "read" }, deploy: pages },
    "publish.yml": { build: { contents: "read", pages: "read" }, deploy: pages },
    "release.yml": { release: { contents: "write" } },
    "tests.yml": {},
  };
  for (const { path, permissions, jobs } of workflows()) {
    assert.deepEqual(permissions, { contents: "read" }, path);
    for (const [name, job] of Object.entries(jobs)) {
      assert.deepEqual(job.permissions, more[path.split("/").at(-1)][name], `${path}: ${name}`);
      assert.ok(job["timeout-minutes"] <= 45, `${path}: ${name} may hang`);
      for (const step of job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))) {
        assert.equal(step.with["persist-credentials"], false, `${path}: ${name} keeps a token`);
      }
    }
  }
});

test("the demonstration site is published as any other", () => {
  const theirs = publishWorkflow(starterSite());
  const ours = pagesWorkflow();
  for (const key of ["on", "permissions"]) assert.deepEqual(ours[key], theirs[key]);
  assert.deepEqual(ours.jobs.deploy, theirs.jobs.deploy);
  assert.equal(ours.concurrency["cancel-in-progress"], theirs.concurrency["cancel-in-progress"]);
});

test("hadolint finds nothing in the container file", () => {
  assert.equal(containerFindings(CONTAINER), "");
});

test("the container is built from files that are there, and that suffice", () => {
  const folder = temporaryFolder();
  const text = readFileSync(CONTAINER, "utf8");
  const copies = [...text.matchAll(/^COPY (?!--from)(.+) (\S+)$/gm)];
  assert.ok(copies.length > 3);
  const kept = readFileSync(join(REPOSITORY, ".dockerignore"), "utf8").split("\n");
  for (const [, sources, target] of copies) {
    for (const source of sources.split(" ")) {
      const from = join(REPOSITORY, source);
      assert.ok(existsSync(from), `there is no ${source}`);
      assert.ok(kept.includes(`!${source}`), `.dockerignore leaves ${source} out`);
      const to = target.endsWith("/") ? join(target, source.split("/").at(-1)) : target;
      cpSync(from, join(folder, to), { recursive: true });
    }
  }
  // Cargo refuses a manifest that names a file which is not there.
  const args = ["metadata", "--format-version=1", "--no-deps", "--offline"];
  const { packages } = JSON.parse(
    execFileSync("cargo", args, { cwd: folder, encoding: "utf8" }),
  );
  assert.deepEqual(
    packages.flatMap(({ targets }) => targets.map(({ name }) => name)).sort(),
    ["bare", "generate", "planpress", "planpress", "preview", "sites", "stages"],
  );
});
