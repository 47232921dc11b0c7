// What a page weighs with everything that it loads, and whether it holds still while it does.

import { brotliCompressSync, gzipSync } from "node:zlib";

/** What a page may weigh, in bytes: with all files compressed one by one, and its script as it is. */
export const LIMITS = { compressed: 20_000, script: 3_000 };

/**
 * Every file that the page has loaded once it was read to its end, the page first, each with its
 * size in bytes, plain and compressed.
 */
export async function filesOfPage(page) {
  const addresses = await page.evaluate(async () => {
    // An image may wait until it is scrolled to.
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    // The icon is loaded by the browser and not by the page.
    const icons = [...document.querySelectorAll("link[rel~=icon]")].map((icon) => icon.href);
    return [...new Set([location.href.split("#")[0], ...loaded, ...icons])];
  });
  const { origin } = new URL(page.url());
  const own = addresses.filter((address) => new URL(address).origin === origin);
  return Promise.all(
    own.map(async (address) => {
      const response = await fetch(address);
      const bytes = Buffer.from(await response.arrayBuffer());
      return {
        path: new URL(address).pathname,
        type: response.headers.get("content-type").split(";")[0],
        plain: bytes.length,
        gzip: gzipSync(bytes, { level: 9 }).length,
        brotli: brotliCompressSync(bytes).length,
      };
    }),
  );
}

/** What makes a page heavier or later than it may be, one line each. */
export async function weightFindings(page) {
  const findings = page.heard.filter((words) => words.startsWith("request to another host"));
  const files = await filesOfPage(page);
  const total = files.reduce((sum, file) => sum + file.gzip, 0);
  if (total > LIMITS.compressed) {
    const each = files.map((file) => `${file.path} ${file.gzip}`).join(", ");
    findings.push(`weight: ${total} bytes compressed: ${each}`);
  }
  const sheets = files.filter((file) => file.type === "text/css").map((file) => file.path);
  if (sheets.length !== 1) findings.push(`style sheets: ${sheets.length}: ${sheets.join(", ")}`);
  const { script, notes } = await page.evaluate(readDocument);
  const loaded = files.filter((file) => file.type === "text/javascript");
  const scripts = loaded.reduce((sum, file) => sum + file.plain, script);
  if (scripts > LIMITS.script) findings.push(`script: ${scripts} bytes`);
  return [...findings, ...notes];
}

// Runs in the browser: what stands in the document itself.
function readDocument() {
  const notes = [];
  let script = 0;
  if (document.querySelector("style")) notes.push("style sheets: one stands in the page itself");
  // Data in a script element is no script: it runs nothing and holds nothing up.
  for (const element of document.querySelectorAll('script:not([type="application/ld+json"])')) {
    script += new Blob([element.textContent]).size;
    const waits = element.src && (element.defer || element.async || element.type === "module");
    if (!waits) notes.push(`render-blocking script: ${element.getAttribute("src") ?? "in the page itself"}`);
  }
  if (!document.querySelector("link[rel~=icon]")) {
    notes.push("icon: none is named, so that each browser asks for /favicon.ico in vain");
  }
  return { script, notes };
}

/** Everything that moved on the page since it began to load and while it is scrolled to its end. */
export async function shiftFindings(page) {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const shifts = [];
    const note = (entries) => shifts.push(...entries);
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight / 2) {
      scrollTo(0, at);
      await frame();
      await frame();
    }
    // What was observed is handed over in a task of its own.
    await new Promise((resolve) => setTimeout(resolve, 50));
    note(observer.takeRecords());
    return shifts.map(({ value, sources }) => {
      const names = sources.map(({ node }) => node?.id || node?.className || node?.nodeName);
      return `layout shift: ${value.toFixed(4)}: ${names.join(", ")}`;
    });
  });
}
