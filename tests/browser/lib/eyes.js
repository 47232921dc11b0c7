// What the checks share inside the page: what a reader sees, where, and in which colours.

/** Runs `look(eyes, argument)` in the page and gives what it returns. It sees nothing of its file. */
export function lookWith(page, look, argument = null) {
  return page.evaluate(`(${look})((${makeEyes})(), ${JSON.stringify(argument)})`);
}

// Runs in the browser.
function makeEyes() {
  const squeeze = (text) => text.replace(/\s+/g, " ").trim();
  const all = (css, root = document) => [...root.querySelectorAll(css)];

  /** An element in a few words, for a finding. */
  const kind = (element) => element.localName + [...element.classList].map((one) => `.${one}`).join("");
  const name = (element) => {
    const words = squeeze(element.textContent).slice(0, 40);
    return `${kind(element)}${element.id ? `#${element.id}` : ""} "${words}"`;
  };

  /** Whether an element is cut down to nothing, to be heard and not seen. */
  const heardOnly = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { clipPath, overflowX, position } = getComputedStyle(at);
      if (clipPath.startsWith("inset(50%") || clipPath.startsWith("inset(100%")) return true;
      const tiny = at.offsetWidth <= 1 && at.offsetHeight <= 1;
      if (tiny && position === "absolute" && overflowX !== "visible") return true;
    }
    return false;
  };
  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !heardOnly(element);

  /** What is left of a rectangle behind the edges of the boxes that cut `element` off. */
  const cut = ({ left, top, right, bottom }, element) => {
    const rest = { left, top, right, bottom };
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at);
      if (overflowX === "visible" && overflowY === "visible") continue;
      const box = at.getBoundingClientRect();
      rest.left = Math.max(rest.left, box.left);
      rest.right = Math.min(rest.right, box.right);
      rest.top = Math.max(rest.top, box.top);
      rest.bottom = Math.min(rest.bottom, box.bottom);
    }
    return rest.right > rest.left && rest.bottom > rest.top ? rest : null;
  };

  /** Every text that is seen, with the element that it stands in. */
  const texts = (root = document.body) => {
    const found = [];
    const seenBefore = new Map();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || element.closest("script, style, noscript")) continue;
      if (!seenBefore.has(element)) seenBefore.set(element, seen(element));
      if (seenBefore.get(element)) found.push({ node, element });
    }
    return found;
  };

  const rectsOf = (node, from = 0, to = node.length) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
  };

  /** The element whose lines a text is part of. */
  const blockOf = (element) => {
    let at = element;
    while (/^(inline|contents|ruby)$/.test(getComputedStyle(at).display)) at = at.parentElement;
    return at;
  };

  // A canvas understands every way to write a colour.
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const colour = (css) => {
    if (!known.has(css)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(css, [red, green, blue, alpha / 255]);
    }
    return known.get(css);
  };
  const over = ([red, green, blue, alpha], below) =>
    [red, green, blue].map((one, index) => one * alpha + below[index] * (1 - alpha));

  // Where nothing on the page has a colour, the window's own shows.
  const ground = () => {
    const probe = document.createElement("i");
    probe.style.backgroundColor = "Canvas";
    document.documentElement.append(probe);
    const [...found] = colour(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return found.slice(0, 3);
  };

  const COLOURS = /(?:rgba?|hsla?|hwb|color|lab|lch|oklab|oklch)\([^()]*\)/g;
  /** Every colour that can be behind the text of an element, its plain one first; null for a picture. */
  const backdrops = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      if (/url\(|image-set\(|element\(/.test(backgroundImage)) return null;
      // Text may stand on any part of a gradient.
      const stops = (backgroundImage.match(COLOURS) ?? []).map(colour);
      layers.unshift({ plain: colour(backgroundColor), stops });
      if (colour(backgroundColor)[3] === 1) break;
    }
    let behind = [layers[0].plain[3] === 1 ? layers[0].plain.slice(0, 3) : ground()];
    for (const { plain, stops } of layers) {
      behind = behind.flatMap((below) => {
        const ground = over(plain, below);
        return [ground, ...stops.map((stop) => over(stop, ground))];
      });
      behind = [...new Map(behind.map((one) => [hex(one), one])).values()];
    }
    return behind;
  };
  const backdrop = (element) => backdrops(element)?.[0] ?? null;

  /** How opaque an element is drawn, with everything around it. */
  const opacity = (element) => {
    let product = 1;
    for (let at = element; at; at = at.parentElement) product *= Number(getComputedStyle(at).opacity);
    return product;
  };

  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((one) => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  /** The contrast ratio of WCAG, 1 to 21. */
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const hex = (rgb) => `#${rgb.map((one) => Math.round(one).toString(16).padStart(2, "0")).join("")}`;

  return {
    all, backdrop, backdrops, blockOf, colour, cut, hex, kind, name, opacity, over, ratio, rectsOf, seen, squeeze, texts,
  };
}
