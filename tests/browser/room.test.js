// The text of every page has the room it needs: in a narrow window, zoomed to 400 %, with text
// alone enlarged, and with wide spacing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./lib/browser.js";
import { inWords, LOOKED_AT } from "./lib/looks.js";
import { lostFindings, reflowFindings } from "./lib/room.js";
import { site } from "./lib/site.js";

for (const { name, root, rooms } of LOOKED_AT) {
  const here = site(root);
  for (const path of here.pages) {
    const url = () => here.url + path;
    for (const room of rooms) {
      test(`/${path} of ${name} has room for its text, ${inWords(room)}`, async () => {
        assert.deepEqual(await visit(here.browser, url(), room, reflowFindings), []);
      });
    }

    test(`/${path} of ${name} says in a small window what it says in a wide one`, async () => {
      const findings = await visit(here.browser, url(), {}, (wide) =>
        visit(here.browser, url(), rooms.at(-1), (small) => lostFindings(wide, small)),
      );
      assert.deepEqual(findings, []);
    });
  }
}
