// Everything with the keyboard alone: what Tab reaches, what is seen of it, and where links lead
// (WCAG 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7, 2.4.11 to 2.4.13).

import { lookWith } from "./eyes.js";
import { ratio, readPng } from "./png.js";

const STOPS = "a[href], button, input, select, textarea, summary, [tabindex='0']";

/** The skip link, the contents and every stop of the Tab key. */
export async function keyboardFindings(page) {
  return [
    ...(await skipFindings(page)),
    ...(await contentsFindings(page)),
    ...(await walkFindings(page)),
  ];
}

/** The skip link: first of all, seen when it has the focus, and on to what stands in main. */
async function skipFindings(page) {
  const findings = [];
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => {
    const { activeElement: link } = document;
    const first = document.body.querySelector("a[href^='#']");
    if (link !== first) return "Tab reaches something else first";
    const { top, left, width, height } = link.getBoundingClientRect();
    const seen = top >= 0 && left >= 0 && width > 10 && height > 10;
    return seen ? null : "not seen while it has the focus";
  });
  if (skip) findings.push(`skip link: ${skip}`);
  await page.keyboard.press("Enter");
  const inMain = await page.evaluate(() => document.activeElement === document.querySelector("main"));
  if (!inMain) findings.push("skip link: main does not take the focus");
  await page.keyboard.press("Tab");
  const next = await lookWith(page, (eyes, stops) => {
    const main = document.querySelector("main");
    const first = eyes.all(stops, main).find((stop) => stop.checkVisibility({ visibilityProperty: true }));
    if (!first || document.activeElement === first) return null;
    return `Tab goes on to ${eyes.name(document.activeElement)}`;
  }, STOPS);
  if (next) findings.push(`skip link: ${next}`);
  return findings;
}

/** Every link of the contents, opened first where they are folded up. */
async function contentsFindings(page) {
  const findings = [];
  const summary = page.locator("nav summary");
  const folded = await page.evaluate(() => {
    const link = document.querySelector("nav a[href^='#']");
    return Boolean(link && !link.checkVisibility());
  });
  if (folded && (await summary.count()) === 0) return ["contents: nothing opens them"];
  if (folded) {
    await summary.focus();
    await page.keyboard.press("Enter");
  }
  const links = page.locator("nav a[href^='#']");
  for (let index = 0; index < (await links.count()); index += 1) {
    const link = links.nth(index);
    const hidden = await link.evaluate((element) => !element.checkVisibility());
    if (hidden) return [...findings, "contents: folded up, and the keyboard does not open them"];
    await link.focus();
    // The first and the last stand for all in going back. The browser notes the place with a delay.
    const goesBack = index === 0 || index + 1 === (await links.count());
    if (goesBack) {
      await page.evaluate(() => history.replaceState(null, "", location.pathname));
      await page.waitForTimeout(150);
    }
    const before = await page.evaluate(() => [location.href, scrollY]);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(20);
    const fault = await link.evaluate(arrived);
    const says = `contents: the target of "${(await link.innerText()).trim()}"`;
    if (fault) findings.push(`${says} ${fault}`);
    const onward = await tabsOn(page);
    if (onward) findings.push(`${says} ${onward}`);
    if (!goesBack) continue;
    await page.goBack();
    await page.waitForTimeout(50);
    const after = await page.evaluate(() => [location.href, scrollY]);
    if (after[0] !== before[0]) findings.push(`${says} takes the browser's Back`);
    if (Math.abs(after[1] - before[1]) > 40) findings.push(`${says} does not let Back return to the place`);
  }
  return findings;
}

// Runs in the browser.
function arrived(link) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (document.activeElement !== target) return "does not take the focus";
  const { left, top, height } = target.getBoundingClientRect();
  // A heading may stand on a fraction of a pixel.
  // (And what is higher than the window begins a little below its edge.)
  if (top < -1 || top + Math.min(height, innerHeight - 40) > innerHeight + 1) return "is out of sight";
  const seen = document.elementFromPoint(left + 2, Math.max(top, 0) + Math.min(height, innerHeight) / 2);
  return target.contains(seen) || seen?.contains(target) ? null : "is covered";
}

