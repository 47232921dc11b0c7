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

  // The last heading above the upper third of the window; at the end of the page, the last one seen.
  const here = () => {
    const { scrollHeight, clientHeight } = document.documentElement;
    const atEnd = scrollY > 0 && scrollY + clientHeight > scrollHeight - 2;
    const line = atEnd ? clientHeight : clientHeight / 3;
    return places.findLast(([, heading]) => heading?.getBoundingClientRect().top < line)?.[0] ?? null;
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
  mark();

  // A browser that cannot show a closed details element open, beside the text, is given an open one.
  if (wide.matches && !CSS.supports("selector(::details-content)")) {
    box.querySelector("details").open = true;
  }
})();
