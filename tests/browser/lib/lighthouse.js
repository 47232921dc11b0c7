// Lighthouse over one address, with the Chromium of this machine and a profile of its own. It runs
// in this process through its library, so nothing asks to report errors to anyone, and the browser
// resolves no name: whatever a page or Lighthouse wants from another host does not arrive.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import lighthouse, { desktopConfig } from "lighthouse";
import { startBrowserIn } from "./browser.js";
import { temporaryFolder } from "./build.js";

/** Lighthouse's own two ways of looking: a slow phone and a desk. */
export const PRESETS = { mobile: undefined, desktop: desktopConfig };

/** The categories that do not depend on how busy the machine is. */
export const STEADY = ["accessibility", "best-practices", "seo"];

/** Starts a Chromium that Lighthouse can reach; `close` ends it. */
export async function startLighthouse() {
  const profile = temporaryFolder();
  const browser = await startBrowserIn(profile, [
    "--remote-debugging-port=0",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ]);
  const [port] = readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n");
  return { port: Number(port), close: () => browser.close() };
}

/** What Lighthouse says of an address: its result object, for the categories asked for. */
export async function lighthouseResult({ port }, url, preset, categories) {
  const timed = categories.includes("performance");
  const flags = {
    port,
    logLevel: "error",
    onlyCategories: categories,
    onlyAudits: ["network-requests"],
    disableFullPageScreenshot: true,
    // Waiting for a page to fall silent is for those who measure its speed.
    ...(!timed && { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0 }),
  };
  const { lhr } = await lighthouse(url, flags, PRESETS[preset]);
  if (lhr.runtimeError) throw new Error(`Lighthouse failed: ${lhr.runtimeError.message}`);
  return lhr;
}

/** Everything that keeps a category below 100, and every request to another host, a line each. */
export async function lighthouseFindings(browser, url, preset) {
  const { categories, audits } = await lighthouseResult(browser, url, preset, STEADY);
  const findings = [];
  for (const id of STEADY) {
    const { score, auditRefs } = categories[id];
    const failed = auditRefs
      .filter((ref) => ref.weight > 0 && (audits[ref.id].score ?? 1) < 1)
      .map((ref) => `${ref.id}: ${audits[ref.id].title}: ${JSON.stringify(audits[ref.id].details?.items ?? [])}`);
    findings.push(...failed.map((words) => `${id}: ${words}`));
    // Null where an audit could not be made: then nothing was shown.
    if (score !== 1 && failed.length === 0) findings.push(`${id}: the score is ${score}, not 1`);
  }
  const { origin } = new URL(url);
  const requests = audits["network-requests"].details.items;
  if (requests.length === 0) findings.push("no request was seen, so none was checked");
  for (const { url: asked } of requests) {
    if (/^(https?|wss?):/.test(asked) && new URL(asked).origin !== origin) {
      findings.push(`request to another host: ${asked}`);
    }
  }
  return findings;
}
