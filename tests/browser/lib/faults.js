// Faults to plant in a published plan page. Each edit runs in a browser on the page's document and
// stands on its own: it sees nothing of this file.

const structure = [
  ["a second main", (document) => document.body.append(document.createElement("main")), /^landmarks: 2 times main/],
  ["a missing footer", (document) => document.querySelector("body > footer").remove(), /^landmarks: 0 times footer/],
  ["a nav without a name", (document) => {
    const nav = document.querySelector("nav");
    nav.removeAttribute("aria-labelledby");
    nav.removeAttribute("aria-label");
  }, /^nav name: a nav has no name/],
  ["a nav named navigation", (document) => {
    const nav = document.querySelector("nav");
    nav.removeAttribute("aria-labelledby");
    nav.setAttribute("aria-label", "Page navigation");
  }, /^nav name: .*says navigation twice/],
  ["a second h1", (document) => document.querySelector("main").append(document.createElement("h1")), /^h1: 2/],
  ["an h1 outside main", (document) => document.querySelector("header").append(document.querySelector("h1")), /^h1: not inside main/],
  ["a skipped level", (document) => {
    const heading = document.querySelector("#mission");
    heading.outerHTML = heading.outerHTML.replace(/h2/g, "h4");
  }, /^heading levels: .*skips/],
  ["a heading before the h1", (document) => document.querySelector("nav").prepend(document.createElement("h2")), /^heading levels: /],
  ["a missing skip link", (document) => document.body.firstElementChild.remove(), /^skip link: body does not begin/],
  ["a skip link to nowhere", (document) => document.body.firstElementChild.setAttribute("href", "#nowhere"), /^skip link: does not lead/],
  ["a main that takes no focus", (document) => document.querySelector("main").removeAttribute("tabindex"), /^skip link: main cannot/],
  ["a contents entry that says something else", (document) => {
    document.querySelector("nav a[href='#mission']").textContent = "Our mission";
  }, /^contents: "Our mission" leads to "Mission"/],
  ["a part that the contents leave out", (document) => document.querySelector("nav a[href='#mission']").remove(), /^contents: "Mission" is not listed/],
  ["a heading that takes no focus", (document) => document.querySelector("#mission").removeAttribute("tabindex"), /^contents: "Mission" cannot take/],
  ["contents behind main", (document) => document.querySelector("main").after(document.querySelector("nav")), /^contents: .*before main/],
  ["a table without caption", (document) => document.querySelector("caption").remove(), /^table: has no caption/],
  ["a table heading without scope", (document) => document.querySelector("thead th:last-child").removeAttribute("scope"), /^table: .*no scope/],
  ["a row without heading", (document) => {
    const heading = document.querySelector("tbody th");
    heading.outerHTML = heading.outerHTML.replace(/th/g, "td");
  }, /^table: a row has no heading/],
  ["a cell without column", (document) => document.querySelector("tbody tr").append(document.createElement("td")), /^table: a row has/],
  ["a table outside its scroll region", (document) => document.querySelector("[role=region]").removeAttribute("tabindex"), /^table: stands in no scroll region/],
  ["an empty link", (document) => { document.querySelector("table a").textContent = ""; }, /^link text: .* has none/],
  ["two links that say the same", (document) => {
    const [one, other] = document.querySelectorAll("table a");
    other.textContent = one.textContent;
  }, /^link text: .*two places/],
  ["an anchor that stands twice", (document) => { document.querySelector("main p").id = "mission"; }, /^anchors: #mission/],
  ["an order of focus of its own", (document) => document.querySelector("main a").setAttribute("tabindex", "3"), /^focus order: /],
  ["a missing language", (document) => document.documentElement.removeAttribute("lang"), /^lang: /],
  ["a paragraph directly in a list", (document) => document.querySelector("main ul").append(document.createElement("p")), /^lists: p/],
];

const axe = [
  ["an image without alternative text", (document) => {
    const image = document.createElement("img");
    image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
    document.querySelector("main").append(image);
  }, /^image-alt: /],
  ["text below 7:1", (document) => {
    const words = document.querySelector("#mission").parentElement.querySelector("p");
    words.setAttribute("style", "color: #666; background: #fff");
  }, /^color-contrast-enhanced: /],
  ["a missing title", (document) => document.querySelector("title").remove(), /^document-title: /],
  ["text outside the landmarks", (document) => {
    const aside = document.createElement("div");
    aside.textContent = "Somewhere else";
    document.body.append(aside);
  }, /^region: /],
  ["a list item without a list", (document) => {
    document.querySelector("main").append(document.createElement("li"));
  }, /^listitem: /],
];

const behaviour = [
  ["axe in the dark", "text that fades in the dark only", (document) => {
    const style = document.createElement("style");
    style.textContent = "@media (prefers-color-scheme: dark) { main p { color: #555 !important; background: #111 !important } }";
    document.head.append(style);
  }, /^color-contrast/],
  ["keyboard", "a skip link that is never seen", (document) => {
    document.body.firstElementChild.setAttribute("style", "position: absolute !important; left: -99rem !important");
  }, /^skip link: not seen/],
  ["keyboard", "something before the skip link", (document) => {
    document.body.firstElementChild.before(document.createElement("button"));
  }, /^skip link: Tab reaches/],
  ["keyboard", "a main that takes no focus", (document) => {
    document.querySelector("main").removeAttribute("tabindex");
  }, /^skip link: main does not/],
  ["keyboard", "a heading that takes no focus", (document) => {
    document.querySelector("#vision").removeAttribute("tabindex");
  }, /^contents: .*does not take the focus/],
  ["keyboard", "a header that covers headings", (document) => {
    document.querySelector("body > header").setAttribute(
      "style",
      "position: fixed; inset: 0 0 auto 0; block-size: 12rem; z-index: 9; background: #fff",
    );
  }, /^contents: .*is covered/],
  ["reflow", "something wider than a phone", (document) => {
    document.querySelector("main p").setAttribute("style", "inline-size: 700px; max-inline-size: none");
  }, /^reflow: .*as it is/],
  ["reflow", "text that cannot grow", (document) => {
    const line = document.createElement("p");
    line.textContent = "Four words fit this line";
    line.setAttribute(
      "style",
      "position: absolute; inset-inline-start: 0; inline-size: max-content; font: 20px monospace",
    );
    document.querySelector("main").prepend(line);
  }, /^reflow: .*wide text spacing/],
  ["quiet", "a script that fails", (document) => {
    const script = document.createElement("script");
    script.textContent = "nothing.there()";
    document.body.append(script);
  }, /^script error: /],
  ["quiet", "something from another host", (document) => {
    const image = document.createElement("img");
    image.src = "https://elsewhere.invalid/x.png";
    image.alt = "";
    document.body.append(image);
  }, /^request to another host: /],
  ["quiet", "a file that is not there", (document) => {
    const image = document.createElement("img");
    image.setAttribute("src", "gone.png");
    image.alt = "";
    document.body.append(image);
  }, /^404: /],
  ["scripts", "words that only a script adds", (document) => {
    const script = document.createElement("script");
    script.textContent = "document.querySelector('main').append('More.')";
    document.body.append(script);
  }, /^scripts: /],
  ["links", "a link to nowhere", (document) => {
    document.querySelector("main a").setAttribute("href", "../gone/");
  }, /gone\/: leads nowhere/],
  ["links", "a link to an anchor that is not there", (document) => {
    document.querySelector("main a").setAttribute("href", "../alcts-2006-2011/#gone");
  }, /#gone: leads to an anchor/],
  ["links", "a link that is not relative", (document) => {
    document.querySelector("main a").setAttribute("href", "/ala-2025/");
  }, /is not relative/],
  ["links", "a scheme that no page may have", (document) => {
    document.querySelector("main a").setAttribute("href", "javascript:void 0");
  }, /has a scheme/],
  ["nu", "an element where it may not stand", (document) => {
    document.querySelector("main ul").append(document.createElement("p"));
  }, /^error: ala-2025\/index\.html:/],
  ["nu", "a needless role", (document) => {
    document.querySelector("main").setAttribute("role", "main");
  }, /^warning: ala-2025\/index\.html:.*role/],
];

/** Which check must notice which fault, planted by which edit, in which words. */
export const FAULTS = [
  ...structure.map((row) => ["structure", ...row]),
  ...axe.map((row) => ["axe", ...row]),
  ...behaviour,
].map(([check, fault, edit, says]) => ({ check, fault, edit, says }));
