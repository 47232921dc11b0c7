// Plants a fault in a published file, as text.

import { readFileSync, writeFileSync } from "node:fs";

/** Puts `fault` where `sound` stands for the first time; it must stand there. */
export function plant(file, sound, fault) {
  const before = readFileSync(file, "utf8");
  const after = before.replace(sound, () => fault);
  if (after === before) throw new Error(`${sound} is not in ${file}, so no fault was planted`);
  writeFileSync(file, after);
}
