// Faults of structure, links, scripts and markup.
// Each row: the check that must notice, the fault, its edit (styles, or what is done to the
// document), and how the finding begins.

export const STRUCTURE = [
  ["structure", "a second main", (document) => document.body.append(document.createElement("main")), /^landmarks: 2 times main/],
  ["structure", "a missing footer", (document) => document.querySelector("body > footer").remove(), /^landmarks: 0 times footer/],
  ["structure", "a nav without a name", (document) => {
    const nav = document.querySelector("nav");
    nav.removeAttribute("aria-labelledby");
    nav.removeAttribute("aria-label");
  }, /^nav name: a nav has no name/],
  ["structure", "a nav named navigation", (document) => {
    const nav = document.querySelector("nav");
    nav.removeAttribute("aria-labelledby");
    nav.setAttribute("aria-label", "Page navigation");
  }, /^nav name: .*says navigation twice/],
  ["structure", "a second h1", (document) => document.querySelector("main").append(document.createElement("h1")), /^h1: 2/],
  ["structure", "an h1 outside main", (document) => document.querySelector("header").append(document.querySelector("h1")), /^h1: not inside main/],
  ["structure", "a skipped level", (document) => {
    const heading = document.querySelector("#mission");
    heading.outerHTML = heading.outerHTML.replace(/h2/g, "h4");
  }, /^heading levels: .*skips/],
  ["structure", "a heading before the h1", (document) => document.querySelector("nav").prepend(document.createElement("h2")), /^heading levels: /],
  ["structure", "a missing skip link", (document) => document.body.firstElementChild.remove(), /^skip link: body does not begin/],
  ["structure", "a skip link to nowhere", (document) => document.body.firstElementChild.setAttribute("href", "#nowhere"), /^skip link: does not lead/],
  ["structure", "a main that takes no focus", (document) => document.querySelector("main").removeAttribute("tabindex"), /^skip link: main cannot/],
  ["structure", "a contents entry that says something else", (document) => {
    document.querySelector("nav a[href='#mission']").textContent = "Our mission";
  }, /^contents: "Our mission" leads to "Mission"/],
  ["structure", "a part that the contents leave out", (document) => document.querySelector("nav a[href='#mission']").remove(), /^contents: "Mission" is not listed/],
  ["structure", "a heading that takes no focus", (document) => document.querySelector("#mission").removeAttribute("tabindex"), /^contents: "Mission" cannot take/],
  ["structure", "contents behind main", (document) => document.querySelector("main").after(document.querySelector("nav")), /^contents: .*before main/],
  ["structure", "a table without caption", (document) => document.querySelector("caption").remove(), /^table: has no caption/],
  ["structure", "a table heading without scope", (document) => document.querySelector("thead th:last-child").removeAttribute("scope"), /^table: .*no scope/],
  ["structure", "a row without heading", (document) => {
    const heading = document.querySelector("tbody th");
    heading.outerHTML = heading.outerHTML.replace(/th/g, "td");
  }, /^table: a row has no heading/],
  ["structure", "a cell without column", (document) => document.querySelector("tbody tr").append(document.createElement("td")), /^table: a row has/],
  ["structure", "a table outside its scroll region", (document) => document.querySelector("[role=region]").removeAttribute("tabindex"), /^table: stands in no scroll region/],
  ["structure", "an empty link", (document) => { document.querySelector("table a").textContent = ""; }, /^link text: .* has none/],
  ["structure", "two links that say the same", (document) => {
    const [one, other] = document.querySelectorAll("table a");
    other.textContent = one.textContent;
  }, /^link text: .*two places/],
  ["structure", "an anchor that stands twice", (document) => { document.querySelector("main p").id = "mission"; }, /^anchors: #mission/],
  ["structure", "an order of focus of its own", (document) => document.querySelector("main a").setAttribute("tabindex", "3"), /^focus order: /],
  ["structure", "a missing language", (document) => document.documentElement.removeAttribute("lang"), /^lang: /],
  ["structure", "a section without heading", (document) => {
    const section = document.createElement("section");
    section.textContent = "Something more";
    document.querySelector("main").append(section);
  }, /^sections: /],
  ["structure", "a paragraph directly in a list", (document) => document.querySelector("main ul").append(document.createElement("p")), /^lists: p/],
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
