// The structure that every page must have, as far as a machine sees it. Each finding is
// one line that begins with the name of its rule.

/** What is wrong with the structure of an open page. */
export function structureFindings(page) {
  return page.evaluate(inspect);
}

// Runs in the browser.
function inspect() {
  const findings = [];
  const found = (rule, ...words) => findings.push(`${rule}: ${words.join(" ")}`);
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const labelOf = (element) => {
    const ids = element.getAttribute("aria-labelledby");
    if (!ids) return (element.getAttribute("aria-label") ?? "").trim();
    const named = ids.split(/\s+/).map((id) => document.getElementById(id));
    return named.map((label) => (label ? text(label) : "")).join(" ").trim();
  };
  const main = document.querySelector("main");

  // Language and direction (WCAG 3.1.1).
  for (const attribute of ["lang", "dir"]) {
    if (!document.documentElement.getAttribute(attribute)) found(attribute, "html has none");
  }

  // Landmarks.
  const sectioning = "article, aside, main, nav, section";
  for (const name of ["header", "main", "footer"]) {
    const landmarks = all(name).filter((element) => !element.parentElement.closest(sectioning));
    if (landmarks.length !== 1) found("landmarks", `${landmarks.length} times ${name}`);
  }
  const names = new Set();
  for (const nav of all("nav")) {
    const name = labelOf(nav);
    if (!name) found("nav name", "a nav has no name");
    if (/navigation/i.test(name)) found("nav name", `"${name}" says navigation twice`);
    if (names.has(name)) found("nav name", `two navs are named "${name}"`);
    names.add(name);
  }

  // Headings (WCAG 1.3.1, 2.4.10).
  const headings = all("h1, h2, h3, h4, h5, h6");
  const first = all("h1");
  if (first.length !== 1) found("h1", `${first.length} of them`);
  if (first[0] && !main?.contains(first[0])) found("h1", "not inside main");
  let above = 0;
  for (const heading of headings) {
    const level = Number(heading.localName[1]);
    if (level > above + 1) found("heading levels", `"${text(heading)}" skips from ${above} to ${level}`);
    if (!text(heading)) found("heading text", "an empty heading");
    above = level;
  }

  for (const section of all("main section")) {
    const heading = section.querySelector("h1, h2, h3, h4, h5, h6");
    if (!heading || heading.closest("section") !== section) found("sections", `"${text(section).slice(0, 40)}" has no heading`);
  }

  // The skip link (WCAG 2.4.1).
  const skip = document.body.firstElementChild;
  if (!skip?.matches("a[href^='#']")) found("skip link", "body does not begin with one");
  else if (document.getElementById(skip.hash.slice(1)) !== main) found("skip link", "does not lead to main");
  if (main?.getAttribute("tabindex") !== "-1") found("skip link", "main cannot take the focus");

  // The contents box: before main, every entry says what its heading says (WCAG 2.4.6, 2.4.9).
  for (const link of all("nav a[href^='#']")) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) {
      found("contents", `"${text(link)}" leads nowhere`);
      continue;
    }
    if (!/^h[1-6]$/.test(target.localName)) found("contents", `"${text(link)}" leads to no heading`);
    if (text(link) !== text(target)) found("contents", `"${text(link)}" leads to "${text(target)}"`);
    if (target.getAttribute("tabindex") !== "-1") found("contents", `"${text(target)}" cannot take the focus`);
    const before = link.compareDocumentPosition(main) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!before) found("contents", `"${text(link)}" does not stand before main`);
  }
  const parts = all("main section > h2[id]");
  const listed = all("nav a[href^='#']").map((link) => decodeURIComponent(link.hash.slice(1)));
  for (const part of parts) {
    if (!listed.includes(part.id)) found("contents", `"${text(part)}" is not listed`);
  }

  // Tables (WCAG 1.3.1) and their scroll regions (2.1.1). One in prose has no caption, and is named by
  // the headings of its columns.
  for (const table of all("table")) {
    if (table.closest(".prose, .letter")) {
      const frame = table.closest("[role=region][aria-label]");
      if (frame?.tabIndex !== 0 || !table.tHead) found("table", "stands in prose without a frame that has a name");
      continue;
    }
    const caption = table.querySelector(":scope > caption");
    if (!caption || !text(caption)) found("table", "has no caption");
    if (!table.tHead) found("table", "has no thead");
    for (const header of all("th", table)) {
      if (!["col", "row"].includes(header.getAttribute("scope"))) found("table", `"${text(header)}" has no scope`);
    }
    const columns = [...(table.tHead?.rows[0]?.cells ?? [])];
    for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
      if (row.cells.length !== columns.length) found("table", `a row has ${row.cells.length} cells under ${columns.length} headings`);
      if (!row.cells[0]?.matches("th[scope=row]")) found("table", "a row has no heading");
      for (const cell of [...row.cells].slice(1)) {
        if (!columns[cell.cellIndex]?.matches("th[scope=col]")) found("table", `"${text(cell).slice(0, 40)}" has no column heading`);
      }
    }
    const region = table.closest("[role=region]");
    const label = document.getElementById(region?.getAttribute("aria-labelledby"));
    const labelled = caption?.contains(label) && text(label) === text(caption);
    if (region?.tabIndex !== 0 || !labelled) found("table", "stands in no scroll region that its caption names");
  }

  // Links: none empty, and no two in main that say the same and lead elsewhere (WCAG 2.4.9).
  const leads = new Map();
  for (const link of all("a[href]")) {
    const name = link.getAttribute("aria-label") ?? text(link);
    if (!name && !link.querySelector("img[alt]:not([alt=''])")) found("link text", `${link.getAttribute("href")} has none`);
    if (!main?.contains(link)) continue;
    if (leads.has(name) && leads.get(name) !== link.href) found("link text", `"${name}" leads to two places`);
    leads.set(name, link.href);
  }

  // Anchors: unique, and nothing but the natural order of focus.
  const ids = new Set();
  for (const { id } of all("[id]")) {
    if (ids.has(id)) found("anchors", `#${id} stands twice`);
    ids.add(id);
  }
  for (const element of all("[tabindex]")) {
    if (element.tabIndex > 0) found("focus order", `tabindex ${element.tabIndex}`);
  }
  for (const list of all("ul, ol")) {
    const stray = [...list.children].find((child) => !child.matches("li, script, template"));
    if (stray) found("lists", `${stray.localName} directly in a list`);
  }
  return findings;
}
