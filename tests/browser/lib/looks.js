// Which sites are looked at, and how: the demonstration site in every way there is, the others,
// whose pages are made by the same templates and styles, on a bright phone and on a dark desk.

import { themedSite } from "./build.js";
import { SEEDS, SITES } from "./sites.js";

const WIDTHS = [320, 768, 1280];
const SCHEMES = ["light", "dark"];

/** Every width in both schemes, and forced colours. */
const EVERY = [
  ...WIDTHS.flatMap((width) => SCHEMES.map((scheme) => ({ width, scheme }))),
  { width: 1280, forced: true },
];
const [PHONE, DESK, FORCED] = [{ width: 320 }, { width: 1280, scheme: "dark" }, EVERY.at(-1)];

/** A screen of 1280 × 1024 px at 200 % and 400 % (WCAG 1.4.4, 1.4.10). */
const ZOOMED = [
  { width: 640, height: 512, zoom: 2 },
  { width: 320, height: 256, zoom: 4 },
];

const whole = {
  looks: EVERY,
  rooms: [...WIDTHS.map((width) => ({ width })), ...ZOOMED],
  walks: [PHONE, { width: 1280 }, DESK, FORCED, ZOOMED[1]],
  papers: ["A4", "Letter"],
  sheets: 4,
};
const second = { ...whole, looks: [PHONE, DESK, FORCED], rooms: [PHONE, ZOOMED[1]], walks: [PHONE, FORCED] };
const brief = { looks: [PHONE, DESK], rooms: [ZOOMED[1], DESK], walks: [PHONE], papers: ["A4"] };

/**
 * Each site as a folder, with the looks at its pages: `looks` at what they show, `rooms` for their
 * text, `walks` with the keyboard, the sizes of paper, and how many sheets a plan may take.
 */
export const LOOKED_AT = [
  { name: "the demonstration site", root: SEEDS, ...whole },
  { name: "the demonstration site in the theme plain", root: themedSite("plain"), ...second },
  ...SITES.filter((root) => root !== SEEDS).map((root) => ({ name: root, root, ...brief })),
];

/** A look in words, for the name of a test. */
export function inWords({ width, height, scheme = "light", forced, zoom }) {
  const size = height ? `${width} × ${height} px` : `${width} px wide`;
  return [size, forced ? "in forced colours" : `in ${scheme}`, zoom && `at ${zoom * 100} %`].filter(Boolean).join(" ");
}
