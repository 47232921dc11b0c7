// What a mark or a banner says, it says in words, on the screen, on paper and without a style
// sheet (WCAG 1.4.1); and the filter by marks hides nothing else.

import { lookWith } from "./eyes.js";

/** Marks without words, marks that one view has and the other not, banners that are not there. */
export async function markFindings(page, { draft = false } = {}) {
  const findings = await lookWith(page, marks);
  const look = async (where) => findings.push(...(await lookWith(page, wordless, { where, draft })));
  await look("on the screen");
  await page.emulateMedia({ media: "print" });
  await look("on paper");
  await page.emulateMedia({ media: null });
  await page.evaluate(() => {
    for (const sheet of document.styleSheets) sheet.disabled = true;
  });
  await look("without a style sheet");
  await page.evaluate(() => {
    for (const sheet of document.styleSheets) sheet.disabled = false;
  });
  return findings;
}

// Runs in the browser.
function marks(eyes) {
  const findings = [];
  const priorities = new Set(eyes.all("main li [data-priority]").map((mark) => mark.dataset.priority));
  const explained = eyes.all("main [data-priority]").filter((mark) => !mark.closest("li"));
  for (const priority of priorities) {
    const legend = explained.some((mark) => mark.dataset.priority === priority);
    if (!legend) findings.push(`mark: no legend explains "${priority}"`);
  }
  const own = (item) => eyes.all("[data-priority]", item).find((mark) => mark.closest("li") === item);
  for (const link of eyes.all("table li > a[href^='#'], table li > p > a[href^='#']")) {
    const listed = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!listed?.matches("li")) continue;
    const [one, other] = [own(link.closest("li")), own(listed)].map((mark) => mark && eyes.squeeze(mark.textContent));
    if (one !== other) findings.push(`mark: ${eyes.name(link)} has ${one} in the table and ${other} in the list`);
  }
  for (const bar of eyes.all("progress, meter")) {
    const named = bar.labels?.length > 0 || bar.hasAttribute("aria-label") || bar.hasAttribute("aria-labelledby");
    if (!named) findings.push(`mark: ${eyes.kind(bar)} has no name`);
    const value = String(bar.value);
    if (!eyes.squeeze(bar.parentElement.innerText).includes(value)) findings.push(`mark: ${eyes.kind(bar)} does not show its value`);
  }
  for (const change of eyes.all("ins, del")) {
    if (!change.querySelector(".visually-hidden")) findings.push(`mark: ${eyes.name(change)} does not say what it is`);
  }
  return findings;
}

// Runs in the browser.
function wordless(eyes, { where, draft }) {
  const findings = [];
  const says = (element) => eyes.texts(element).map(({ node }) => node.data).join(" ");
  for (const mark of eyes.all("[data-priority]")) {
    if (!mark.checkVisibility()) {
      // Paper leaves out what the screen needs to be worked.
      if (mark.closest("li, .legend")) findings.push(`mark: ${eyes.name(mark)} is not there ${where}`);
    } else if (!/\p{Letter}{3}/u.test(says(mark))) findings.push(`mark: ${eyes.kind(mark)} says no words ${where}`);
  }
  if (draft) {
    const banner = eyes.all("body > header p").find((one) => !one.querySelector("a[href]:only-child img, a:only-child span"));
    if (!banner || !/\p{Letter}{3}/u.test(says(banner))) findings.push(`banner: no words say that this is a draft ${where}`);
  }
  return findings;
}

const FILTER = "[id='list/filter']";

/** Whether the live region says one of the numbers of what is shown. */
function countsRight({ status, counts }) {
  return counts.some((count) => new RegExp(`(^|\\D)${count}(\\D|$)`).test(status));
}

/** The filter "urgent priorities only": with the keyboard, and whether it gives everything back. */
export async function filterFindings(page) {
  const marked = await page.locator("main li[id] [data-priority]").count();
  const filter = page.locator(FILTER);
  const there = await filter.count();
  if (marked === 0) return there === 0 ? [] : ["filter: the plan has no marks to filter by"];
  if (there !== 1) return ["filter: there is none"];
  const findings = [];
  const whole = await lookWith(page, listed);
  if (whole.hidden.length > 0) findings.push(`filter: hides ${whole.hidden[0]} before it is set`);

  await filter.focus();
  await page.keyboard.press("Space");
  if (!(await filter.isChecked())) return [...findings, "filter: the keyboard does not set it"];
  const set = await lookWith(page, listed);
  if (set.hiddenMarked.length > 0) findings.push(`filter: hides ${set.hiddenMarked[0]}, which has a mark`);
  if (set.shownUnmarked.length > 0) findings.push(`filter: shows ${set.shownUnmarked[0]}, which has no mark`);
  if (set.status === null) findings.push("filter: no live region says how many are shown");
  else if (set.status === whole.status) findings.push(`filter: still says "${set.status}" when it is set`);
  else if (!countsRight(set)) {
    findings.push(`filter: says "${set.status}" where ${set.counts.join(" or ")} are shown`);
  }

  const unmarked = page.locator("main li[id]:not(:has([data-priority]), li:has([data-priority]) li)").first();
  const aimed = await unmarked.evaluate((item) => {
    location.hash = item.id;
    return item.id;
  });
  // A script may have to take the filter away.
  await page.waitForTimeout(100);
  const seen = await unmarked.evaluate((item) => item.checkVisibility());
  if (!seen) findings.push(`filter: hides #${aimed} from a link that leads there`);
  const after = await lookWith(page, listed);
  if (page.scripts && !countsRight(after)) {
    findings.push(`filter: says "${after.status}" where a link has led and ${after.counts.join(" or ")} are shown`);
  }
  await page.evaluate(() => { location.hash = ""; });
  await filter.setChecked(true);

  await page.emulateMedia({ media: "print" });
  const printed = await lookWith(page, listed);
  if (printed.hidden.length > 0) findings.push(`filter: keeps ${printed.hidden[0]} from paper`);
  await page.emulateMedia({ media: null });

  await filter.focus();
  await page.keyboard.press("Space");
  const again = await lookWith(page, listed);
  if (again.hidden.length > 0) findings.push(`filter: does not give ${again.hidden[0]} back`);
  if (again.status !== whole.status) findings.push(`filter: says "${again.status}" at the end and "${whole.status}" at first`);
  return findings;
}

// Runs in the browser: the list view, as it is shown now.
function listed(eyes) {
  const items = eyes.all("main li[id]").filter((item) => item.querySelector(".code"));
  const shown = items.filter((item) => item.checkVisibility());
  const hidden = items.filter((item) => !item.checkVisibility());
  const marked = (item) => item.querySelector("[data-priority]") !== null;
  const within = (item) => item.parentElement.closest("li[id]");
  const region = document.getElementById("list/shown");
  const live = region?.matches("[role=status], [aria-live=polite]") ? region : null;
  return {
    hidden: hidden.map(eyes.name),
    hiddenMarked: hidden.filter(marked).map(eyes.name),
    // What stands below a marked objective belongs to it.
    shownUnmarked: shown.filter((item) => !marked(item) && !within(item)).map(eyes.name),
    // With what belongs to objectives counted, or without.
    counts: [shown.length, shown.filter((item) => !within(item)).length],
    status: live && eyes.squeeze(live.innerText),
  };
}
