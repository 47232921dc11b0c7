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

  // A link inside a sentence: other words of its block stand in the same line. The code that an
  // objective begins with is no part of its sentence.
  const inSentence = (link) => {
    if (!link.matches("a") || link.matches(".code")) return false;
    const block = eyes.blockOf(link.parentElement);
    const rects = [...link.getClientRects()];
    return eyes.texts(block).some(({ node }) => {
      if (link.contains(node) || !/[\p{Letter}\p{Number}]/u.test(node.data)) return false;
      return eyes.rectsOf(node).some(({ top, bottom }) => {
        const middle = (top + bottom) / 2;
        return rects.some((rect) => rect.top < middle && middle < rect.bottom);
      });
    });
  };

  const targets = [];
  const whole = [];
  for (const element of eyes.all("a[href], button, summary, input, select, textarea")) {
    if (!eyes.seen(element)) continue;
    const rects = area(element);
    const sentence = inSentence(element);
    for (const { rect, part } of rects) {
      const box = eyes.cut(rect, part);
      if (box) targets.push({ element, sentence, ...box });
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
      if (!front || element.contains(front) || [...(element.labels ?? [])].some((label) => label.contains(front))) continue;
      findings.push(`target: ${eyes.name(element)} gives its ${side} to ${eyes.name(front)}`);
    }
  }
  scrollTo(0, 0);
  return [...new Set(findings)];
}
