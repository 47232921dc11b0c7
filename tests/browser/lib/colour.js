// Whether everything can be told from what is around it: text 7:1 (WCAG 1.4.6), also under the
// pointer, and what bounds a control 3:1 (1.4.11). axe-core looks at the first too; this check
// leaves nothing undecided, and sees hanging numbers, generated words and links under the pointer.

import { lookWith } from "./eyes.js";
import { everyPixel, ratio, readPng } from "./png.js";

const TARGETS = "a[href], button, summary, label, input";
const CONTROLS = "input, select, textarea, button, progress, meter";

/** Text and controls that are too faint. */
export async function contrastFindings(page) {
  return [
    ...(await lookWith(page, faintText, "")),
    ...(await underPointer(page)),
    ...(await lookWith(page, faintBorders, CONTROLS)),
    ...(await faintControls(page)),
  ];
}

// A pointer can be over one link only, but the browser can be told that it is over all.
async function underPointer(page) {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("DOM.enable");
    await session.send("CSS.enable");
    const { root } = await session.send("DOM.getDocument", { depth: 0 });
    const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: TARGETS });
    const force = (forcedPseudoClasses) =>
      Promise.all(nodeIds.map((nodeId) => session.send("CSS.forcePseudoState", { nodeId, forcedPseudoClasses })));
    await force(["hover"]);
    const findings = await lookWith(page, faintText, " under the pointer");
    await force(["active", "hover"]);
    findings.push(...(await lookWith(page, faintText, " while pressed")));
    await force([]);
    return findings;
  } finally {
    await session.detach();
  }
}

// Runs in the browser.
function faintText(eyes, when) {
  const least = 7;
  const findings = new Set();
  const judge = (element, style, what) => {
    const backdrops = eyes.backdrops(element);
    if (!backdrops) {
      findings.add(`contrast: ${eyes.name(element)}: ${what} stands on a picture${when}`);
      return;
    }
    const [red, green, blue, alpha] = eyes.colour(style.color);
    for (const behind of backdrops) {
      const ink = eyes.over([red, green, blue, alpha * eyes.opacity(element)], behind);
      const ratio = eyes.ratio(ink, behind);
      if (ratio >= least) continue;
      const pair = `${eyes.hex(ink)} on ${eyes.hex(behind)}`;
      findings.add(`contrast: ${eyes.name(element)}: ${what} ${ratio.toFixed(2)}:1, ${pair}${when}`);
    }
  };
  for (const { element } of eyes.texts()) judge(element, getComputedStyle(element), "text");
  for (const element of eyes.all("body *")) {
    for (const part of ["::before", "::after", "::marker"]) {
      const style = getComputedStyle(element, part);
      const says = /"[^"]*\p{Letter}[^"]*"|counter|attr/u.test(style.content);
      const numbered = part === "::marker" && getComputedStyle(element).display === "list-item";
      if ((says || numbered) && eyes.seen(element)) judge(element, style, part);
    }
  }
  return [...findings];
}

// Runs in the browser.
function faintBorders(eyes, controls) {
  const findings = new Set();
  for (const element of eyes.all("body *")) {
    const style = getComputedStyle(element);
    const sides = ["Top", "Right", "Bottom", "Left"].filter(
      (side) => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none",
    );
    if (sides.length === 0 || element.matches(controls) || !eyes.seen(element)) continue;
    const [around, inside] = [eyes.backdrop(element.parentElement), eyes.backdrop(element)];
    for (const side of sides) {
      const colour = eyes.colour(style[`border${side}Color`]);
      if (colour[3] === 0 || !around || !inside) continue;
      const line = eyes.over(colour, around);
      const ratio = Math.max(eyes.ratio(line, around), eyes.ratio(line, inside));
      // A line in the colour of its ground is none.
      if (ratio >= 3 || ratio < 1.01) continue;
      const kind = eyes.kind(element);
      findings.add(`border: ${kind}: ${ratio.toFixed(2)}:1, ${eyes.hex(line)} on ${eyes.hex(around)}`);
    }
  }
  return [...findings];
}

// The browser draws controls itself, so only the picture tells what bounds them.
async function faintControls(page) {
  const findings = [];
  const controls = page.locator(CONTROLS);
  const described = await lookWith(page, (eyes, css) =>
    eyes.all(css).map((control) => ({
      seen: eyes.seen(control),
      says: eyes.name(control),
      around: eyes.backdrop(control.parentElement),
    })), CONTROLS);
  for (const [index, { seen, says, around }] of described.entries()) {
    if (!seen) continue;
    if (!around) {
      findings.push(`control: ${says}: stands on a picture`);
      continue;
    }
    const picture = readPng(await controls.nth(index).screenshot());
    const most = Math.max(...everyPixel(picture).map((pixel) => ratio(pixel, around)));
    if (most < 3) findings.push(`control: ${says}: its edge has ${most.toFixed(2)}:1`);
  }
  return findings;
}
