// Faults of use: the keyboard, marks, the filter, the contents, motion.
// Each row: the check that must notice, the fault, its edit (styles, or what is done to the
// document), and how the finding begins.

export const USE = [
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
  ["keyboard", "a trap", (document) => {
    document.querySelector("main a").setAttribute("onkeydown", "if (event.key === 'Tab') event.preventDefault()");
  }, /^keyboard: .*is not reached/],
  ["keyboard", "a link that Tab leaves out", (document) => document.querySelector("main a").setAttribute("tabindex", "-1"), /^keyboard: .*is not reached/],
  ["keyboard", "an order of its own", (document) => {
    const links = document.querySelectorAll("td a");
    for (const [from, to] of [[0, 2], [2, 1], [1, 3]]) {
      const address = links[to].getAttribute("href");
      const go = `document.querySelector('td a[href="${address}"]').focus()`;
      links[from].setAttribute("onkeydown", `if (event.key === 'Tab') { event.preventDefault(); ${go} }`);
    }
  }, /^keyboard: a\.code "A\.2" comes too late/],
  ["keyboard", "a stop at something that is no control", (document) => {
    document.querySelector("main p").setAttribute("contenteditable", "true");
  }, /^keyboard: .*is nothing to use/],
  ["keyboard", "a focus that is not seen", ":focus-visible { outline: none !important }", /^focus: .*outline of the kind none/],
  ["keyboard", "a focus that is thin", ":focus-visible { outline-width: 1px !important }", /^focus: .*outline of 1 px/],
  ["keyboard", "a focus that is faint", ":focus-visible { outline-color: #ccc !important }", /^focus: .*outline of 1\.\d+:1/],
  ["keyboard", "a focus that is cut off", "main li { overflow: hidden !important }", /^focus: .*outline cut off at the/],
  ["keyboard", "links that stand outside the window", "td a { position: relative !important; inset-inline-start: -99rem }", /^focus: .*out of sight/],
  ["keyboard", "a footer that lies above everything",
    "body > footer { position: fixed !important; inset: 0; margin: 0; background: #fff; z-index: 9 }", /^focus: .*is covered while it has the focus/],
  ["keyboard", "Back that does not come back", (document) => {
    document.querySelector("nav li a").setAttribute("onclick", "event.preventDefault(); location.replace(this.href)");
  }, /^contents: .* Back/],
  ["keyboard", "Tab that goes elsewhere from a heading", (document) => {
    document.querySelector("#mission").setAttribute("onkeydown", "event.preventDefault(); document.querySelector('a').focus()");
  }, /^contents: .*lets Tab go on to a\.skip/],
  ["keyboard on a phone", "contents that the keyboard cannot open", (document) => {
    document.querySelector("nav summary").setAttribute("onclick", "event.preventDefault()");
  }, /^contents: folded up/],
  ["focus in a picture", "a focus that is not seen", ":focus-visible { outline: none !important }", /^focus: .*changes 0 pixels/],
  ["focus in a picture", "a focus that is a shadow, which forced colours drop",
    ":focus-visible { outline: none !important; box-shadow: 0 0 0 4px #000 !important }", /^focus: .*changes 0 pixels/],
  ["marks", "a mark that is a symbol", (document) => { document.querySelector("li [data-priority]").textContent = "●"; }, /^mark: .*no words on the screen/],
  ["marks", "a mark that only a style sheet says", (document) => {
    const mark = document.querySelector("li [data-priority]");
    mark.dataset.words = mark.textContent;
    mark.replaceChildren();
    document.head.innerHTML += "<style>[data-words]::before { content: attr(data-words) }</style>";
  }, /^mark: .*no words without a style sheet/],
  ["marks", "marks that are not printed", "@media print { [data-priority] { display: none !important } }", /^mark: .*not there on paper/],
  ["marks", "a mark that one view lacks", (document) => document.querySelector("main li[id] [data-priority]").remove(), /^mark: .*in the table and undefined in the list/],
  ["marks", "marks without a legend", (document) => {
    for (const mark of document.querySelectorAll("[data-priority]")) if (!mark.closest("li")) mark.remove();
  }, /^mark: no legend explains "urgent"/],
  ["marks", "a draft without banner", (document) => {
    for (const banner of document.querySelectorAll("body > header > .banner, body > header .banner")) banner.remove();
  }, /^banner: no words say that this is a draft on the screen/],
  ["marks", "a banner that is not printed", "@media print { header .banner { display: none !important } }", /^banner: .*on paper/],
  ["marks", "a bar without name and value", (document) => {
    document.querySelector("main").append(document.createElement("progress"));
  }, /^mark: progress has no name/],
  ["marks", "a bar that hides its value", (document) => {
    document.querySelector("main").innerHTML += '<p><label>Half <meter value="0.5"></meter></label></p>';
  }, /^mark: meter does not show its value/],
  ["marks", "an insertion that only looks like one", (document) => {
    document.querySelector("main").innerHTML += "<p>More <ins>words</ins></p>";
  }, /^mark: .*does not say what it is/],
  ["filter", "marks without a filter", (document) => document.getElementById("list/filter").remove(), /^filter: there is none/],
  ["filter", "a filter that the keyboard cannot set", (document) => {
    document.getElementById("list/filter").setAttribute("onclick", "event.preventDefault()");
  }, /^filter: the keyboard does not set it/],
  ["filter", "a filter that hides everything", "body:has(input:checked) main li[id] { display: none !important }", /^filter: hides .*which has a mark/],
  ["filter", "a filter that hides nothing", "main li[id] { display: list-item !important }", /^filter: shows .*which has no mark/],
  ["filter", "a filter that is on before it is set", "main li[id]:not(:has([data-priority])) { display: none !important }", /^filter: hides .*before it is set/],
  ["filter", "a filter that hides where a link leads",
    "main li:target:not(:has([data-priority])) { display: none !important }", /^filter: hides #.*from a link/],
  ["filter", "a count that a link makes wrong", ".list li:target { display: list-item !important }", /^filter: says .* where a link has led/],
  ["filter", "a filter without marks", (document) => {
    for (const mark of document.querySelectorAll("[data-priority]")) mark.remove();
  }, /^filter: the plan has no marks to filter by/],
  ["filter", "a filter that paper keeps",
    "@media print { body:has(input:checked) li[id]:not(:has([data-priority])) { display: none !important } }", /^filter: keeps .*from paper/],
  ["filter", "a filter that gives nothing back", (document) => {
    document.getElementById("list/filter").setAttribute("oninput", "document.body.classList.add('once')");
    document.head.innerHTML += "<style>@media screen { .once li[id]:not(:has([data-priority], :target)) { display: none !important } }</style>";
  }, /^filter: does not give .* back/],
  ["filter", "a count that no live region says", (document) => document.getElementById("list/shown").removeAttribute("role"), /^filter: no live region/],
  ["filter", "a count that never changes", (document) => {
    document.getElementById("list/shown").outerHTML = '<p role="status" id="list/shown">All are shown.</p>';
  }, /^filter: still says "All are shown\."/],
  ["filter", "a count that is wrong", (document) => {
    document.getElementById("list/shown").outerHTML = '<p role="status" id="list/shown"></p>';
    document.getElementById("list/filter").setAttribute(
      "oninput",
      "document.getElementById('list/shown').textContent = this.checked ? '3000 are shown' : ''",
    );
  }, /^filter: says "3000 are shown" where/],
  ["current section", "contents that know no current section", (document) => {
    for (const script of document.querySelectorAll("script")) script.remove();
  }, /^current: none, while /],
  ["current section", "a current section that differs by colour alone",
    "nav a, nav li, nav a::before, nav a::after { font: inherit !important; border: 0 !important; text-decoration: none !important; content: none !important }",
    /^current: differs .*by colour alone/],
  ["current section", "two current sections", (document) => {
    document.body.insertAdjacentHTML("beforeend", `<script>
      for (const link of [...document.querySelectorAll("nav li a")].slice(0, 2))
        setInterval(() => link.setAttribute("aria-current", "true"), 10);
    </script>`);
  }, /^current: \d sections at once/],
  ["current section", "a current section that is set again and again", (document) => {
    document.body.insertAdjacentHTML("beforeend", `<script>
      addEventListener("scroll", () => {
        const link = document.querySelector("nav [aria-current]");
        link?.setAttribute("aria-current", link.getAttribute("aria-current"));
      });
    </script>`);
  }, /^current: set again \d+ times/],
  ["current section", "a current section that is the wrong one", (document) => {
    for (const link of document.querySelectorAll("nav li a")) link.after(link.cloneNode(true));
  }, /^current: .* where .* leads$/],
  ["motion", "smooth scrolling", "html { scroll-behavior: smooth !important }", /^motion: html scrolls smoothly/],
  ["motion", "a transition", "a { transition: color 1s !important }", /^motion: a.* has a transition/],
  ["motion", "an animation", "h1 { animation: fade 1s infinite } @keyframes fade { to { opacity: 0.9 } }", /^motion: h1 is animated/],
  ["motion", "a link that scrolls slowly", (document) => {
    for (const link of document.querySelectorAll("a[href^='#']")) {
      link.setAttribute("onclick", "event.preventDefault(); document.querySelector('footer').scrollIntoView({ behavior: 'smooth' })");
    }
  }, /^motion: a link within the page/],
];
