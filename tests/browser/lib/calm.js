// A calm page: nothing jumps while it loads, nothing waits for a script, nothing is said to the
// console, and without scripts the page says the same.

import { visit } from "./browser.js";
import { lookWith } from "./eyes.js";

/** What jumps or blocks while a page loads whose pictures and scripts come late. */
export function calmFindings(browser, url, options = {}) {
  return visit(browser, url, { ...options, late: 150 }, async (page) => {
    const loaded = await lookWith(page, loading);
    return [...loaded, ...page.heard];
  });
}

// Runs in the browser.
async function loading(eyes) {
  const findings = [];
  await new Promise((resolve) => setTimeout(resolve, 100));
  const shifts = await new Promise((resolve) => {
    const watch = new PerformanceObserver((list) => resolve(list.getEntries()));
    watch.observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(watch.takeRecords()), 100);
  });
  for (const { value, sources } of shifts) {
    const moved = sources.map(({ node }) => node?.parentElement && eyes.name(node.localName ? node : node.parentElement));
    findings.push(`shift: ${value.toFixed(4)} by ${moved.filter(Boolean).join(", ")}`);
  }
  for (const { name, initiatorType, renderBlockingStatus } of performance.getEntriesByType("resource")) {
    const { pathname } = new URL(name);
    if (initiatorType === "script" && renderBlockingStatus === "blocking") findings.push(`blocking: the script ${pathname}`);
  }
  for (const script of document.scripts) {
    const waits = !script.src || script.defer || script.async || script.type === "module";
    if (!waits) findings.push(`blocking: the script ${script.getAttribute("src")} is not deferred`);
  }
  return findings;
}

/** Whether everything on the page is there without scripts too. */
export async function scriptlessFindings(browser, url) {
  const read = (page) =>
    page.evaluate(() =>
      [...document.querySelectorAll("header, nav, main, footer")]
        .map((part) => part.innerText.replace(/\s+/g, " ").trim())
        .join("\n"),
    );
  const [without, withScripts] = [
    await visit(browser, url, { scripts: false }, read),
    await visit(browser, url, { scripts: true }, read),
  ];
  if (without === withScripts) return [];
  return ["scripts: the page says something else without them"];
}
