// What the preview has to say stands in a panel on the page: errors, warnings, and how to be rid of it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { axeFindings } from "./lib/axe.js";
import { repository } from "./lib/build.js";
import {
  PAGE,
  PLAN,
  UNPUBLISHED,
  eventually,
  focused,
  following,
  leaveMarker,
  markerIsThere,
  panelOf,
  previews,
  until,
  untilItSays,
} from "./lib/preview.js";

const editing = previews();

// axe-core tries a style of its own, which the policy of the page does not let it.
async function calmAxeFindings(page) {
  assert.deepEqual(page.heard, []);
  const findings = await axeFindings(page);
  page.heard.length = 0;
  return findings;
}

const broken = (site) => site.replace(PLAN, "values = [", "valuse = [");
const mended = (site) => site.replace(PLAN, "valuse = [", "values = [");

editing("the panel shows an error framed over the last good page, and goes when it is mended", PAGE, {}, async (page, site) => {
  await leaveMarker(page);
  const { host, region } = panelOf(page);
  assert.equal(await host.isVisible(), false);
  broken(site);
  await region.waitFor();
  assert.equal(await region.getAttribute("role"), "region");
  await host.getByRole("region", { name: "1 error", exact: true }).waitFor();
  const frame = await region.locator("pre").textContent();
  assert.match(frame, /^error\[unknown-key\]: .*valuse/);
  assert.match(frame, /--> content\/ala-2025\.toml:\d+:1\n/);
  assert.match(frame, /\n\d+ \| valuse = \[\n +\| \^{6} /);
  assert.match(await page.locator("main").innerText(), /Dear ALA Council,/);
  assert.ok(await markerIsThere(page));
  mended(site);
  await region.waitFor({ state: "hidden" });
  await host.waitFor({ state: "hidden" });
});

editing("the panel says once how many errors there are, and once that they are mended", PAGE, {}, async (page, site, server) => {
  await page.evaluate(() => {
    window.said = [];
    const status = document.querySelector("planpress-preview").shadowRoot.querySelector("[role=status]");
    new MutationObserver(() => status.textContent && window.said.push(status.textContent)).observe(status, {
      childList: true,
    });
  });
  broken(site);
  await until(page, () => window.said.length > 0);
  // The same error on another line is nothing new to say.
  const { findings } = await server.ask("findings");
  site.write(PLAN, `# A comment.\n${site.read(PLAN)}`);
  await eventually(async () => (await server.ask("findings")).findings !== findings);
  for (let round = 0; round < 3; round += 1) await following(page);
  mended(site);
  await until(page, () => window.said.length > 1);
  assert.deepEqual(await page.evaluate(() => window.said), ["1 error", "Mended"]);
});

editing("the panel says that errors are mended on a page that had to reload", PAGE, {}, async (page, site) => {
  broken(site);
  await panelOf(page).region.waitFor();
  const good = site.read(PLAN).replace("valuse = [", "values = [");
  site.write(PLAN, good.replace("Dear ALA Council,", "Dear Council,"));
  await untilItSays(page, "Dear Council,");
  await panelOf(page).status.getByText("Mended").waitFor({ state: "attached" });
});

editing("the panel takes no focus when it appears, is closed by keyboard and opened again", PAGE, {}, async (page, site) => {
  const { region, close, count } = panelOf(page);
  await page.locator("nav a[href='#vision']").focus();
  broken(site);
  await region.waitFor();
  assert.equal(await focused(page), "#vision");

  await close.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const out = () => document.activeElement !== document.querySelector("planpress-preview");
  assert.ok(await page.evaluate(out), "Tab leaves the panel");
  await close.focus();
  await page.keyboard.press("Shift+Tab");
  assert.ok(await page.evaluate(out), "Shift+Tab leaves the panel");

  await page.locator("nav a[href='#vision']").focus();
  await close.focus();
  await page.keyboard.press("Escape");
  await region.waitFor({ state: "hidden" });
  assert.match(await focused(page), /1 error/);
  await page.keyboard.press("Enter");
  await region.waitFor();
  assert.match(await focused(page), /valuse/);
  await close.focus();
  await page.keyboard.press("Enter");
  await region.waitFor({ state: "hidden" });
  assert.match(await count.innerText(), /1 error/);

  mended(site);
  await count.waitFor({ state: "hidden" });
  assert.equal(await focused(page), "#vision");
  broken(site);
  await region.waitFor();
});

editing("the panel stays closed until there are other errors, from page to page", PAGE, {}, async (page, site, server) => {
  const { region, close, count } = panelOf(page);
  broken(site);
  await close.click();
  await region.waitFor({ state: "hidden" });
  const { findings } = await server.ask("findings");
  // The same error on another line.
  site.write(PLAN, `# A comment.\n${site.read(PLAN)}`);
  await eventually(async () => (await server.ask("findings")).findings !== findings);
  for (let round = 0; round < 2; round += 1) await following(page);
  await page.goto(server.url);
  await count.waitFor();
  assert.equal(await region.isVisible(), false);
  site.replace(PLAN, 'title = "ALA Strategic Plan"', 'titel = "ALA Strategic Plan"');
  await region.waitFor();
});

editing("the panel can be closed where the browser stores nothing", PAGE, {}, async (page, site) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "sessionStorage", {
      get() {
        throw new DOMException("not here", "SecurityError");
      },
    });
  });
  await page.reload();
  broken(site);
  const { region, close, count } = panelOf(page);
  await close.click();
  await count.waitFor();
  assert.equal(await region.isVisible(), false);
});

