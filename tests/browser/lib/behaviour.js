// What a page does when someone uses it: with the keyboard, on a narrow window, without scripts.

import { visit } from "./browser.js";

/** The skip link and every link of the contents box, followed with the keyboard (WCAG 2.4.1, 2.4.11). */
export async function keyboardFindings(page) {
  const findings = [];
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => {
    const { activeElement: link } = document;
    const first = document.body.querySelector("a[href^='#']");
    if (link !== first) return "skip link: Tab reaches something else first";
    const { top, left, width, height } = link.getBoundingClientRect();
    const seen = top >= 0 && left >= 0 && width > 10 && height > 10;
    return seen ? null : "skip link: not seen while it has the focus";
  });
  if (skip) findings.push(skip);
  await page.keyboard.press("Enter");
  const inMain = await page.evaluate(() => document.activeElement === document.querySelector("main"));
  if (!inMain) findings.push("skip link: main does not take the focus");

  const links = page.locator("nav a[href^='#']");
  for (let index = 0; index < (await links.count()); index += 1) {
    const link = links.nth(index);
    await link.focus();
    await page.keyboard.press("Enter");
    await page.waitForTimeout(20);
    const fault = await link.evaluate((element) => {
      const target = document.getElementById(decodeURIComponent(element.hash.slice(1)));
      if (document.activeElement !== target) return "does not take the focus";
      const { left, top, height } = target.getBoundingClientRect();
      // A heading may stand on a fraction of a pixel.
      if (top < -1 || top + height > window.innerHeight) return "is out of sight";
      const seen = document.elementFromPoint(left + 2, top + height / 2);
      return target.contains(seen) || seen?.contains(target) ? null : "is covered";
    });
    if (fault) findings.push(`contents: the target of "${await link.innerText()}" ${fault}`);
  }
  return findings;
}

/** Whether the page needs scrolling sideways, as it is and with wide text (WCAG 1.4.10, 1.4.12). */
export async function reflowFindings(page) {
  const findings = [];
  const measure = async (how) => {
    const extra = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    if (extra > 0) findings.push(`reflow: ${extra} px too wide ${how}`);
  };
  await measure("as it is");
  await page.addStyleTag({
    content: `* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`,
  });
  await measure("with wide text spacing");
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
