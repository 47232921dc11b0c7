// An open page follows the site while it is edited: the real program, real saves, a real browser.

import assert from "node:assert/strict";
import { describe } from "node:test";
import {
  PAGE,
  PLAN,
  UNPUBLISHED,
  eventually,
  focused,
  following,
  leaveMarker,
  markerIsThere,
  panelOf,
  previews,
  startPreview,
  topOf,
  until,
  untilItSays,
} from "./lib/preview.js";

const LAST = "Support and strengthen accreditation function of the association.";
const editing = previews();

// Runs in the browser.
const isMarked = (css) =>
  document.querySelector(css)?.getAnimations().some(({ id }) => id === "planpress-edited");

/** Scrolls as a person does, until an element's top is near the window's. */
async function wheelTo(page, css) {
  await page.mouse.move(640, 400);
  await page.mouse.wheel(0, (await topOf(page, css)) - 100);
  await until(page, (one) => Math.abs(document.querySelector(one).getBoundingClientRect().top - 100) < 2, css);
}

describe("a page that is edited", () => {
  editing("reloads and keeps scroll position and focus", PAGE, {}, async (page, site) => {
    await wheelTo(page, ".letter h2");
    await page.locator("nav a[href='#vision']").focus();
    const top = await topOf(page, ".letter h2");
    await leaveMarker(page);
    site.replace(PLAN, "Dear ALA Council,", "Dear members of the Council,");
    await untilItSays(page, "Dear members of the Council,");
    await until(page, isMarked, ".letter-date + p");
    assert.equal(await markerIsThere(page), false);
    assert.equal(await topOf(page, ".letter h2"), top);
    assert.equal(await focused(page), "#vision");
  });

  editing("keeps the line that is read where it is when text above it goes", PAGE, {}, async (page, site) => {
    await wheelTo(page, "#b-2");
    await page.locator("#b-2 .code").focus();
    const before = await page.evaluate(() => scrollY);
    site.replace(PLAN, "We are recommending approval of the Strategic Plan during Council III on Monday, June 30.\n\n", "");
    await until(page, () => !document.body.innerText.includes("We are recommending approval"));
    await until(page, (top) => document.readyState === "complete" && scrollY < top - 10, before);
    await until(page, () => Math.abs(document.querySelector("#b-2").getBoundingClientRect().top - 100) < 3);
    assert.equal(await focused(page), "#b-2");
  });

  editing("keeps where the table is scrolled to, and focus on what has no id", PAGE, { width: 320 }, async (page, site) => {
    await page.locator(".scroll").focus();
    await page.evaluate(() => {
      document.querySelector(".scroll").scrollLeft = 300;
    });
    site.replace(PLAN, LAST, "Strengthen accreditation.");
    await untilItSays(page, "Strengthen accreditation.");
    await until(page, () => document.querySelector(".scroll").scrollLeft === 300);
    await until(page, () => document.activeElement === document.querySelector(".scroll"));
  });

  const templates = {
    "templates/plan.html": `{% extends "parent/plan.html" %}
      {% block history %}{{ super() }}
      <details><summary>How it was made</summary><p>By many.</p></details>
      <details open><summary>How it is read</summary><p>By all.</p></details>
      {% endblock history %}`,
  };
  editing("keeps open what was opened, and closed what was closed", PAGE, { files: templates }, async (page, site) => {
    for (const name of ["How it was made", "How it is read"]) await page.getByText(name).click();
    site.replace(PLAN, "Dear ALA Council,", "Dear Council,");
    await untilItSays(page, "Dear Council,");
    await until(page, () => [...document.querySelectorAll("main details")].map(({ open }) => open).join() === "true,false");
    await until(page, () => document.activeElement.textContent === "How it is read");
  });

  editing("shows the objective that was edited, marked, when it is out of view", PAGE, { motion: "no-preference" }, async (page, site) => {
    site.replace(PLAN, LAST, "Strengthen accreditation.");
    await until(page, isMarked, "#e-4");
    const fades = await page.evaluate(() => document.querySelector("#e-4").getAnimations()[0].effect.getKeyframes());
    assert.notEqual(fades.at(0).outlineColor, fades.at(-1).outlineColor);
    await until(page, () => {
      const { top, bottom } = document.querySelector("#e-4").getBoundingClientRect();
      return top > 0 && bottom < innerHeight;
    });
    assert.match(await page.locator("#e-4").innerText(), /Strengthen accreditation\./);
    await until(page, () => document.querySelector("#e-4").getAnimations().length === 0);
  });

  editing("moves nothing but the page where reduced motion is wanted", PAGE, {}, async (page, site) => {
    site.replace(PLAN, LAST, "Strengthen accreditation.");
    await until(page, isMarked, "#e-4");
    const still = await page.evaluate(() => document.querySelector("#e-4").getAnimations()[0].effect.getKeyframes());
    assert.equal(still.at(0).outlineColor, still.at(-1).outlineColor);
    const { top, height } = await page.locator("#e-4").evaluate((element) => {
      const box = element.getBoundingClientRect();
      return { top: box.top, height: innerHeight };
    });
    assert.ok(top > 0 && top < height, `it stands at ${top}`);
  });

  editing("stays where it is when the edited objective is in view", PAGE, {}, async (page, site) => {
    await wheelTo(page, "#e-1");
    const at = await page.evaluate(() => scrollY);
    site.replace(PLAN, LAST, "Strengthen accreditation functions of the association.");
    await until(page, isMarked, "#e-4");
    assert.equal(await page.evaluate(() => scrollY), at);
  });

  editing("stays where the person has scrolled to since the edit", PAGE, {}, async (page, site, server) => {
    // The page hears of the edit only after the person has scrolled.
    const state = "**/__planpress/state?*";
    let free;
    const held = new Promise((resolve) => (free = resolve));
    await page.route(state, async (route) => {
      await held;
      await route.continue();
    });
    await page.waitForRequest((request) => request.url().includes("/__planpress/state"));
    const path = `state?page=${encodeURIComponent(new URL(page.url()).pathname)}`;
    const { page: digest } = await server.ask(path);
    site.replace(PLAN, LAST, "Strengthen accreditation.");
    await eventually(async () => (await server.ask(path)).page !== digest);
    await wheelTo(page, "#mission");
    free();
    await until(page, isMarked, "#e-4");
    assert.ok(Math.abs((await topOf(page, "#mission")) - 100) < 3);
  });

  editing("marks an objective that is new, and none that is only counted anew", PAGE, {}, async (page, site) => {
    await page.locator("#b-2").focus();
    site.replace(PLAN, '  "Improve all member-facing digital platforms.",\n', '  "Ask every member once a year.",\n  "Improve all member-facing digital platforms.",\n');
    await until(page, isMarked, "#b-2");
    assert.match(await page.locator("#b-2").innerText(), /Ask every member once a year\./);
    assert.equal(await page.evaluate(isMarked, "#b-3"), false);
    // What had the focus has it still, under another number.
    assert.equal(await page.evaluate(() => document.activeElement.id), "b-3");
  });

  editing("marks a paragraph that has no id", PAGE, {}, async (page, site) => {
    site.replace(PLAN, "Libraries thrive so everyone can succeed.\"", "Libraries thrive, and everyone with them.\"");
    await until(page, isMarked, ".vision p");
  });

  editing("says so when it is gone, and is back when its file is back", PAGE, {}, async (page, site) => {
    await wheelTo(page, "#mission");
    site.rename(PLAN, "kept.txt");
    await until(page, () => document.querySelector("#mission") === null && document.querySelector("h1"));
    site.rename("kept.txt", PLAN);
    await until(page, () => document.readyState === "complete" && document.querySelector("#mission"));
    await until(page, () => Math.abs(document.querySelector("#mission").getBoundingClientRect().top - 100) < 3);
    // A page that is not there is what this test asks for.
    page.heard = page.heard.filter((words) => !/404/.test(words));
  });
});

