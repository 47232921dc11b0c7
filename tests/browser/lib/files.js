// Which files a build has published.

import { readdirSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

/** The files below a folder with one of the endings, relative, with "/", sorted. */
export function filesOf(folder, endings) {
  const walk = (at) =>
    readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
      const path = join(at, entry.name);
      return entry.isDirectory() ? walk(path) : [path];
    });
  return walk(folder)
    .filter((path) => endings.includes(extname(path)))
    .map((path) => relative(folder, path).split(sep).join("/"))
    .sort();
}
