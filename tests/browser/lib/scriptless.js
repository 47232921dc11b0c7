// A page that is complete as it comes: without scripts it says the same.

import { visit } from "./browser.js";

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