describe("a style that is edited", () => {
  const linkColour = (page) => page.locator("main a").first().evaluate((link) => getComputedStyle(link).color);

  editing("is swapped without a reload when a design token changes", PAGE, {}, async (page, site) => {
    await leaveMarker(page);
    site.write("planpress.toml", `${site.read("planpress.toml")}\n[tokens]\naccent = "#5a0b5a"\n`);
    await until(page, () => getComputedStyle(document.querySelector("main a")).color === "rgb(90, 11, 90)");
    await until(page, () => document.querySelectorAll("link[rel=stylesheet]").length === 1);
    assert.ok(await markerIsThere(page));
  });

  const files = { "static/site.css": "main a { color: rgb(1, 2, 3) }\n" };
  editing("is swapped without a reload when a stylesheet changes, again and again", PAGE, { files }, async (page, site) => {
    await leaveMarker(page);
    assert.equal(await linkColour(page), "rgb(1, 2, 3)");
    for (const colour of ["rgb(4, 5, 6)", "rgb(7, 8, 9)"]) {
      site.write("static/site.css", `main a { color: ${colour} }\n`);
      await until(page, (wanted) => getComputedStyle(document.querySelector("main a")).color === wanted, colour);
      await until(page, () => document.querySelectorAll("link[rel=stylesheet]").length === 2);
    }
    const names = await page.evaluate(() => [...document.styleSheets].map(({ href }) => href));
    assert.match(names.join(" "), /style\.\S+ \S*site\.\S+$/);
    assert.ok(await markerIsThere(page));
    site.replace(PLAN, "Dear ALA Council,", "Dear Council,");
    await untilItSays(page, "Dear Council,");
    assert.equal(await linkColour(page), "rgb(7, 8, 9)");
  });
});

