// Marks in the contents where the reader is (aria-current), and changes it only when the section
// changes. The page is complete without it.
(() => {
  const box = document.querySelector(".contents");
  if (!box) return;
  const places = [...box.querySelectorAll("a")].map((link) => [
    link,
    document.getElementById(decodeURIComponent(link.hash.slice(1))),
  ]);
  const wide = matchMedia("(min-width: 64rem)");
  let current = null;
  let waiting = false;

  // The heading that the address names, while it is at the top; else the last one that is or was
  // there; at the end of the page, the last one in view.
  const here = () => {
    const { scrollHeight, clientHeight } = document.documentElement;
    const atEnd = scrollY > 0 && scrollY + clientHeight > scrollHeight - 2;
    const line = atEnd ? clientHeight : Math.min(clientHeight / 3, 64);
    const top = ([, heading]) => heading?.getBoundingClientRect().top;
    const named = places.find(([link]) => link.hash === location.hash);
    if (named && top(named) > -1 && top(named) < line) return named[0];
    return places.findLast((place) => top(place) < line)?.[0] ?? null;
  };

  const mark = () => {
    waiting = false;
    const link = here();
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    current = link;
    // Where the box is higher than the window it follows, by itself alone.
    if (!link || !wide.matches || box.contains(document.activeElement)) return;
    const { top, bottom } = link.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    if (top < frame.top) box.scrollTop -= frame.top - top + 16;
    else if (bottom > frame.bottom) box.scrollTop += bottom - frame.bottom + 16;
  };

  const soon = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  addEventListener("hashchange", soon);
  mark();

  // Chromium takes for seen what it sees a part of, and leaves an outline cut off (WCAG 2.4.12).
  document.querySelector(".matrix .scroll")?.addEventListener("focusin", ({ target }) => {
    if (target.matches(":focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // A browser that cannot show a closed details element open, beside the text, is given an open one.
  if (wide.matches && !CSS.supports("selector(::details-content)")) {
    box.querySelector("details").open = true;
  }
})();
