// What the preview has to say, at the bottom of the window: errors and warnings, plans that the
// home page does not lead to, and that the server is silent. Its words come from the files that are
// being edited, so they go into the page as text and in no other way.

/** What a tab remembers from page to page; where a browser forbids that, while the page is open. */
const memory = {
  known: new Map(),
  get(name) {
    if (this.known.has(name)) return this.known.get(name);
    try {
      return JSON.parse(sessionStorage.getItem(`planpress ${name}`));
    } catch {
      return null;
    }
  },
  set(name, value) {
    this.known.set(name, value);
    try {
      sessionStorage.setItem(`planpress ${name}`, JSON.stringify(value));
    } catch {
      // Then this page alone knows it.
    }
  },
};

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const counted = (number, word) => (number === 0 ? [] : [`${number} ${word}${number === 1 ? "" : "s"}`]);

/** A frame as one `pre`. Source lines keep their columns and scroll; sentences wrap. */
function frameOf({ severity, frame }, index) {
  const lines = frame.trimEnd().split("\n").map((line, row) => {
    const source = /^\s*(\d+\s*)?\||^\.\.\.|^\s*\d+\s*[-+~]\s/.test(line);
    const attributes = { class: row === 0 ? "what" : source ? "source" : "words" };
    return make("span", row === 0 ? { ...attributes, id: `finding-${index}` } : attributes, `${line}\n`);
  });
  const pre = make("pre", { role: "article", "aria-labelledby": `finding-${index}` }, ...lines);
  return make("li", { class: severity === "error" ? "error" : "warning" }, pre);
}

/** The elements of the panel, in a shadow root, where the theme's style and its own do not meet. */
function buildPanel(stylesheet) {
  const host = document.createElement("planpress-preview");
  host.lang = "en";
  host.dir = "ltr";
  host.hidden = true;
  const heading = make("h2", { id: "heading" });
  const close = make("button", { type: "button" }, "Close");
  const hint = make("p", { class: "hint" }, "What has errors is shown as it last was, until they are mended.");
  const list = make("ul");
  const more = make("p", { class: "hint" });
  const labelled = { class: "panel", role: "region", "aria-labelledby": "heading", tabindex: "-1" };
  const region = make("section", labelled, make("div", { class: "head" }, heading, close), hint, list, more);
  const note = make("p", { class: "note" }, "The preview has stopped. Start it again with “planpress serve”, and this page goes on.");
  const count = make("span");
  const toggle = make("button", { type: "button", class: "count" }, make("span", { class: "unseen" }, "Show "), count);
  const links = make("ul");
  const fold = make("details", {}, make("summary", {}, "Only in this preview"), links);
  const plans = make("nav", { "aria-label": "Only in this preview" }, fold);
  const status = make("p", { class: "unseen", role: "status" });
  const bar = make("div", { class: "bar" }, note, toggle);
  const dock = make("aside", { class: "dock", "aria-label": "Preview" }, region, bar, plans, status);
  // Stands in the flow, so that the page can be scrolled out from under the dock.
  const room = make("div");
  const style = make("link", { rel: "stylesheet", href: stylesheet });
  // Nothing is seen of it before its style is there, and nothing in it can have the focus.
  host.style.visibility = "hidden";
  const styled = new Promise((resolve) => {
    for (const end of ["load", "error"]) style.addEventListener(end, resolve);
  }).then(() => (host.style.visibility = ""));
  const root = host.attachShadow({ mode: "open" });
  root.append(style, room, dock);
  const parts = { host, root, dock, room, region, heading, close, hint, list, more };
  return { ...parts, styled, note, toggle, count, plans, fold, links, status };
}

/** Keeps the page in reach under the dock. */
function keepRoom({ dock, room }) {
  new ResizeObserver(() => {
    const height = dock.offsetHeight > 0 ? `${dock.offsetHeight}px` : "";
    room.style.blockSize = height;
    document.documentElement.style.scrollPaddingBlockEnd = height;
  }).observe(dock);
}

/** Lets Tab reach what scrolls, so that the arrow keys can scroll it, and no other text. */
const stops = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight;
    target.tabIndex = scrolls ? 0 : -1;
  }
});

