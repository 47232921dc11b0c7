// Runs the steps of a job as a runner of GitHub does: each shell step by bash, in the repository's
// folder, with the variables it is promised and the outputs of the steps before it. Of the steps that
// are actions of others only the outputs are given, which the test names; the action of this
// repository is run, step by step.

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PLANPRESS, action, temporaryFolder } from "./files.js";
import { evaluate, filledIn } from "./expressions.js";

// "Workflow syntax for GitHub Actions", jobs.<job_id>.steps[*].shell.
const SHELLS = {
  none: ["-e"],
  bash: ["--noprofile", "--norc", "-eo", "pipefail"],
};

/**
 * Runs steps until one fails.
 *
 * `world` holds the repository's folder (`workspace`), what happened (`github`), `inputs`, what the
 * actions of others answer, by the ids of their steps (`answers`), the runner's own folder (`home`),
 * and folders to look for programs in (`path`).
 */
export function runSteps(steps, env, world) {
  const home = world.home ?? temporaryFolder();
  const state = { ran: [], printed: "", failed: null, outputs: {}, path: world.path ?? [] };
  const contexts = {
    github: world.github,
    inputs: world.inputs ?? {},
    env: env,
    runner: { os: "Linux", arch: "X64", temp: home },
    steps: state.outputs,
  };
  const fill = (texts) =>
    Object.fromEntries(
      Object.entries(texts ?? {}).map(([name, text]) => [name, filledIn(text, contexts)]),
    );
  for (const step of steps) {
    const condition = step.if === undefined ? true : evaluate(String(step.if), contexts);
    if (!condition) continue;
    state.ran.push(step.name);
    let outputs;
    if (step.uses === "./") {
      const inner = runAction(fill(step.with), { ...world, home, path: state.path });
      state.printed += inner.printed;
      state.failed = inner.failed;
      outputs = inner.outputs;
    } else if (step.uses) {
      outputs = world.answers?.[step.id] ?? {};
      fill(step.with);
    } else {
      outputs = runShell(step, { ...fill(env), ...fill(step.env) }, world.workspace, home, state);
    }
    if (step.id) state.outputs[step.id] = { outputs };
    if (state.failed) break;
  }
  return state;
}

/** Runs action.yml. Its outputs are those that it declares. */
export function runAction(given, world) {
  const { inputs, outputs, runs } = action();
  for (const name of Object.keys(given)) {
    if (!inputs[name]) throw new Error(`the action has no input ${name}`);
  }
  const values = Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, given[name] ?? input.default]),
  );
  const state = runSteps(runs.steps, {}, { ...world, inputs: values });
  const declared = Object.entries(outputs).map(([name, { value }]) => [
    name,
    filledIn(value, { steps: state.outputs }),
  ]);
  return { ...state, outputs: Object.fromEntries(declared) };
}

function runShell(step, env, workspace, home, state) {
  const commands = { output: join(home, "output"), path: join(home, "path") };
  for (const file of Object.values(commands)) writeFileSync(file, "");
  const script = join(home, "step.sh");
  writeFileSync(script, step.run);
  const done = spawnSync("bash", [...SHELLS[step.shell ?? "none"], script], {
    cwd: workspace,
    encoding: "utf8",
    env: {
      ...env,
      PATH: [...state.path, dirname(PLANPRESS), process.env.PATH].join(":"),
      HOME: process.env.HOME,
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: commands.output,
      GITHUB_PATH: commands.path,
      GITHUB_ACTION_PATH: dirname(action().path),
      RUNNER_OS: "Linux",
      RUNNER_TEMP: home,
    },
  });
  state.printed += done.stdout + done.stderr;
  if (done.status !== 0) state.failed = step.name;
  const lines = (file) => readFileSync(file, "utf8").split("\n").filter(Boolean);
  state.path = [...lines(commands.path), ...state.path];
  return Object.fromEntries(lines(commands.output).map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

/** What GitHub says when something reached the default branch. */
export const PUSH = {
  event_name: "push",
  ref: "refs/heads/main",
  event: { repository: { default_branch: "main" } },
};

/** What GitHub says of a proposed change. */
export const PULL_REQUEST = { ...PUSH, event_name: "pull_request", ref: "refs/pull/7/merge" };
