// axe-core with every rule it has, also those it leaves off by itself (AAA, experimental).

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds against the page, one line per element. */
export async function axeFindings(page) {
  await page.evaluate(source);
  return page.evaluate(async () => {
    const rules = {};
    for (const { ruleId, tags } of window.axe.getRules()) {
      rules[ruleId] = { enabled: !tags.includes("deprecated") };
    }
    const { violations } = await window.axe.run(document, { rules, resultTypes: ["violations"] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => {
        const why = failureSummary.split("\n").slice(1).join(" ").trim();
        return `${id}: ${help}: ${target.join(" ")} (${why})`;
      }),
    );
  });
}
