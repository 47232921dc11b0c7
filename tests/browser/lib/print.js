// The page on paper, as a PDF of A4 or Letter: everything that is read on the screen, in black on
// white, headings with their text, the matrix on its side, and nothing that only a screen needs.

import { lookWith } from "./eyes.js";
import { readPdf } from "./pdf.js";
import { luminance } from "./png.js";

/** What paper may leave out: what leads about in the page or to files, and what a pointer works. */
const SCREEN_ONLY =
  "body > .skip, nav, body > footer, label, input, button, [role=status], p:has(a[href^='#']):not(li p), .scroll-hint, .data";

/** What is wrong with a page on paper of a size; `most` is how many sheets it may take. */
export async function printFindings(page, format, { most = Infinity } = {}) {
  const content = await lookWith(page, readContent, SCREEN_ONLY);
  const bytes = await page.pdf({ format, preferCSSPageSize: true, printBackground: true });
  await page.emulateMedia({ media: "print" });
  const colours = await lookWith(page, colourful);
  await page.emulateMedia({ media: null });
  const sheets = readPdf(bytes);
  const findings = [
    ...colours,
    ...sheets.flatMap(blankOrDark),
    ...missingWords(content, sheets),
    ...matrixFaults(content, sheets),
    ...loneHeadings(content, sheets),
  ];
  if (sheets.length > most) findings.push(`${sheets.length} pages, and at most ${most} are wanted`);
  // A line may end at a hyphen, which Poppler then leaves out.
  const printed = (text) => solid(text).replaceAll("-", "");
  const all = printed(sheets.map(({ text }) => text).join(""));
  for (const label of content.navigation) {
    if (all.includes(printed(label))) findings.push(`"${label}" leads nowhere on paper`);
  }
  for (const address of content.outside) {
    const bare = printed(address.replace(/^https?:\/\/(www\.)?|\/$/g, ""));
    if (!all.includes(bare)) findings.push(`the address ${address} is not there`);
  }
  return findings.map((words) => `print: ${words} (${format})`);
}

const solid = (text) => text.normalize("NFKC").replace(/[\s\u00ad\u200b]+/g, "");
/** Words of letters that Poppler gives back as they were written; not those of scripts that join. */
const wordsOf = (text) => text.normalize("NFKC").match(/[\p{Script=Latin}\p{Number}]+/gu) ?? [];

// Runs in the browser: what there is to print, as the screen shows it.
function readContent(eyes, screenOnly) {
  const printed = eyes.texts().filter(({ element }) => !element.closest(screenOnly));
  const text = (root) => printed.filter(({ node }) => root.contains(node)).map(({ node }) => node.data).join(" ");
  // Prose may have tables of its own.
  const table = document.querySelector(".matrix table");
  // A domain may have a name and no more: its heading is followed by the next one.
  const hasText = (heading) => {
    const next = printed.find(({ node, element }) =>
      heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING && !heading.contains(element));
    const other = next?.element.closest("h1, h2, h3, h4, h5, h6");
    return next !== undefined && (!other || other.localName > heading.localName);
  };
  const title = (heading) => eyes.squeeze(heading.innerText);
  const titles = eyes.all("main :is(h2, h3, h4, h5, h6)").filter(eyes.seen);
  const bare = titles.filter((heading) => !hasText(heading)).map(title);
  return {
    words: text(document.body),
    headings: titles.filter(hasText).map(title).filter((words) => !bare.includes(words)),
    table: table && {
      words: text(table),
      caption: text(table.caption),
      header: text(table.tHead),
    },
    navigation: eyes.all("nav > p, body > .skip").map((label) => eyes.squeeze(label.textContent)),
    outside: eyes.all("main a[href^='http']").filter(eyes.seen).map((link) => link.getAttribute("href")),
  };
}

