// Every fault that is planted, each in the published page of a plan, and the check that must notice.

import { PAPER } from "./faults/paper.js";
import { SIGHT } from "./faults/sight.js";
import { STRUCTURE } from "./faults/structure.js";
import { USE } from "./faults/use.js";

/**
 * Which check must notice which fault, planted by which edit, in which words. An edit is a style
 * sheet, or runs in a browser on the page's document and sees nothing of its file.
 */
export const FAULTS = [...STRUCTURE, ...SIGHT, ...USE, ...PAPER].map(
  ([check, fault, edit, says]) => ({ check, fault, edit, says }),
);