/** Whether Tab goes on behind the place that a link has led to. */
async function tabsOn(page) {
  await page.evaluate(() => { window.arrivedAt = document.activeElement; });
  await page.keyboard.press("Tab");
  return lookWith(page, (eyes, stops) => {
    const place = window.arrivedAt;
    const follows = (stop) => place.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING;
    const next = eyes.all(stops).find((stop) => follows(stop) && stop.checkVisibility({ visibilityProperty: true }));
    if (!next || document.activeElement === next) return null;
    return `lets Tab go on to ${eyes.name(document.activeElement)}`;
  }, STOPS);
}

/** Tab from the top to the end: every stop once, in the order of the page, in full sight. */
async function walkFindings(page) {
  const findings = [];
  await page.evaluate(() => {
    // The place where the next Tab begins goes back to the top with the focus.
    const top = document.createElement("div");
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    scrollTo(0, 0);
  });
  const expected = await lookWith(page, (eyes, stops) => {
    const focusable = (stop) => stop.checkVisibility({ visibilityProperty: true }) && !stop.disabled;
    window.stops = eyes.all(stops).filter(focusable);
    return window.stops.map(eyes.name);
  }, STOPS);
  const reached = [];
  // One press more than there are stops: a trap gives none back.
  for (let press = 0; press <= expected.length; press += 1) {
    await page.keyboard.press("Tab");
    const stop = await lookWith(page, inspectStop);
    if (stop === null || reached.includes(stop.index)) break;
    if (stop.index < 0) findings.push(`keyboard: ${stop.says} takes the focus and is nothing to use`);
    reached.push(stop.index);
    findings.push(...stop.faults.map((fault) => `focus: ${stop.says} ${fault}`));
  }
  for (const [index, says] of expected.entries()) {
    if (!reached.includes(index)) findings.push(`keyboard: ${says} is not reached`);
  }
  const known = reached.filter((index) => index >= 0);
  const astray = known.findIndex((index, at) => at > 0 && index < known[at - 1]);
  if (astray > 0) findings.push(`keyboard: ${expected[known[astray]]} comes too late`);
  return [...new Set(findings)];
}

// Runs in the browser, once for each stop: its place in the order, and what is wrong with its focus.
function inspectStop(eyes) {
  const stop = document.activeElement;
  if (!stop || stop === document.body || stop === document.documentElement) return null;
  const faults = [];
  const style = getComputedStyle(stop);
  const rects = [...stop.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);

  // In the window, as far as it fits beside the room kept free at its edge, and under nothing (2.4.12).
  const box = stop.getBoundingClientRect();
  const inside = (low, high, size) =>
    high - low <= size - 40 ? low >= -1 && high <= size + 1 : low < size && high > 0;
  const shown = inside(box.top, box.bottom, innerHeight) && inside(box.left, box.right, document.documentElement.clientWidth);
  if (!shown) faults.push("is out of sight");
  // What lies above without a colour of its own hides nothing.
  const hides = (front) => {
    for (let at = front; at && !at.contains(stop) && !stop.contains(at); at = at.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      if (eyes.colour(backgroundColor)[3] > 0 || backgroundImage !== "none" || at.matches("img, svg")) return true;
    }
    return false;
  };
  for (const { left, top, right, bottom } of rects) {
    const points = [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2],
      [(left + right) / 2, (top + bottom) / 2]];
    const covered = points.some(([x, y]) => hides(document.elementFromPoint(x, y)));
    if (covered) faults.push("is covered while it has the focus");
  }

  // A solid outline of 2 px that is not cut off and stands out (2.4.13).
  const width = parseFloat(style.outlineWidth);
  const offset = parseFloat(style.outlineOffset);
  if (style.outlineStyle !== "solid") faults.push(`has an outline of the kind ${style.outlineStyle}`);
  if (width < 2) faults.push(`has an outline of ${width} px`);
  const around = eyes.backdrop(offset < 0 ? stop : stop.parentElement);
  const colour = eyes.colour(style.outlineColor);
  const ratio = around ? eyes.ratio(eyes.over(colour, around), around) : 0;
  if (ratio < 3) faults.push(`has an outline of ${ratio.toFixed(2)}:1, ${eyes.hex(colour.slice(0, 3))} on ${around && eyes.hex(around)}`);
  const reach = width + offset;
  for (const { left, top, right, bottom } of rects) {
    const outline = { left: left - reach, top: top - reach, right: right + reach, bottom: bottom + reach };
    const rest = eyes.cut(outline, stop);
    const edges = rest ? Object.keys(outline).filter((edge) => Math.abs(rest[edge] - outline[edge]) > width - 2) : [];
    if (!rest || edges.length > 0) faults.push(`has its outline cut off at the ${edges.join(", ")}`);
    const { clientWidth } = document.documentElement;
    if (outline.left < -(width - 2) - 0.5 || outline.right > clientWidth + width - 2 + 0.5) faults.push("has its outline cut off by the window");
  }
  const index = window.stops.indexOf(stop);
  return { index, says: eyes.name(stop), faults: [...new Set(faults)] };
}

