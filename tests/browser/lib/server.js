// Serves a published folder on this machine, as a plain web server would: no rewriting, no
// guessing, under any path. Nothing outside the folder is ever served.

import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

/** The file that answers for an address under `prefix`, or null. */
export function fileFor(folder, prefix, pathname) {
  const path = decodeURIComponent(pathname);
  if (!path.startsWith(prefix)) return null;
  const steps = path.slice(prefix.length).split("/");
  if (steps.some((step) => step === ".." || step.includes("\0"))) return null;
  const file = join(folder, ...steps, path.endsWith("/") ? "index.html" : "");
  try {
    return statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
}

const atOnce = (response, bytes) => response.end(bytes);

/**
 * A slow line: a page arrives in pieces, and what it loads later than the page. It shows what
 * moves while a page is still coming in.
 */
export async function slowly(response, bytes, type) {
  const page = type === TYPES[".html"];
  const pieces = page ? 12 : 1;
  // Images come when the page has long been painted, also on a busy machine.
  await sleep(page ? 0 : type.startsWith("image/") ? 1500 : 250);
  for (let piece = 0; piece < pieces; piece += 1) {
    const [from, to] = [piece, piece + 1].map((step) => Math.round((step * bytes.length) / pieces));
    response.write(bytes.subarray(from, to));
    await sleep(40);
  }
  response.end();
}

/**
 * Serves `folder` under `prefix` ("/" or "/a/b/"), and sends a file as `send` does. Gives the
 * address of its home page and every path that was asked for and is not there.
 */
export async function serve(folder, prefix = "/", send = atOnce) {
  const missing = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const file = fileFor(folder, prefix, pathname);
    if (file === null) {
      // Browsers look for this one of their own accord.
      if (pathname !== "/favicon.ico") missing.push(pathname);
      response.writeHead(404, { "Content-Type": "text/plain" }).end("not found");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": type });
    send(response, readFileSync(file), type);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    missing,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
