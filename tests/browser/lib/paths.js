// A published folder as a reader goes through it, from page to page: what does not load, which
// link leads nowhere, which anchor does not come into view.

/** Hands a window to `look`, with what failed to load in it. */
export async function walkIn(browser, look) {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  try {
    const failed = [];
    context.on("requestfailed", (request) => {
      // What is cut short by going on to the next page is no failure.
      if (request.failure()?.errorText !== "net::ERR_ABORTED") failed.push(`does not load: ${request.url()}`);
    });
    context.on("weberror", (error) => failed.push(`script error: ${error.error().message}`));
    context.on("response", (response) => {
      if (response.status() >= 400) failed.push(`${response.status()}: ${response.url()}`);
    });
    return await look(context, failed);
  } finally {
    await context.close();
  }
}

/**
 * Goes from the page at `start` to every page below `base` that links lead to, and to each
 * anchor. Gives the addresses of the pages and what is wrong, one line each. A page loads twice at most.
 */
export async function pathFindings(browser, base, start, others = []) {
  const findings = [];
  // By page: the anchors that links lead to, and whether the page was read.
  const wanted = new Map();
  const pages = [];
  const note = (address) => {
    const [page, anchor] = address.split("#");
    if (!wanted.has(page)) wanted.set(page, new Set());
    if (anchor) wanted.get(page).add(anchor);
  };
  const blame = (address, faults) => findings.push(...faults.map((fault) => `${address}: ${fault}`));
  [start, ...others].forEach(note);
  await walkIn(browser, async (window, failed) => {
    // A page of its own for each: after one that is not there, the next would be interrupted.
    const visit = async (address, look) => {
      const page = await window.newPage();
      try {
        await page.goto(address, { waitUntil: "load" });
      } catch {
        return blame(address, ["leads nowhere"]);
      }
      await look(page);
      await page.close();
    };
    // The walk adds to the map while it goes through it.
    for (const address of wanted.keys()) {
      failed.length = 0;
      // To go to a file of another kind would be a download.
      if (!/(\/|\.html)$/.test(address)) {
        await visit(start, async (page) => {
          if (!(await page.evaluate(existsBeside, address))) blame(address, ["leads nowhere"]);
        });
        continue;
      }
      await visit(address, async (page) => {
        const here = await page.evaluate(readPage);
        pages.push(address);
        blame(address, [...failed, ...here.faults]);
        here.links.filter((link) => link.startsWith(base)).forEach(note);
        const out = here.links.filter((link) => !link.startsWith(base) && !/^(https?|mailto|tel):/.test(link));
        blame(address, out.map((link) => `leads out of the folder: ${link}`));
      });
    }
    for (const address of pages) {
      const [first, ...more] = wanted.get(address);
      if (first === undefined) continue;
      // One comes with the page, as from another one; the rest, as from the page itself.
      await visit(`${address}#${first}`, async (page) => blame(address, await page.evaluate(outOfView, [first, ...more])));
    }
  });
  return { findings, pages };
}

// Runs in the browser: what the page names, and what of it did not arrive.
function readPage() {
  const faults = [];
  const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent");
  if (!document.querySelector("main")) faults.push("is no page of the site");
  if (accent.trim() === "") faults.push("is not styled");
  for (const image of document.images) {
    if (!image.complete || image.naturalWidth === 0) faults.push(`shows no image: ${image.src}`);
  }
  const links = [...document.querySelectorAll("a[href], area[href]")].map((link) => link.href);
  return { faults, links: [...new Set(links)] };
}

// Runs in the browser: whether a file that is no page is there. On a disk, only an element may ask.
function existsBeside(address) {
  return new Promise((resolve) => {
    const asking = document.createElement("link");
    asking.rel = "stylesheet";
    asking.href = address;
    asking.onload = () => resolve(true);
    asking.onerror = () => resolve(false);
    document.head.append(asking);
  });
}

// Runs in the browser: goes to each anchor, and says which ones do not come into view.
async function outOfView(anchors) {
  const faults = [];
  for (const anchor of anchors) {
    if (location.hash !== `#${anchor}`) location.hash = anchor;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const target = document.querySelector(":target");
    if (!target || target.id !== decodeURIComponent(anchor)) {
      faults.push(`has no #${anchor}`);
      continue;
    }
    const { top } = target.getBoundingClientRect();
    const lowest = innerHeight - 1;
    if (top < -1 || top > lowest) faults.push(`does not show #${anchor}: it is at ${Math.round(top)} px`);
  }
  return faults;
}
