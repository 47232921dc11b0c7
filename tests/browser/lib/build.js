// Builds sites with the real program, into temporary folders that go when the tests end.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../../", import.meta.url));

const temporary = [];
process.on("exit", () => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

/** A temporary folder of our own. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "planpress-browser-"));
  temporary.push(folder);
  return folder;
}

/** The program: what PLANPRESS names, else the newer of the two that cargo builds. */
export function program() {
  if (process.env.PLANPRESS) return process.env.PLANPRESS;
  const built = ["release", "debug"]
    .map((profile) => join(repository, "target", profile, "planpress"))
    .filter((path) => existsSync(path))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (built.length === 0) {
    throw new Error('no planpress to test: run "cargo build" first, or name it in PLANPRESS');
  }
  return built[0];
}

/** A test's own site somewhere else: a build writes what it promises beside the plans. */
function copied(root) {
  const tests = join(repository, "tests");
  if (!root.startsWith(tests)) return root;
  const copy = temporaryFolder();
  cpSync(root, copy, { recursive: true });
  return copy;
}

/**
 * Builds the site in `root` (relative to the repository) and returns the published folder, a
 * temporary one unless `output` says where. `more` is said to the program besides.
 */
export function buildSite(root, output = temporaryFolder(), more = []) {
  const run = spawnSync(
    program(),
    ["build", "--root", copied(resolve(repository, root)), "--output", output, ...more],
    { encoding: "utf8" },
  );
  if (run.error) throw run.error;
  if (run.status !== 0) {
    throw new Error(`the site ${root} does not build (exit code ${run.status}):\n${run.stderr}`);
  }
  return output;
}

/** The demonstration site with another theme, as a folder to build. */
export function themedSite(theme) {
  const root = temporaryFolder();
  for (const part of ["planpress.toml", "content", `themes/${theme}`]) {
    const from = join(repository, part);
    if (existsSync(from)) cpSync(from, join(root, part), { recursive: true });
  }
  const config = join(root, "planpress.toml");
  writeFileSync(config, `theme = "${theme}"\n${readFileSync(config, "utf8")}`);
  return root;
}

/** A copy of a published folder, to plant faults in. */
export function copySite(folder) {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}
