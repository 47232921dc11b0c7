// Whether everything that is clicked is large enough to hit, and lies on nothing else (WCAG 2.5.5).

import { lookWith } from "./eyes.js";

/** Links and controls below 44 × 44 px, and pairs of them that overlap. */
export function targetFindings(page) {
  return lookWith(page, smallTargets);
}

// Runs in the browser.
function smallTargets(eyes) {
  const least = 44;
  const findings = [];

  // Where a click counts: the element, for a control its label as well.
  const area = (element) => {
    const parts = [element, ...(element.labels ?? [])].filter(eyes.seen);
    return parts.flatMap((part) => [...part.getClientRects()].map((rect) => ({ rect, part })));
  };

  // A link inside a sentence: its block has other words. The code that an objective begins with is no
  // part of its sentence.
  const inSentence = (link) => {
    if (!link.matches("a") || link.matches(".code")) return false;
    const block = eyes.blockOf(link.parentElement);
    return eyes.texts(block).some(({ node }) => !link.contains(node) && /[\p{Letter}\p{Number}]/u.test(node.data));
  };

  // Whether a link takes a click at a place of one of its boxes.
  const answers = ({ element, index }, x, y) => {
    element.scrollIntoView({ block: "center", inline: "center" });
    const { left, top } = element.getClientRects()[index];
    return element.contains(document.elementFromPoint(left + x, top + y));
  };

  const targets = [];
  const whole = [];
  for (const element of eyes.all("a[href], button, summary, input, select, textarea")) {
    if (!eyes.seen(element)) continue;
    const rects = area(element);
    const sentence = inSentence(element);
    for (const [index, { rect, part }] of rects.entries()) {
      const box = eyes.cut(rect, part);
      if (box) targets.push({ element, sentence, index, ...box });
    }
    if (sentence) continue;
    const width = Math.max(...rects.map(({ rect }) => rect.right)) - Math.min(...rects.map(({ rect }) => rect.left));
    const height = Math.max(...rects.map(({ rect }) => rect.bottom)) - Math.min(...rects.map(({ rect }) => rect.top));
    // A box may stand on fractions of a pixel.
    if (width < least - 0.1 || height < least - 0.1) {
      findings.push(`target: ${eyes.name(element)} is ${width.toFixed(1)} × ${height.toFixed(1)} px`);
    }
    if (rects.length === 1) whole.push(element);
  }

  targets.sort((a, b) => a.top - b.top);
  for (const [index, one] of targets.entries()) {
    for (let next = index + 1; next < targets.length && targets[next].top < one.bottom - 1; next += 1) {
      const other = targets[next];
      const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      // Two lines of one paragraph may touch.
      if (width <= 1 || one.element === other.element || (one.sentence && other.sentence)) continue;
      const height = Math.min(one.bottom, other.bottom) - other.top;
      // A target larger than it looks may reach over a line of text, as long as a link there answers.
      if (one.sentence !== other.sentence) {
        const link = one.sentence ? one : other;
        const x = Math.max(one.left, other.left) + width / 2 - link.left;
        const y = other.top + height / 2 - link.top;
        if (answers(link, x, y)) continue;
      }
      findings.push(`target: ${eyes.name(one.element)} and ${eyes.name(other.element)} overlap by ${width.toFixed(1)} × ${height.toFixed(1)} px`);
    }
  }

  // The whole of it has to answer: what lies above takes the click, though nobody sees it.
  for (const element of whole) {
    element.scrollIntoView({ block: "center", inline: "center" });
    const { left, top, right, bottom } = element.getBoundingClientRect();
    if (bottom > innerHeight || top < 0) continue;
    const [x, y, reach] = [(left + right) / 2, (top + bottom) / 2, least / 2 - 1];
    for (const [side, across, down] of [["top", 0, -reach], ["bottom", 0, reach], ["left", -reach, 0], ["right", reach, 0]]) {
      const front = document.elementFromPoint(x + across, y + down);
      // A link in a sentence that a larger target reaches over is to answer, and not that target.
      if (front?.closest("a") && inSentence(front.closest("a"))) continue;
      if (!front || element.contains(front) || [...(element.labels ?? [])].some((label) => label.contains(front))) continue;
      findings.push(`target: ${eyes.name(element)} gives its ${side} to ${eyes.name(front)}`);
    }
  }
  scrollTo(0, 0);
  return [...new Set(findings)];
}