// Runs in the browser, as on paper: text that is not black, paper that is not white.
function colourful(eyes) {
  const findings = new Set();
  const white = [255, 255, 255];
  for (const { element } of eyes.texts()) {
    const { color } = getComputedStyle(element);
    const behind = eyes.backdrop(element);
    if (!behind || eyes.ratio(behind, white) > 1.15) findings.add(`${eyes.kind(element)} stands on ${behind && eyes.hex(behind)}`);
    const ink = eyes.over(eyes.colour(color), behind ?? white);
    if (eyes.ratio(ink, white) < 17) findings.add(`${eyes.kind(element)} is ${eyes.hex(ink)}, not black`);
  }
  return [...findings];
}

function blankOrDark({ words, picture }, index) {
  const findings = [];
  if (words.length === 0) findings.push(`page ${index + 1} is blank`);
  const counts = new Map();
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      const pixel = picture.at(x, y);
      if (luminance(pixel) < 0.98) counts.set(pixel.join(), (counts.get(pixel.join()) ?? 0) + 1);
    }
  }
  // Ink makes lines, letters and a picture here and there; a colour that fills more is a ground.
  const most = Math.max(0, ...counts.values());
  if (most > 0.3 * picture.width * picture.height) findings.push(`page ${index + 1} is not white`);
  return findings;
}

/** Words that stand on the page more often than on paper. A long word may be broken there. */
function missingWords({ words }, sheets) {
  const count = (list) => list.reduce((counts, one) => counts.set(one, (counts.get(one) ?? 0) + 1), new Map());
  const printed = sheets.flatMap((sheet) => wordsOf(sheet.words.map(({ text }) => text).join(" ")));
  const counts = count(printed);
  for (let index = 0; index + 1 < printed.length; index += 1) {
    const joined = printed[index] + printed[index + 1];
    if (joined.length > 8) counts.set(joined, (counts.get(joined) ?? 0) + 1);
  }
  return [...count(wordsOf(words))]
    .filter(([word, times]) => word.length < 40 && (counts.get(word) ?? 0) < times)
    .map(([word, times]) => `"${word}" stands ${times} times on the page and ${counts.get(word) ?? 0} times on paper`);
}

/** The matrix: on sheets that lie on their side, with its heading row at the top of each. */
function matrixFaults({ table }, sheets) {
  const lying = sheets.filter(({ width, height }) => width > height);
  if (!table) return lying.length > 0 ? ["a page lies on its side for no table"] : [];
  if (lying.length === 0) return ["the matrix does not lie on its side"];
  const lacks = (words, text) => {
    const there = new Set(wordsOf(words.map(({ text }) => text).join(" ")));
    // A long word may be broken in a narrow column.
    return wordsOf(text).filter((word) => word.length < 12 && !there.has(word));
  };
  const findings = [];
  if (lacks(lying[0].words, table.caption).length > 0) findings.push("the caption of the matrix is not on its first page");
  for (const sheet of lying) {
    const upper = sheet.words.filter(({ top }) => top < sheet.height / 2);
    const lost = lacks(upper, table.header);
    const says = `page ${sheets.indexOf(sheet) + 1}`;
    if (lost.length > 0) findings.push(`${says} lacks "${lost.join(" ")}" in the heading row of the matrix`);
    if (lacks(sheet.words, table.words).length === wordsOf(table.words).length) findings.push(`${says} lies on its side for no table`);
  }
  return findings;
}

/** Headings that stand last on a sheet, while their text begins on the next. */
function loneHeadings({ headings }, sheets) {
  return sheets.slice(0, -1).flatMap(({ words }, index) => {
    const last = Math.max(...words.map(({ bottom }) => bottom));
    // The lowest line, and what stands close above it, for a heading of several lines.
    const low = words.filter(({ bottom }) => bottom > last - 60);
    const end = solid(low.sort((a, b) => Math.round(a.top - b.top) || a.left - b.left).map(({ text }) => text).join(""));
    return headings
      .filter((heading) => end.endsWith(solid(heading)))
      .map((heading) => `"${heading}" ends page ${index + 1} without its text`);
  });
}
