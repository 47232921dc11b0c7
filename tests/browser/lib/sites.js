// The sites that a real browser looks at, as folders relative to the repository.

/** The demonstration site: what planpress shows of itself. */
export const SEEDS = ".";

/** Every site whose pages must be sound, whatever its plans say. */
export const SITES = [
  SEEDS,
  "tests/browser/sites/elements", // every element of a plan; three associations
  "tests/browser/sites/extremes", // too little, too much, too long, not English
  "tests/sites/smallest/site", // one plan, and nothing else
  "tests/sites/several-plans/site", // a plan as the home page
  "tests/sites/hostile", // markup where text belongs
];
