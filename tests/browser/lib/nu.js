// The Nu HTML checker over every page, style sheet and drawing of a published folder.

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { filesOf } from "./files.js";

const jar = join(
  dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")),
  "build/dist/vnu.jar",
);

/** Every error and warning, one line each. */
export function nuFindings(folder) {
  const flags = ["--stdout", "--format", "json", "--exit-zero-always"];
  const kinds = ["--also-check-css", "--also-check-svg"];
  const files = filesOf(folder, [".html", ".css", ".svg"]).map((file) => join(folder, file));
  const run = spawnSync("java", ["-jar", jar, ...flags, ...kinds, ...files], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`the Nu HTML checker failed:\n${run.stderr}`);
  return JSON.parse(run.stdout).messages.map(({ type, subType, url, lastLine, message }) => {
    const file = url ? relative(folder, fileURLToPath(url)) : folder;
    return `${subType ?? type}: ${file}:${lastLine ?? 1}: ${message}`;
  });
}
