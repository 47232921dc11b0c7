// Reads the PNG pictures that Chromium and Poppler write: 8 bits, grey or colour, not interlaced.

import { inflateSync } from "node:zlib";

const CHANNELS = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** The width, the height, and `at(x, y)` as [red, green, blue] of a picture. */
export function readPng(bytes) {
  let header;
  const packed = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (kind === "IHDR") header = data;
    if (kind === "IDAT") packed.push(data);
    at += 12 + length;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = CHANNELS[header[9]];
  if (header[8] !== 8 || !channels || header[12] !== 0) throw new Error("a PNG of another kind");
  const pixels = unfilter(inflateSync(Buffer.concat(packed)), width * channels, height, channels);
  return {
    width,
    height,
    at(x, y) {
      const from = (y * width + x) * channels;
      if (channels < 3) return [pixels[from], pixels[from], pixels[from]];
      return [pixels[from], pixels[from + 1], pixels[from + 2]];
    },
  };
}

/** The pixels of a picture, each as [red, green, blue], every colour once. */
export function everyPixel({ width, height, at }) {
  const colours = new Map();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = at(x, y);
      colours.set(pixel.join(), pixel);
    }
  }
  return [...colours.values()];
}

/** The contrast ratio of two colours as WCAG defines it, 1 to 21. */
export function ratio(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

export function luminance(rgb) {
  const [red, green, blue] = rgb.map((one) => {
    const part = one / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// Each row says how it was written: as differences to the left, to above, or to both.
function unfilter(raw, stride, height, step) {
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const to = y * stride + x;
      const left = x < step ? 0 : pixels[to - step];
      const above = y === 0 ? 0 : pixels[to - stride];
      const corner = x < step || y === 0 ? 0 : pixels[to - stride - step];
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
      pixels[to] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  return pixels;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((one) => Math.abs(guess - one));
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}
