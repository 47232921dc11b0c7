// Faults of the page on paper.
// Each row: the check that must notice, the fault, its edit (styles, or what is done to the
// document), and how the finding begins.

export const PAPER = [
  ["a plan that takes too many sheets", "main p { line-height: 6 !important }", /^print: \d+ pages, and at most 4/],
  ["navigation on paper", "@media print { nav, nav * { display: block !important } }", /^print: "On this page" leads nowhere/],
  ["a matrix that stands upright", "* { page: auto !important }", /^print: the matrix does not lie/],
  ["a dark page", "@media print { html { background: #222 !important; color: #fff !important } }", /^print: page \d is not white/],
  ["grey text", "@media print { main p { color: #777 !important } }", /^print: p.* is #777777, not black/],
  ["text in a coloured box", "@media print { main p { background: #ddd !important } }", /^print: p.* stands on #dddddd/],
  ["a scroll box that cuts off", "@media print { [role=region] { overflow: hidden !important; block-size: 3rem } }", /^print: ".*" stands \d+ times on the page/],
  ["a heading without its text", "#vision + * { break-before: page !important }", /^print: "Vision" ends page 1/],
  ["links without their addresses", "a::after, a::before { content: none !important }", /^print: the address https:\/\/www\.ala\.org/],
  ["a table header that is not repeated",
    "thead { display: table-row-group !important } @media print { td li { margin-block-end: 8rem !important } }", /^print: page \d lacks ".*" in the heading row/],
  ["a blank page", "@media print { footer { display: block !important; break-before: page; visibility: hidden; block-size: 1px } }", /^print: page \d+ is blank/],
].map((row) => ["print", ...row]);
