// Builds sites with the real program, into temporary folders that go when the tests end.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/**
 * Builds the site in `root` (relative to the repository) and returns the published folder, a
 * temporary one unless `output` says where.
 */
export function buildSite(root, output = temporaryFolder()) {
  const run = spawnSync(
    program(),
    ["build", "--root", join(repository, root), "--output", output],
    { encoding: "utf8" },
  );
  if (run.error) throw run.error;
  if (run.status !== 0) {
    throw new Error(`the site ${root} does not build (exit code ${run.status}):\n${run.stderr}`);
  }
  return output;
}

/** A copy of a published folder, to plant faults in. */
export function copySite(folder) {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}
