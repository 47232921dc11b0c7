// Whether text has the room it needs: in a narrow window, enlarged, widely spaced, in lines that
// can be read (WCAG 1.4.4, 1.4.8, 1.4.10, 1.4.12).

import { lookWith } from "./eyes.js";

/** What WCAG 1.4.12 lets a reader set, and a little more line height than some pages allow for. */
const WIDE_TEXT = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`;

/** Everything that goes wrong with the room on an open page, however its text is set. */
export async function reflowFindings(page) {
  const findings = await crampedFindings(page, "as it is");
  const spaced = await page.addStyleTag({ content: WIDE_TEXT });
  findings.push(...(await crampedFindings(page, "with wide text spacing")));
  await spaced.evaluate((style) => style.remove());
  const sizes = await lookWith(page, textSizes);
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    findings.push(...(await crampedFindings(page, "with text of 200 %")));
    findings.push(...fixedText(sizes, await lookWith(page, textSizes)));
    await session.send("Page.setFontSizes", { fontSizes: { standard: 16, fixed: 13 } });
  } finally {
    await session.detach();
  }
  return findings;
}

/** What does not fit as the page now is: too wide, cut off, or one text upon another. */
async function crampedFindings(page, how) {
  return (await lookWith(page, cramped)).map((words) => `reflow: ${words} ${how}`);
}

// Runs in the browser.
function cramped(eyes) {
  const findings = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) findings.push(`${scrollWidth - clientWidth} px too wide`);

  // Boxes that cut off what does not fit; those that scroll may be scrolled.
  for (const element of eyes.all("body, body *")) {
    const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(element);
    const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
    const wide = cuts(overflowX) && element.scrollWidth > element.clientWidth + 1;
    const high = cuts(overflowY) && element.scrollHeight > element.clientHeight + 1;
    const short = textOverflow === "ellipsis" || webkitLineClamp !== "none";
    if ((wide || high || short) && eyes.seen(element)) findings.push(`${eyes.name(element)} is cut off`);
  }

  // Lines of text, without the room above and below the letters, which may overlap.
  const lines = [];
  for (const { node, element } of eyes.texts()) {
    for (const rect of eyes.rectsOf(node)) {
      const { left, top, right, bottom, height } = rect;
      const whole = { left, right, top: top + height / 4, bottom: bottom - height / 4 };
      const box = eyes.cut(whole, element);
      if (box) lines.push({ ...box, element });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  for (const [index, one] of lines.entries()) {
    for (let next = index + 1; next < lines.length && lines[next].top < one.bottom - 1; next += 1) {
      const other = lines[next];
      const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      if (width > 2) findings.push(`${eyes.name(one.element)} and ${eyes.name(other.element)} overlap`);
    }
    const edge = one.left < -1 || (one.right > clientWidth + 1 && scrollWidth <= clientWidth);
    if (edge) findings.push(`${eyes.name(one.element)} stands beyond the edge`);
  }
  return [...new Set(findings)];
}

// Runs in the browser: the size of every text, with the place of its element in the document.
// Larger text may bring another arrangement of the page, in which some of it is folded up.
function textSizes(eyes) {
  const places = new Map(eyes.all("body *").map((element, place) => [element, place]));
  return eyes.texts().map(({ element }) => {
    const size = parseFloat(getComputedStyle(element).fontSize);
    return { key: places.get(element), says: eyes.name(element), size };
  });
}

/**
 * Text that does not grow with the reader's setting: what is read must grow as much, a heading that
 * is large already, somewhat.
 */
function fixedText(before, after) {
  const grownTo = new Map(after.map(({ key, size }) => [key, size]));
  const findings = before.flatMap(({ key, says, size }) => {
    const grown = (grownTo.get(key) ?? 2 * size) / size;
    if (grown >= (size < 24 ? 1.95 : 1.2)) return [];
    return [`text size: ${says}: ${size} px grow ${grown.toFixed(2)} times`];
  });
  return [...new Set(findings)];
}

/** Lines of more than 80 characters, and lines stretched to both edges (WCAG 1.4.8). */
export function lineFindings(page) {
  return lookWith(page, longLines);
}

// Runs in the browser.
function longLines(eyes) {
  const most = 80;
  const findings = new Set();
  const blocks = new Map();
  for (const { node, element } of eyes.texts(document.querySelector("main"))) {
    const block = eyes.blockOf(element);
    if (getComputedStyle(block).textAlign === "justify") findings.add(`lines: ${eyes.name(block)} is justified`);
    if (!blocks.has(block)) blocks.set(block, []);
    for (const word of node.data.matchAll(/\S+/g)) {
      const rects = eyes.rectsOf(node, word.index, word.index + word[0].length);
      // East Asian characters are twice as wide, so half as many fit (WCAG 1.4.8).
      const count = [...word[0]].reduce((sum, one) => sum + (/[\u1100-\uffdc]/.test(one) ? 2 : 1), 0);
      const upright = getComputedStyle(block).writingMode.startsWith("vertical");
      const length = (rect) => (upright ? rect.height : rect.width);
      const whole = rects.reduce((sum, rect) => sum + length(rect), 0);
      for (const rect of rects) {
        const [from, to] = upright ? [rect.left, rect.right] : [rect.top, rect.bottom];
        blocks.get(block).push({ from, to, characters: (count * length(rect)) / whole });
      }
    }
  }
  for (const [block, words] of blocks) {
    let line = { from: 0, to: 0, characters: 0 };
    for (const word of words) {
      const middle = (word.from + word.to) / 2;
      if (middle < line.from || middle > line.to) line = { ...word, characters: -1 };
      line.characters += Math.round(word.characters) + 1;
      if (line.characters > most) findings.add(`lines: ${eyes.name(block)} has a line of more than ${most} characters`);
    }
  }
  return [...findings];
}

/** Words that a wide window shows and this one does not, as lines (WCAG 1.4.4, 1.4.10). */
export async function lostFindings(wide, narrow) {
  const words = (page) => lookWith(page, (eyes) => {
    for (const details of eyes.all("details")) details.open = true;
    const counts = {};
    for (const { node } of eyes.texts()) {
      for (const word of node.data.split(/\s+/)) counts[word] = (counts[word] ?? 0) + 1;
    }
    return counts;
  });
  const [before, after] = [await words(wide), await words(narrow)];
  return Object.keys(before)
    .filter((word) => (after[word] ?? 0) < before[word])
    .map((word) => `reflow: "${word}" is lost in a small window`);
}

/** A caption that goes out of sight while its table is scrolled. */
export function captionFindings(page) {
  return lookWith(page, (eyes) => {
    const findings = [];
    for (const region of eyes.all("[role=region]:has(table)")) {
      const words = document.getElementById(region.getAttribute("aria-labelledby"));
      if (!words || region.scrollWidth <= region.clientWidth) continue;
      const towards = document.documentElement.dir === "rtl" ? -1 : 1;
      for (const share of [0.5, 1]) {
        region.scrollLeft = towards * share * (region.scrollWidth - region.clientWidth);
        const [caption, box] = [words, region].map((element) => element.getBoundingClientRect());
        const seen = caption.left >= box.left - 1 && caption.right <= box.right + 1;
        if (!seen) findings.push(`caption: ${eyes.name(words)} scrolls out of sight`);
      }
      region.scrollLeft = 0;
    }
    return findings;
  });
}
