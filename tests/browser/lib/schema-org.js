// Holds JSON-LD against the vocabulary of schema.org, as the package `schema-dts` has it in types.

import { fileURLToPath } from "node:url";
import ts from "typescript";

/** Stands nowhere but in the compiler's hands; its folder says where the packages are. */
const FILE = fileURLToPath(new URL("../linked-data.ts", import.meta.url));

const OPTIONS = { noEmit: true, strict: true, skipLibCheck: true, types: [], moduleResolution: ts.ModuleResolutionKind.Node10 };

/** The JSON-LD of a page; `null` where it has none. */
export function linkedData(html) {
  const [, data] = html.match(/<script type="application\/ld\+json">(.*?)<\/script>/s) ?? [];
  return data ? JSON.parse(data) : null;
}

/** What schema.org does not know of these things, or knows otherwise, one line each. */
export function linkedDataFindings(things) {
  const types = [...new Set(things.map((thing) => thing["@type"]))];
  const values = things.map((thing, at) => `const _${at}: WithContext<${thing["@type"]}> = ${JSON.stringify(thing)};`);
  const text = [`import type { WithContext, ${types} } from "schema-dts";`, ...values, "export {};"].join("\n");
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (path, ...more) =>
    path === FILE ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022) : getSourceFile(path, ...more);
  host.fileExists = (path) => path === FILE || fileExists(path);
  host.readFile = (path) => (path === FILE ? text : readFile(path));
  const program = ts.createProgram([FILE], OPTIONS, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ").slice(0, 200));
}
