// Reads a PDF with the programs of Poppler: the size of each page, its words and where they stand,
// and the page as a picture.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPng } from "./png.js";

function run(program, ...args) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return stdout;
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (text) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => ENTITIES[name]).normalize("NFKC");

/**
 * The pages of a PDF: width and height in points, the text in the order of reading, every word with
 * its box, and a small picture of the page.
 */
export function readPdf(bytes) {
  const folder = mkdtempSync(join(tmpdir(), "planpress-print-"));
  try {
    const file = join(folder, "page.pdf");
    writeFileSync(file, bytes);
    const boxes = run("pdftotext", "-bbox", file, "-").split("<page ").slice(1);
    const texts = run("pdftotext", file, "-").normalize("NFKC").split("\f");
    run("pdftoppm", "-png", "-r", "50", file, join(folder, "look"));
    const pictures = readdirSync(folder).filter((name) => name.endsWith(".png")).sort();
    return boxes.map((page, index) => {
      const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(page).map(Number);
      const words = [...page.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/gs)]
        .map(([, left, top, right, bottom, text]) => ({
          left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom), text: plain(text),
        }));
      return { width, height, words, text: texts[index], picture: readPng(readFileSync(join(folder, pictures[index]))) };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
