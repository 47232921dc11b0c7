// Follows the site while it is edited: asks the server how things stand, and changes the page with
// as little stir as the change allows.

const PAUSE = 300;
const LONGEST_PAUSE = 2000;

const script = document.currentScript;
const route = (path) => new URL(path, script.src);
const panel = makePanel(route("preview.css"));

// What the server writes for the digests of a page that is not there.
const NOWHERE = "none";
// The digests of the page as it stands here.
let { page = NOWHERE, content = NOWHERE } = script.dataset;
// What the server said last: which run of it, which findings were shown, when plans were asked for.
let run = null;
let shown = null;
let plansAt = -Infinity;
let leaving = false;

const get = (address) => fetch(address, { cache: "no-store", signal: AbortSignal.timeout(10_000) });

async function ask(path) {
  const response = await get(route(path));
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

/** Loads the page again. `place` is for the page that comes. */
function reload(place) {
  leaving = true;
  memory.set("place", place);
  location.reload();
}

/** Puts the stylesheets of `next` in place of this page's. Says whether that could be done. */
async function swapStylesheets(next) {
  const sheetsOf = (some) => [...some.querySelectorAll("link[rel~=stylesheet][href]")];
  const now = sheetsOf(document);
  const then = sheetsOf(next);
  if (now.length !== then.length) return false;
  const loads = now.map((old, index) => {
    const href = then[index].getAttribute("href");
    if (old.getAttribute("href") === href) return null;
    const fresh = old.cloneNode();
    fresh.setAttribute("href", href);
    return new Promise((resolve) => {
      fresh.addEventListener("load", () => resolve({ old, fresh, there: true }));
      fresh.addEventListener("error", () => resolve({ old, fresh, there: false }));
      old.after(fresh);
    });
  });
  // The old ones stay until every new one is there: a page without its style would flash.
  const loaded = (await Promise.all(loads)).filter((load) => load !== null);
  const well = loaded.every(({ there }) => there);
  for (const { old, fresh } of loaded) (well ? old : fresh).remove();
  return well;
}

/** Brings the page to where the server is. `changedAt` is when something was last edited. */
async function catchUp(state, changedAt, isNewRun) {
  // Where there is no page, nothing can be compared. The place waits for the page to come back.
  if (page === NOWHERE) return reload(memory.get("place"));
  const { element, inside } = panel.focused();
  const place = { path: location.pathname, wanted: state.page, edited: [], inside, ...placeNow(element) };
  if (state.page === null) return reload(place);
  const next = new DOMParser().parseFromString(await (await get(location.href)).text(), "text/html");
  const fresh = next.querySelector("script[data-page]")?.dataset;
  const onlyStyle = fresh?.content === content && !isNewRun;
  if (onlyStyle && (await swapStylesheets(next))) page = fresh.page;
  else reload({ ...place, edited: editedIn(next), mayMove: movedAt < changedAt });
}

/** Does what the answer of the server asks for. */
async function follow(state) {
  const changedAt = performance.now() - state.changed;
  // Another run may be another version of planpress, with another script.
  const isNewRun = run !== null && run !== state.run;
  run = state.run;
  // Where a reload has not brought what was promised, the next one waits a little.
  const inVain = state.page === wanted && performance.now() < LONGEST_PAUSE;
  const differs = (state.page ?? NOWHERE) !== page && !inVain;
  if (differs || isNewRun) await catchUp(state, changedAt, isNewRun);
  if (leaving) return;
  if (state.findings !== shown) {
    const findings = await ask("findings");
    panel.findings(findings);
    shown = findings.findings;
  }
  if (plansAt < changedAt) {
    const askedAt = performance.now();
    const { home, plans, more } = await ask("plans");
    const isHome = location.pathname.replace(/index\.html$/, "") === home;
    if (isHome) panel.plans(plans, more);
    plansAt = isHome ? askedAt : Infinity;
  }
}

let asking = false;
let failures = 0;
let timer;

/** Asks once and sees to it that it is asked again: one question at a time, while someone looks. */
async function poll() {
  if (asking || leaving || document.visibilityState !== "visible") return;
  clearTimeout(timer);
  asking = true;
  try {
    await follow(await ask(`state?page=${encodeURIComponent(location.pathname)}`));
    failures = 0;
  } catch {
    failures += 1;
  }
  asking = false;
  // One failure may be a laptop that has just woken up.
  panel.stopped(failures > 1);
  timer = setTimeout(poll, Math.min(PAUSE * 2 ** failures, LONGEST_PAUSE));
}

// The place belongs to the reload that this script asked for, and to no other way here.
const place = memory.get("place");
const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
const returned = reloaded && place?.path === location.pathname;
const wanted = returned ? place.wanted : undefined;
if (page !== NOWHERE || !returned) memory.set("place", null);
if (page !== NOWHERE && returned) {
  const focused = restore(place);
  if (place.inside) panel.awaitFocus(focused);
  const still = () => movedAt === -Infinity;
  const settle = () => {
    // Until a page has loaded, browsers scroll it by themselves; and the person may have.
    if (still()) scrollBack(place);
    showEdited(place.edited, () => place.mayMove && still());
  };
  if (document.readyState === "complete") settle();
  else addEventListener("load", () => requestAnimationFrame(settle));
}

document.addEventListener("visibilitychange", poll);
for (const sign of ["pageshow", "online", "focus"]) addEventListener(sign, poll);
poll();
