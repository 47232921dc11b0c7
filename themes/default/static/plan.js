// Marks in the contents where the reader is (aria-current). The page is complete without it.
(() => {
  const box = document.querySelector(".contents");
  const places = [...box.querySelectorAll("a")].map((link) => [
    link,
    document.getElementById(decodeURIComponent(link.hash.slice(1))),
  ]);
  const wide = matchMedia("(min-width: 64rem)");
  let current;
  let waiting = false;

  // The heading that the address names, while it is at the top; else the section around a line
  // there (two may stand side by side); at the end of the page, the last one in view.
  const here = () => {
    const { scrollHeight, clientHeight } = document.documentElement;
    const atEnd = scrollY > 0 && scrollY + clientHeight > scrollHeight - 2;
    const line = atEnd ? clientHeight : Math.min(clientHeight / 3, 64);
    const top = ([, heading]) => heading.getBoundingClientRect().top;
    const named = places.find(([link]) => link.hash === location.hash);
    if (named && top(named) > -1 && top(named) < line) return named[0];
    const above = places.filter((place) => top(place) < line);
    const around = ([, heading]) => heading.closest("section").getBoundingClientRect().bottom > line;
    return (above.findLast(around) ?? above.at(-1))?.[0];
  };

  const mark = () => {
    waiting = false;
    const link = here();
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    current = link;
    // A box higher than the window follows.
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
  for (const event of ["scroll", "resize", "hashchange"]) addEventListener(event, soon);
  mark();

  // A link to an objective that the filter hides takes the filter away.
  const filter = document.getElementById("list/filter");
  addEventListener("hashchange", () => {
    const named = document.querySelector(".list li:target");
    if (!filter?.checked || !named || named.checkVisibility()) return;
    filter.checked = false;
    named.scrollIntoView();
    named.focus();
  });

  // Chromium takes for seen what it sees a part of, and cuts off its outline (WCAG 2.4.12).
  addEventListener("focusin", ({ target }) => {
    if (target.matches(".scroll:focus-visible, .scroll :focus-visible"))
      target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // Beside the text the contents are open, in any browser.
  const unfold = () => (box.querySelector("details").open = wide.matches);
  wide.addEventListener("change", unfold);
  if (wide.matches) unfold();
})();
