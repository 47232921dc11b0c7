// What of a page was edited: found by comparing two versions, shown in the newer one.

const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, caption, blockquote, pre, figcaption, summary";
// More at once is no edit of a text but of a term or a template, and marks would only be noise.
const MOST = 20;
const MARKED_FOR = 2400;

/** Every block outside the contents box, which only repeats headings, with what it says. */
function blocksOf(page) {
  const blocks = [...page.body.querySelectorAll(BLOCKS)].filter((block) => !block.closest("nav"));
  return blocks.map((block) => [block, squeezed(wordsOf(block))]);
}

/**
 * Describes the smallest blocks of `next` that say what nothing on this page says. What only moved,
 * or was numbered anew, is not among them. Objectives come first, each as a whole: a matrix has
 * their words too, but the list is where their links lead.
 */
function editedIn(next) {
  const before = new Set(blocksOf(document).map(([, words]) => words));
  const fresh = blocksOf(next).flatMap(([block, words]) => (words && !before.has(words) ? [block] : []));
  const around = new Set();
  for (const block of fresh) for (let up = block.parentElement; up; up = up.parentElement) around.add(up);
  const smallest = fresh.filter((block) => !around.has(block));
  const edited = new Set(smallest.map((block) => block.closest("li[id]") ?? block));
  if (edited.size > MOST) return [];
  const rank = (block) => (block.matches("li[id]") ? 0 : 1);
  return [...edited].sort((a, b) => rank(a) - rank(b)).map(describe);
}

/** Whether a good part of one of the elements is in the window, and in the box that scrolls it. */
function someInView(elements) {
  return new Promise((resolve) => {
    const covered = parseFloat(document.documentElement.style.scrollPaddingBlockEnd) || 0;
    const observer = new IntersectionObserver(
      (entries) => {
        observer.disconnect();
        const shown = ({ intersectionRatio, intersectionRect }) =>
          intersectionRatio > 0.6 || intersectionRect.height > innerHeight / 3;
        resolve(entries.some(shown));
      },
      { rootMargin: `0px 0px -${covered}px` },
    );
    for (const element of elements) observer.observe(element);
  });
}

const wantsStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** An outline for a moment, in the colour of the page's own links. */
function mark(element) {
  const link = document.querySelector("main a[href]") ?? element;
  const outline = { outlineStyle: "solid", outlineWidth: "3px", outlineOffset: "5px" };
  const there = { ...outline, outlineColor: getComputedStyle(link).color };
  const gone = { ...outline, outlineColor: "transparent" };
  const frames = wantsStillness() ? [there, there] : [there, { ...there, offset: 0.5 }, gone];
  element.animate(frames, { duration: MARKED_FOR, id: "planpress-edited" });
}

/**
 * Marks what was edited, and brings the first of it into view if the person `mayMove`. What stands
 * around the plan, such as a footer, is a template's and nobody is looking for it.
 */
async function showEdited(descriptions, mayMove) {
  const elements = descriptions.map(find).filter((element) => element !== null);
  if (elements.length === 0) return;
  const first = elements.find((element) => element.closest("main"));
  if (first && !(await someInView(elements)) && mayMove()) {
    first.scrollIntoView({ block: "center", behavior: wantsStillness() ? "instant" : "smooth" });
  }
  elements.forEach(mark);
}