/** Puts the panel on the page, and gives the ways to tell it something. */
function makePanel(stylesheet) {
  const parts = buildPanel(stylesheet);
  const { host, root, dock, region, list, note, toggle, plans, fold, links, status } = parts;
  keepRoom(parts);
  stops.observe(region);

  let findings = { errors: 0, warnings: 0, list: [] };
  let announcement = "";
  // What stays the same while only lines move: a panel that was closed over it stays closed.
  const errorsOf = ({ list }) => {
    const errors = list.filter(({ severity }) => severity === "error");
    return errors.map(({ name, path, message }) => `${name} ${path} ${message}`).sort().join("\n");
  };
  const some = () => findings.errors + findings.warnings > 0;
  const isOpen = () => {
    if (findings.errors > 0) return memory.get("closed") !== errorsOf(findings);
    return findings.warnings > 0 && memory.get("opened") === true;
  };

  // Where the focus was before it came in here.
  let cameFrom = null;
  // Whether the focus was in here before a reload.
  let awaited = false;
  dock.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget && !dock.contains(relatedTarget)) cameFrom = relatedTarget;
  });

  const render = () => {
    const focused = root.activeElement;
    region.hidden = !isOpen();
    toggle.hidden = !some() || !region.hidden;
    toggle.classList.toggle("error", findings.errors > 0);
    plans.hidden = links.childElementCount === 0;
    note.hidden = !note.dataset.on;
    host.hidden = announcement === "" && [region, toggle, plans, note].every((part) => part.hidden);
    // Nobody is left without the focus because something went that had it.
    const lost = focused !== null && (host.hidden || focused.closest("[hidden]") !== null);
    if (lost) (toggle.hidden ? cameFrom : toggle)?.focus({ preventScroll: true });
  };

  const shut = () => {
    memory.set("closed", findings.errors > 0 ? errorsOf(findings) : null);
    memory.set("opened", false);
    render();
  };
  parts.close.addEventListener("click", shut);
  region.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    shut();
  });
  toggle.addEventListener("click", () => {
    memory.set("closed", null);
    memory.set("opened", true);
    render();
    region.focus({ preventScroll: true });
  });
  fold.open = memory.get("folded") !== true;
  fold.addEventListener("toggle", () => memory.set("folded", !fold.open));

  let speaking;
  const say = (words) => {
    announcement = words;
    render();
    clearTimeout(speaking);
    // A live region speaks only of what changes in it once it is there; nor is it a place to read.
    speaking = setTimeout(() => {
      status.textContent = words;
      speaking = setTimeout(() => {
        announcement = status.textContent = "";
        render();
      }, 10_000);
    }, 200);
  };

  document.body.append(host);
  return {
    /** Where the focus is or, while it is in here, where it was before. */
    focused() {
      const inside = document.activeElement === host;
      return { element: inside ? cameFrom : document.activeElement, inside };
    },
    /** Takes the focus back after a reload, when there is something again that can have it. */
    awaitFocus(from) {
      awaited = true;
      cameFrom = from;
    },
    /** Shows errors and warnings, or goes if there are none. */
    findings(next) {
      findings = next;
      const counts = [...counted(next.errors, "error"), ...counted(next.warnings, "warning")].join(", ");
      parts.heading.textContent = parts.count.textContent = counts;
      parts.hint.hidden = next.errors === 0;
      const left = next.errors + next.warnings - next.list.length;
      parts.more.textContent = `And ${left} more. Mend these first.`;
      parts.more.hidden = left <= 0;
      const reading = list.contains(root.activeElement);
      list.replaceChildren(...next.list.map(frameOf));
      for (const pre of list.querySelectorAll("pre")) stops.observe(pre);
      if (next.errors === 0) memory.set("closed", null);
      if (!some()) memory.set("opened", false);
      render();
      const holder = () => (some() ? (region.hidden ? toggle : region) : cameFrom);
      if (reading || awaited) parts.styled.then(() => holder()?.focus({ preventScroll: true }));
      awaited = false;

      const errors = errorsOf(next);
      const said = memory.get("said") ?? "";
      memory.set("said", errors);
      if (errors !== said) say(errors === "" ? "Mended" : counts);
    },
    /** Leads to the plans that the published home page does not lead to. */
    plans(list, left) {
      const told = JSON.stringify([list, left]);
      if (told === links.dataset.told) return;
      links.dataset.told = told;
      const items = list.map(({ title, href, why }) => make("li", {}, make("a", { href }, title), ` (${why})`));
      if (left > 0) items.push(make("li", {}, `and ${left} more`));
      links.replaceChildren(...items);
      render();
    },
    /** Says whether the server is silent. */
    stopped(silent) {
      if (silent === Boolean(note.dataset.on)) return;
      note.dataset.on = silent ? "yes" : "";
      render();
      if (silent) say("The preview has stopped");
    },
  };
}
