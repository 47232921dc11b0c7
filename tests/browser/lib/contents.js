// The contents beside the text: which section they call the current one, and how that is told
// apart (WCAG 1.4.1); and whether anything moves that should not (2.3.3).

import { lookWith } from "./eyes.js";

/** The current section while the page is scrolled from top to bottom. */
export async function currentFindings(page) {
  const findings = [];
  const links = await page.evaluate(() => {
    window.changes = [];
    const watch = new MutationObserver((records) => {
      for (const { target, oldValue } of records) {
        window.changes.push({ from: oldValue, to: target.getAttribute("aria-current") });
      }
    });
    const nav = document.querySelector("nav");
    if (nav) watch.observe(nav, { subtree: true, attributeFilter: ["aria-current"], attributeOldValue: true });
    return document.querySelectorAll("nav a[href^='#']").length;
  });
  if (links === 0) return [];

  let before = null;
  let changed = 0;
  const read = new Set();
  const end = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  for (let at = 0; at <= end + 300; at += 300) {
    const { now, expected } = await lookWith(page, (eyes, at) => new Promise((resolve) => {
      scrollTo(0, at);
      // A section is current when its heading has come up; the page has a frame or two to notice.
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
        const links = eyes.all("nav a[href^='#']");
        const current = links.filter((link) => link.hasAttribute("aria-current"));
        const heading = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
        const above = (line) => links.filter((link) => heading(link).getBoundingClientRect().top <= line).at(-1);
        const near = [above(2), above(innerHeight / 2), above(innerHeight)].map((link) => link && eyes.squeeze(link.textContent));
        resolve({ now: current.map((link) => eyes.squeeze(link.textContent)), expected: near });
      }, 20)));
    }), at);
    if (now.length > 1) findings.push(`current: ${now.length} sections at once`);
    const [one = null] = now;
    // Which of the sections in the window is the current one is the theme's choice.
    if (one === null && expected[0]) findings.push(`current: none, while "${expected[0]}" is read`);
    if (one !== before) changed += 1;
    read.add(expected[0]);
    before = one;
  }
  if (read.size > 2 && changed < 2) findings.push("current: does not follow the reader");
  findings.push(...(await sectionFindings(page)));
  const needless = await page.evaluate(() => window.changes.filter(({ from, to }) => from === to).length);
  if (needless > 0) findings.push(`current: set again ${needless} times without a change`);
  return [...new Set([...findings, ...(await lookWith(page, onlyColour))])];
}

/** Where a link of the contents has led, it is the current one. */
async function sectionFindings(page) {
  return lookWith(page, async (eyes) => {
    const findings = [];
    for (const link of eyes.all("nav a[href^='#']")) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      location.hash = link.hash;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 30))));
      // At the end of the page a heading cannot come up to the top.
      if (heading.getBoundingClientRect().top > innerHeight / 4) continue;
      const current = document.querySelector("nav [aria-current]");
      if (current !== link) findings.push(`current: ${eyes.name(current ?? document.body)} where ${eyes.name(link)} leads`);
    }
    return findings;
  });
}

// Runs in the browser: what tells the current link from the others, colours apart.
function onlyColour(eyes) {
  const current = document.querySelector("nav [aria-current]");
  const other = eyes.all("nav a[href^='#']").find(
    (link) => !link.hasAttribute("aria-current") && current?.closest("ul") === link.closest("ul"),
  ) ?? eyes.all("nav a[href^='#']").find((link) => !link.hasAttribute("aria-current"));
  if (!current || !other) return [];
  const visible = (link, colour) => {
    const behind = eyes.backdrop(link) ?? [255, 255, 255];
    return eyes.ratio(eyes.over(eyes.colour(colour), behind), behind) > 1.5;
  };
  const shape = (link) => [null, "::before", "::after"].map((part) => {
    const style = getComputedStyle(link, part);
    if (part && (style.content === "none" || style.content === "normal")) return "";
    const sides = ["Top", "Right", "Bottom", "Left"].map((side) => {
      const drawn = style[`border${side}Style`] !== "none" && visible(link, style[`border${side}Color`]);
      return drawn ? style[`border${side}Width`] : "0px";
    });
    const { fontWeight, fontStyle, textDecorationLine, textDecorationStyle, textDecorationThickness, content } = style;
    return [fontWeight, fontStyle, textDecorationLine, textDecorationStyle, textDecorationThickness, content, ...sides].join();
  }).join();
  return shape(current) === shape(other) ? ["current: differs from the others by colour alone"] : [];
}

/** Anything that moves of its own accord, for a reader who asked for none of it. */
export async function motionFindings(page) {
  const findings = await lookWith(page, (eyes) => {
    const found = new Set();
    for (const element of [document.documentElement, ...eyes.all("body, body *")]) {
      if (getComputedStyle(element).scrollBehavior === "smooth") found.add(`motion: ${eyes.kind(element)} scrolls smoothly`);
      for (const part of [null, "::before", "::after"]) {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(element, part);
        const lasts = (durations) => durations.split(",").some((one) => parseFloat(one) > 0);
        if (lasts(transitionDuration)) found.add(`motion: ${eyes.kind(element)} has a transition`);
        if (animationName !== "none" && lasts(animationDuration)) found.add(`motion: ${eyes.kind(element)} is animated`);
      }
    }
    return [...found];
  });
  const slid = await page.evaluate(async () => {
    const link = [...document.querySelectorAll("a[href^='#']")].at(-1);
    if (!link) return false;
    scrollTo({ top: 0, behavior: "instant" });
    link.click();
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const soon = scrollY;
    await new Promise((resolve) => setTimeout(resolve, 400));
    return Math.abs(scrollY - soon) > 1;
  });
  if (slid) findings.push("motion: a link within the page scrolls there slowly");
  return findings;
}
