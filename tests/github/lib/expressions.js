// The expressions in workflows, `${{ … }}`: as much of the language as the files here use. They are read as
// JavaScript, which names, comparisons, `&&`, `||` and texts in single quotes are as well.
// https://docs.github.com/actions/reference/workflows-and-actions/expressions

/** A value whose unknown properties are empty texts, as they are on GitHub. */
function lenient(value) {
  if (typeof value !== "object") return value;
  return new Proxy(value, {
    get: (target, name) => (Object.hasOwn(target, name) ? lenient(target[name]) : lenient({})),
    has: () => true,
  });
}

const plain = (value) => (typeof value === "object" ? "" : value);

const format = (text, ...values) => text.replace(/\{(\d+)\}/g, (_, index) => plain(values[index]));

/** The value of one expression. `contexts` are github, steps, inputs and so on. */
export function evaluate(expression, contexts) {
  const allowed = /^(?:[\w\s.,()!&|=-]|'[^']*')*$/;
  if (!allowed.test(expression)) throw new Error(`not an expression that is known: ${expression}`);
  // A property's name may hold a hyphen; what is compared is a text.
  const script = expression.replace(
    /'[^']*'|\b[a-z_]+(?:\.[\w-]+)+/g,
    (part) => {
      if (part.startsWith("'")) return part;
      const [root, ...names] = part.split(".");
      return `plain(${root}${names.map((name) => `[${JSON.stringify(name)}]`).join("")})`;
    },
  );
  const values = Object.values(contexts).map(lenient);
  const run = new Function("plain", "format", ...Object.keys(contexts), `return ${script};`);
  return run(plain, format, ...values);
}

/** A text with the values of the expressions in it. */
export function filledIn(text, contexts) {
  return String(text).replace(/\$\{\{(.*?)\}\}/g, (_, expression) =>
    String(evaluate(expression.trim(), contexts)),
  );
}