describe("the home page", () => {
  const files = { "content/working-paper.toml": UNPUBLISHED };
  editing("leads to the plans that are only in this preview", "", { files }, async (page) => {
    const { plans } = panelOf(page);
    await plans.getByText("not published").waitFor();
    await plans.getByRole("link", { name: "Working Paper on Collections" }).click();
    await untilItSays(page, "Digitize the map collection.");
    await following(page);
    assert.equal(await panelOf(page).plans.isVisible(), false);
  });

  editing("leads to a plan as soon as there is one", "", {}, async (page, site) => {
    assert.equal(await panelOf(page).host.isVisible(), false);
    site.write("content/working-paper.toml", UNPUBLISHED);
    await panelOf(page).plans.waitFor();
  });
});

describe("the server and the page", () => {
  editing("twelve tabs at once all follow an edit", PAGE, {}, async (page, site) => {
    const tabs = [page];
    while (tabs.length < 12) {
      const tab = await page.context().newPage();
      await tab.goto(page.url());
      tabs.push(tab);
    }
    site.replace(PLAN, "Dear ALA Council,", "Dear Council,");
    await Promise.all(tabs.map((tab) => untilItSays(tab, "Dear Council,")));
  });

  editing("a hidden tab asks nothing, and catches up when it is seen again", PAGE, {}, async (page, site) => {
    // No window hides without a screen: this says what a browser says when one is hidden.
    const turn = (state) =>
      page.evaluate((now) => {
        Object.defineProperty(document, "visibilityState", { configurable: true, value: now });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await turn("hidden");
    let asked = 0;
    page.on("request", (request) => (asked += request.url().includes("/__planpress/state") ? 1 : 0));
    site.replace(PLAN, "Dear ALA Council,", "Dear Council,");
    await page.waitForTimeout(1500);
    assert.ok(asked <= 1, `it asked ${asked} times`);
    assert.match(await page.locator("main").innerText(), /Dear ALA Council,/);
    await turn("visible");
    await untilItSays(page, "Dear Council,");
  });

  editing("a page whose server has stopped says so, and follows the next one", PAGE, {}, async (page, site, server) => {
    const { note } = panelOf(page);
    await server.stop();
    await note.waitFor();
    assert.match(await page.locator("main").innerText(), /Dear ALA Council,/);
    site.replace(PLAN, "Dear ALA Council,", "Dear Council,");
    const next = await startPreview(site, server.port);
    try {
      await untilItSays(page, "Dear Council,");
      await note.waitFor({ state: "hidden" });
      site.replace(PLAN, "Dear Council,", "Dear all,");
      await untilItSays(page, "Dear all,");
    } finally {
      await next.stop();
    }
    // The browser itself says that nobody answers.
    page.heard = page.heard.filter((words) => !/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/.test(words));
  });
});
