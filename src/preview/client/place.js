// Where a person is on the page: what they read, what has the focus, what they have opened. Kept
// over a reload, in a page that may say something else by then.

/** What an element says, without its links within the page: those hold codes, which are counted anew. */
function wordsOf(element) {
  let words = "";
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) words += node.data;
    else if (node.nodeType === Node.ELEMENT_NODE && !node.matches("a[href^='#']")) words += wordsOf(node);
  }
  return words;
}

const squeezed = (text) => text.replace(/\s+/g, " ").trim();

/** What can be told of an element that a new version of the page may still have. */
function traitsOf(element) {
  const named = element.localName === "details" ? (element.querySelector("summary") ?? element) : element;
  const words = squeezed(element.matches("a") ? element.textContent : wordsOf(named)).slice(0, 300);
  const names = ["href", "name", "aria-labelledby", "aria-label"];
  return { id: element.id, role: names.map((name) => element.getAttribute(name) ?? "").join(" ").trim(), words };
}

/** A description by which `find` knows the element again: its position in the tree would not do. */
function describe(element) {
  const tag = element.localName;
  const traits = traitsOf(element);
  const alike = [...element.ownerDocument.body.getElementsByTagName(tag)].filter((other) => {
    const { id, role, words } = traitsOf(other);
    return id === traits.id && role === traits.role && words === traits.words;
  });
  return { tag, ...traits, index: alike.indexOf(element) };
}

/**
 * The element of this page that fits a description best, or null. Its words count for more than its
 * id, because the ids of objectives are counted: a new objective takes the id of the one it displaces.
 */
function find({ tag, id, role, words, index }) {
  const all = [...document.body.getElementsByTagName(tag)].map((element) => [element, traitsOf(element)]);
  const rules = [
    (traits) => traits.id === id && traits.role === role && traits.words === words,
    // A matrix says the same as the list below it, but only in the list do objectives have ids.
    (traits) => words && traits.words === words && !traits.id === !id,
    (traits) => id && traits.id === id,
    (traits) => role && traits.role === role,
  ];
  for (const rule of rules) {
    const alike = all.filter(([, traits]) => rule(traits));
    if (alike.length > 0) return alike[Math.min(index, alike.length - 1)][0];
  }
  return null;
}

// When the person last moved the page themselves, on the clock of `performance.now`. Listening to
// "scroll" alone would take what browsers and this script do for the person's doing.
let movedAt = -Infinity;
let held = false;
const moved = () => (movedAt = performance.now());
const KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End", " "];
const listening = { capture: true, passive: true };
addEventListener("wheel", moved, listening);
addEventListener("touchmove", moved, listening);
addEventListener("hashchange", moved);
addEventListener("keydown", ({ key }) => KEYS.includes(key) && moved(), listening);
// A scrollbar tells only that a button went down on it and that something scrolls since.
addEventListener("pointerdown", () => (held = true), listening);
addEventListener("pointerup", () => (held = false), listening);
addEventListener("scroll", () => held && moved(), listening);

const READ = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, tr, pre, blockquote";

/** The first lines in view, each with its distance from the window's top. */
function linesInView() {
  if (scrollY === 0) return [];
  const blocks = [...document.querySelectorAll("main")].flatMap((main) => [...main.querySelectorAll(READ)]);
  const inView = blocks.filter((block) => {
    const { top, bottom } = block.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  // Of several, because the first may be the one that was edited.
  return inView.slice(0, 6).map((block) => ({ ...describe(block), top: block.getBoundingClientRect().top }));
}

/** Everything about where the person is that JSON can hold; `focused` has the focus, if anything. */
function placeNow(focused) {
  const scrolled = [...document.body.querySelectorAll("*")].filter((box) => box.scrollLeft || box.scrollTop);
  return {
    x: scrollX,
    y: scrollY,
    lines: linesInView(),
    boxes: scrolled.map((box) => ({ ...describe(box), left: box.scrollLeft, top: box.scrollTop })),
    details: [...document.querySelectorAll("details")].map((one) => ({ ...describe(one), open: one.open })),
    focus: focused?.isConnected && focused !== document.body ? describe(focused) : null,
    ring: focused?.matches(":focus-visible") ?? false,
  };
}

/** Scrolls to where the person was: to the line they read, wherever it stands now. */
function scrollBack({ x, y, lines, boxes }) {
  for (const box of boxes) find(box)?.scrollTo({ left: box.left, top: box.top, behavior: "instant" });
  scrollTo({ left: x, top: y, behavior: "instant" });
  for (const line of lines) {
    const element = find(line);
    if (!element) continue;
    const drift = element.getBoundingClientRect().top - line.top;
    if (Math.abs(drift) >= 1) scrollBy({ top: drift, behavior: "instant" });
    return;
  }
}

/** Opens, focuses and scrolls as it was. Returns what has the focus now, or null. */
function restore(place) {
  for (const one of place.details) {
    const details = find(one);
    if (details) details.open = one.open;
  }
  const focused = place.focus && find(place.focus);
  focused?.focus({ preventScroll: true, focusVisible: place.ring });
  scrollBack(place);
  return focused;
}
