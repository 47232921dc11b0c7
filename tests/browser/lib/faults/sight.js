// Faults of what is seen: colours, room, targets; and of what is heard instead.
// Each row: the check that must notice, the fault, its edit (styles, or what is done to the
// document), and how the finding begins.

export const SIGHT = [
  ["axe", "an image without alternative text", (document) => {
    const image = document.createElement("img");
    image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
    document.querySelector("main").append(image);
  }, /^image-alt: /],
  ["axe", "text below 7:1", (document) => {
    const words = document.querySelector("#mission").parentElement.querySelector("p");
    words.setAttribute("style", "color: #777; background: #fff");
  }, /^color-contrast-enhanced: /],
  ["axe", "a missing title", (document) => document.querySelector("title").remove(), /^document-title: /],
  ["axe", "text outside the landmarks", (document) => {
    const aside = document.createElement("div");
    aside.textContent = "Somewhere else";
    document.body.append(aside);
  }, /^region: /],
  ["axe", "a list item without a list", (document) => {
    document.querySelector("main").append(document.createElement("li"));
  }, /^listitem: /],
  ["axe in the dark", "text that fades in the dark only", (document) => {
    const style = document.createElement("style");
    style.textContent = "@media (prefers-color-scheme: dark) { main p { color: #555 !important; background: #111 !important } }";
    document.head.append(style);
  }, /^color-contrast/],
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
  ["reflow", "text that is cut off", "main section { max-block-size: 3rem; overflow: hidden }", /^reflow: .*is cut off as it is/],
  ["reflow", "a box too low for wide text",
    "#mission { block-size: 1.25em !important; line-height: 1.25; overflow: hidden; padding: 0 !important }",
    /^reflow: .*is cut off with wide text spacing/],
  ["reflow", "text upon text", "#vision { block-size: 0 !important; margin: 0 !important; padding: 0 !important }", /^reflow: .*overlap as it is/],
  ["reflow", "text of a fixed size", "main p { font-size: 16px !important }", /^text size: p.*16 px grow 1\.00 times/],
  ["reflow in a small window", "words that a small window does not get",
    "@media (max-width: 40rem) { #mission { display: none } }", /^reflow: "Mission" is lost/],
  ["lines", "lines without a measure", "main, main * { max-inline-size: none !important } main p { font-size: 0.7rem !important }", /^lines: .*more than 80/],
  ["lines", "justified text", "main p { text-align: justify !important }", /^lines: .*is justified/],
  ["caption", "a caption that scrolls away", "caption, caption * { position: static !important }", /^caption: /],
  ["contrast", "text below 7:1", "main p { color: #666 !important; background: #fff !important }", /^contrast: p.*text 5\.74:1, #666666 on #ffffff$/],
  ["contrast", "text that is half transparent", "main p { opacity: 0.6 }", /^contrast: p.* text /],
  ["contrast", "text on a picture", "main p { background: url(data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=) }",
    /^contrast: .*stands on a picture/],
  ["contrast", "text on a gradient that ends too dark", "main p { background: linear-gradient(#fff, #999) !important }", /^contrast: p.* on #999999/],
  ["contrast", "links that fade under the pointer", "a:hover { color: #767676 !important }", /^contrast: a.*text.*under the pointer/],
  ["contrast", "links that fade while pressed", "a:active { color: #767676 !important }", /^contrast: a.*text.*while pressed/],
  ["contrast", "numbers that are too faint",
    "main ol > li { display: list-item; list-style: decimal } main ol > li::marker { color: #767676 }", /^contrast: li.*::marker/],
  ["contrast", "added words that are too faint", "#vision::after { content: ' (new)'; color: #767676 }", /^contrast: h2.*::after/],
  ["contrast", "a table whose lines are too faint", "th, td { border: 1px solid #ccc !important }", /^border: t[dh]: 1\.\d+:1/],
  ["contrast", "a checkbox whose edge is too faint", (document) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.setAttribute("style", "appearance: none; inline-size: 44px; block-size: 44px; border: 2px solid #ccc; background: #fff");
    document.querySelector("main").append(box);
  }, /^control: .*its edge has 1\.\d+:1/],
  ["targets", "links that are too low", "nav a { min-block-size: 0 !important; padding: 0 !important }", /^target: a .* px$/],
  ["targets", "codes that are too small",
    ".code { min-block-size: 0 !important; min-inline-size: 0 !important; padding: 0 !important; margin: 0 !important }", /^target: a\.code .* px$/],
  ["targets", "targets that overlap", ".code { padding: 2rem !important; margin: -2rem !important }", /^target: .* overlap by /],
  ["targets", "something unseen above a target",
    "td li { position: relative } td li::after { content: ''; position: absolute; inset: -2rem; z-index: 9 }", /^target: a\.code.* gives its top to /],
  ["tree", "a table that is none to a screen reader", (document) => document.querySelector("table").setAttribute("role", "presentation"), /^tree: 1 times table/],
  ["tree", "a table that is drawn as none", "td { display: block !important }", /^tree: td is drawn as block/],
  ["tree", "lists that Safari does not hear", "main :is(ul, ol) { list-style: none !important }", /^tree: .*no list in Safari/],
  ["tree", "a heading that is not heard", (document) => document.querySelector("#mission").setAttribute("aria-hidden", "true"), /^tree: .*heard as heading/],
  ["tree", "a region without a name", (document) => document.querySelector("[role=region]").removeAttribute("aria-labelledby"), /^tree: /],
  ["tree", "two links with one name", (document) => {
    for (const link of document.querySelectorAll("nav li a")) link.setAttribute("aria-label", "A part");
  }, /^tree: two links named "A part"/],
  ["tree", "a link without a name", (document) => document.querySelector("main a").replaceChildren(), /^tree: 1 of the kind link/],
];
