// The files under test: those of this repository, and those that the program writes for a site.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

export const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));

/** The program; tests/run names the one that it has just made. */
export const PLANPRESS = resolve(REPOSITORY, process.env.PLANPRESS ?? "target/debug/planpress");

/** An empty folder, which goes when the tests of the file are over. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "planpress-github-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A starter site with the workflow, in a folder of its own. */
export function starterSite() {
  const folder = temporaryFolder();
  execFileSync(PLANPRESS, ["init", "--github", folder]);
  return folder;
}

/** A workflow or an action: its path, its text, and what stands in it. */
export function read(path) {
  const text = readFileSync(path, "utf8");
  return { path, text, ...parse(text) };
}

export const publishWorkflow = (site) => read(join(site, ".github/workflows/publish.yml"));
export const pagesWorkflow = () => read(join(REPOSITORY, ".github/workflows/pages.yml"));
export const action = () => read(join(REPOSITORY, "action.yml"));

/** Every workflow of this repository, and the one that a starter site gets. */
export function workflows() {
  const folder = join(REPOSITORY, ".github/workflows");
  const own = readdirSync(folder).map((name) => read(join(folder, name)));
  return [...own, publishWorkflow(starterSite())];
}

/** Every step of a workflow or an action, in order. */
export function stepsOf(file) {
  return Object.values(file.jobs ?? { action: file.runs }).flatMap((job) => job.steps);
}