/**
 * The focus as the picture shows it, of one stop of each kind: around the element as many pixels
 * change by 3:1 as an outline of 2 px has (WCAG 2.4.13).
 */
export async function focusPictureFindings(page) {
  const findings = [];
  const kinds = await lookWith(page, (eyes, stops) => {
    const kinds = new Map();
    for (const [index, stop] of eyes.all(stops).entries()) {
      const { display, color } = getComputedStyle(stop);
      const kind = [eyes.kind(stop), eyes.backdrop(stop.parentElement), display, color].join();
      if (stop.checkVisibility({ visibilityProperty: true }) && !kinds.has(kind)) kinds.set(kind, index);
    }
    return [...kinds.values()];
  }, STOPS);
  for (const index of kinds) {
    const stop = page.locator(STOPS).nth(index);
    // With the keyboard, so that it is a focus to be seen.
    await page.keyboard.press("Shift");
    await stop.focus();
    const { says, clip, least } = await stop.evaluate((element) => {
      element.scrollIntoView({ block: "center" });
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const from = { x: Math.max(0, Math.floor(left) - 8), y: Math.max(0, Math.floor(top) - 8) };
      const to = { x: Math.min(innerWidth, Math.ceil(right) + 8), y: Math.min(innerHeight, Math.ceil(bottom) + 8) };
      const [width, height] = [Math.min(right, innerWidth) - left, Math.min(bottom, innerHeight) - Math.max(top, 0)];
      return {
        says: `${element.localName}.${element.className} "${element.textContent.trim().slice(0, 40)}"`,
        clip: { ...from, width: to.x - from.x, height: to.y - from.y },
        // Two sides at the least where a window cannot show all four.
        least: bottom - top > innerHeight ? 4 * width : 4 * (width + height) * 0.9,
      };
    });
    const focused = readPng(await page.screenshot({ clip, caret: "hide" }));
    await page.evaluate(() => document.activeElement.blur());
    const plain = readPng(await page.screenshot({ clip, caret: "hide" }));
    // The skip link goes with its focus.
    if (!(await stop.evaluate((element) => element.getBoundingClientRect().width > 10))) continue;
    let changed = 0;
    for (let y = 0; y < focused.height; y += 1) {
      for (let x = 0; x < focused.width; x += 1) {
        if (ratio(focused.at(x, y), plain.at(x, y)) >= 3) changed += 1;
      }
    }
    if (changed < least) findings.push(`focus: ${says} changes ${changed} pixels by 3:1, and ${Math.ceil(least)} are an outline of 2 px`);
  }
  return findings;
}
