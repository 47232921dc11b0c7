// How fast Lighthouse finds the pages: the best of five runs, since a busy machine only ever makes
// a run slower. Needs a release build and the modules that tests/run sets up.
//
//   node benches/lighthouse.mjs          the demonstration site
//   node benches/lighthouse.mjs SITE     the site in that folder of the repository
//
// A page whose best run is below 100 makes the exit code 1.

import { buildSite } from "../tests/browser/lib/build.js";
import { filesOf } from "../tests/browser/lib/files.js";
import { PRESETS, lighthouseResult, startLighthouse } from "../tests/browser/lib/lighthouse.js";
import { serve } from "../tests/browser/lib/server.js";

const RUNS = 5;
const MEASURES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];

const folder = buildSite(process.argv[2] ?? ".");
const server = await serve(folder);
const browser = await startLighthouse();
try {
  for (const file of filesOf(folder, [".html"]).filter((file) => /(^|\/)index\.html$/.test(file))) {
    const path = file.replace(/index\.html$/, "");
    for (const preset of Object.keys(PRESETS)) {
      const runs = [];
      for (let run = 0; run < RUNS; run += 1) {
        runs.push(await lighthouseResult(browser, server.url + path, preset, ["performance"]));
      }
      const score = (result) => Math.round(result.categories.performance.score * 100);
      const best = runs.reduce((one, other) => (score(other) > score(one) ? other : one));
      const measures = MEASURES.map((id) => `${id} ${best.audits[id].displayValue}`).join(", ");
      console.log(`/${path} on ${preset}: best ${score(best)} of ${runs.map(score).join(" ")}; ${measures}`);
      if (score(best) < 100) process.exitCode = 1;
    }
  }
} finally {
  await browser.close();
  await server.close();
}
