// What the page is to someone who cannot see it: the accessibility tree that Chromium hands to
// screen readers, held against the document that it was made from.

import { lookWith } from "./eyes.js";

/** Where the tree has lost something, or two things have one name. */
export async function treeFindings(page) {
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const read = nodes.filter(({ ignored }) => !ignored).map(readNode);
    return [...(await countFindings(page, read)), ...nameFindings(read, await page.evaluate(() => location.href))];
  } finally {
    await session.detach();
  }
}

function readNode({ role, name, properties = [] }) {
  const values = Object.fromEntries(properties.map(({ name, value }) => [name, value.value]));
  return { ...values, role: role?.value, name: (name?.value ?? "").replace(/\s+/g, " ").trim() };
}

// Every element that says what it is must be that to a screen reader as well; a style can take it.
const ROLES = {
  table: "table",
  row: "tr",
  columnheader: "th[scope=col]",
  rowheader: "th[scope=row]",
  list: "ul, ol",
  listitem: "li",
  heading: "h1, h2, h3, h4, h5, h6",
  banner: "body > header",
  main: "main",
  contentinfo: "body > footer",
  navigation: "nav",
  region: "[role=region]",
  status: "[role=status]",
  checkbox: "input[type=checkbox]",
};

async function countFindings(page, tree) {
  const counted = await lookWith(page, (eyes, roles) =>
    Object.fromEntries(Object.entries(roles).map(([role, css]) => {
      const there = eyes.all(css).filter((element) => element.checkVisibility({ visibilityProperty: true }));
      return [role, there.length];
    })), ROLES);
  const findings = [];
  for (const [role, count] of Object.entries(counted)) {
    const heard = tree.filter((node) => node.role === role).length;
    if (heard !== count) findings.push(`tree: ${count} times ${ROLES[role]}, of which ${heard} are heard as ${role}`);
  }
  return [...findings, ...(await lookWith(page, plainLists)), ...(await lookWith(page, plainTables))];
}

// Runs in the browser. Some browsers hear no table in what is not drawn as one.
function plainTables(eyes) {
  const drawn = { TABLE: "table", THEAD: "table-header-group", TBODY: "table-row-group", TR: "table-row", TH: "table-cell", TD: "table-cell", CAPTION: "table-caption" };
  const parts = eyes.all("table, table :is(thead, tbody, tr, th, td, caption)");
  const other = parts.filter((part) => getComputedStyle(part).display !== drawn[part.tagName]);
  return [...new Set(other.map((part) => `tree: ${part.localName} is drawn as ${getComputedStyle(part).display}`))];
}

// Runs in the browser. Safari takes "none" for a sign that a list is none.
function plainLists(eyes) {
  return eyes.all("ul, ol").flatMap((list) => {
    const kept = list.getAttribute("role") === "list";
    const item = list.querySelector(":scope > li") ?? list;
    const none = [list, item].some((element) => getComputedStyle(element).listStyleType === "none");
    return none && !kept ? [`tree: ${eyes.name(list)} is no list in Safari: list-style none`] : [];
  });
}

function nameFindings(tree, address) {
  const findings = [];
  for (const role of ["navigation", "region", "heading", "link", "checkbox", "progressbar", "meter"]) {
    const nameless = tree.filter((node) => node.role === role && node.name === "").length;
    if (nameless > 0) findings.push(`tree: ${nameless} of the kind ${role} have no name`);
  }
  const regions = tree.filter(({ role }) => role === "region" || role === "navigation").map(({ name }) => name);
  for (const name of new Set(regions)) {
    if (regions.filter((one) => one === name).length > 1) findings.push(`tree: two landmarks are named "${name}"`);
  }
  const leads = new Map();
  for (const { name, url } of tree.filter(({ role }) => role === "link")) {
    const target = url ? new URL(url, address).href : "";
    if (leads.has(name) && leads.get(name) !== target) findings.push(`tree: two links named "${name}" lead to different places`);
    leads.set(name, target);
  }
  return findings;
}