editing("the panel shows hostile text as text", PAGE, {}, async (page, site) => {
  const { region } = panelOf(page);
  site.write("content/hostile.toml", '"<img src=x onerror=ran()>" = 1\n"</script><script>ran()</script>" = 2\n');
  await region.waitFor();
  const text = (await region.locator("pre").allTextContents()).join("\n");
  assert.match(text, /<img src=x onerror=ran\(\)>/);
  assert.match(text, /<\/script><script>ran\(\)<\/script>/);
  assert.equal(await region.locator("img, script").count(), 0);
});

const brokenPlan = readFileSync(join(repository, PLAN), "utf8").replace("values = [", "valuse = [");
const started = { files: { [PLAN]: brokenPlan }, width: 320 };
editing("the panel shows what is wrong with a site that was broken from the start, then its page", PAGE, started, async (page, site) => {
  await panelOf(page).region.waitFor();
  assert.match(await panelOf(page).region.innerText(), /error\[unknown-key\]/);
  assert.deepEqual(await calmAxeFindings(page), []);
  mended(site);
  await untilItSays(page, "Dear ALA Council,");
  await panelOf(page).region.waitFor({ state: "hidden" });
});

const warned = (site) => site.replace(PLAN, "digital platforms.", "digital platforms");
editing("the panel is a quiet count while there are only warnings", PAGE, {}, async (page, site) => {
  const { region, count, close } = panelOf(page);
  warned(site);
  await count.waitFor();
  assert.match(await count.innerText(), /1 warning$/);
  assert.equal(await region.isVisible(), false);
  await count.click();
  await region.waitFor();
  assert.match(await region.locator("pre").textContent(), /^warning\[missing-closing-period\]/);
  await page.reload();
  await region.waitFor();
  await close.click();
  await region.waitFor({ state: "hidden" });
  assert.match(await focused(page), /1 warning/);
});

editing("the panel keeps the focus over a reload while it is read", PAGE, {}, async (page, site) => {
  const { region, count } = panelOf(page);
  warned(site);
  await count.click();
  await region.waitFor();
  await leaveMarker(page);
  site.replace(PLAN, "Dear ALA Council,", "Dear Council,");
  await until(page, () => !window.marker && document.body?.innerText.includes("Dear Council,"));
  await until(page, () => document.activeElement === document.querySelector("planpress-preview"));
  await page.keyboard.press("Escape");
  await region.waitFor({ state: "hidden" });
});

editing("the panel keeps the focus over a reload, however late its style comes", PAGE, {}, async (page, site) => {
  const { region, count } = panelOf(page);
  warned(site);
  await count.click();
  await region.waitFor();
  await leaveMarker(page);
  await page.route("**/__planpress/preview.css", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  site.replace(PLAN, "Dear ALA Council,", "Dear Council,");
  await until(page, () => !window.marker && document.body?.innerText.includes("Dear Council,"));
  await until(page, () => document.activeElement === document.querySelector("planpress-preview"));
});

editing("the panel shows errors before warnings", PAGE, {}, async (page, site) => {
  warned(site);
  site.write("content/broken.toml", "titel = 1\n");
  await panelOf(page).host.getByRole("heading", { name: /errors, 1 warning/ }).waitFor();
  const kinds = (await panelOf(page).region.locator("pre").allTextContents()).map((frame) => frame.split("[")[0]);
  assert.deepEqual(kinds, [...kinds].sort());
  assert.ok(kinds.includes("warning") && kinds.includes("error"));
});

editing("the panel leaves the end of the page in reach, and paper alone", PAGE, {}, async (page, site) => {
  broken(site);
  await panelOf(page).region.waitFor();
  await until(page, () => {
    scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
    const footer = document.querySelector("body > footer").getBoundingClientRect();
    const panel = document.querySelector("planpress-preview").shadowRoot.querySelector("section");
    return footer.bottom <= panel.getBoundingClientRect().top + 1;
  });
  await page.emulateMedia({ media: "print" });
  assert.equal(await panelOf(page).region.isVisible(), false);
});

for (const scheme of ["light", "dark"]) {
  for (const width of [320, 1280]) {
    const files = { "content/working-paper.toml": UNPUBLISHED };
    editing(`the panel is clean to axe-core in ${scheme}, ${width} px wide`, "", { scheme, width, files }, async (page, site) => {
      const { region, count, close, plans } = panelOf(page);
      await plans.waitFor();
      warned(site);
      await count.waitFor();
      assert.deepEqual(await calmAxeFindings(page), []);
      broken(site);
      await region.waitFor();
      assert.deepEqual(await calmAxeFindings(page), []);
      const { width: wide, height } = await close.boundingBox();
      assert.ok(wide >= 44 && height >= 44, `${wide} by ${height}`);
      const extra = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(extra <= 0, `${extra} px too wide`);
    });
  }
}
