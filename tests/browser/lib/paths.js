// A published folder as a reader goes through it, from page to page: what does not load, which
// link leads nowhere, which anchor does not come into view.

/** Opens a page in a window of its own and hands it to `look`, with what failed to load. */
export async function walkIn(browser, look) {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  try {
    const page = await context.newPage();
    const failed = [];
    page.on("requestfailed", (request) => failed.push(`does not load: ${request.url()}`));
    page.on("pageerror", (error) => failed.push(`script error: ${error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 400) failed.push(`${response.status()}: ${response.url()}`);
    });
    return await look(page, failed);
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
  const anchors = new Map();
  const note = (address) => {
    const [page, anchor] = address.split("#");
    if (!anchors.has(page)) anchors.set(page, new Set());
    if (anchor) anchors.get(page).add(anchor);
  };
  const seen = new Map();
  await walkIn(browser, async (page, failed) => {
    for (const first of [start, ...others]) note(first);
    const next = () => [...anchors.keys()].find((address) => !seen.has(address));
    for (let address = next(); address; address = next()) {
      failed.length = 0;
      // To go to a file of another kind would be a download.
      if (!/(\/|\.html)$/.test(address)) {
        seen.set(address, null);
        const found = await page.evaluate(existsBeside, address);
        if (!found) findings.push(`${address}: leads nowhere`);
        continue;
      }
      const answer = await page.goto(address, { waitUntil: "load" }).catch((error) => error);
      if (answer instanceof Error) {
        seen.set(address, null);
        findings.push(`${address}: leads nowhere`);
        continue;
      }
      const here = await page.evaluate(readPage);
      seen.set(address, here.ids);
      findings.push(...[...failed, ...here.faults].map((fault) => `${address}: ${fault}`));
      for (const link of here.links) {
        if (link.startsWith(base)) note(link);
        else if (!/^(https?|mailto|tel):/.test(link)) findings.push(`${address}: leads out of the folder: ${link}`);
      }
    }
    for (const [address, wanted] of anchors) {
      const ids = seen.get(address);
      if (!ids || wanted.size === 0) continue;
      const [first, ...more] = wanted;
      // One comes with the page, as from another one; the rest, as from the page itself.
      const other = await page.context().newPage();
      await other.goto(`${address}#${first}`, { waitUntil: "load" });
      const faults = await other.evaluate(outOfView, [first, ...more]);
      findings.push(...faults.map((fault) => `${address}: ${fault}`));
      await other.close();
    }
  });
  return { findings, pages: [...seen].filter(([, ids]) => ids).map(([address]) => address) };
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
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return { faults, links: [...new Set(links)], ids };
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
