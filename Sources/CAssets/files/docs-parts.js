// The small parts that the API page is made of. Text goes in as text only, so nothing of the document is markup.

import { copy } from "./copy.js";

/** An element with attributes and children; `undefined`, `null` and `false` among either are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

/** Code of so many characters is not broken over two lines, even at a hyphen. */
const UNBROKEN = 16;

/** A sentence in which `backticks` mark code. */
export function marked(text = "") {
  return text.split("`").map((part, index) =>
    index % 2 ? element("code", { class: part.length <= UNBROKEN && "short" }, part) : part);
}

/** Paragraphs, parted by empty lines. */
export function paragraphs(text = "", attributes = {}) {
  return text.split(/\n\n+/).map((part) => element("p", attributes, marked(part)));
}

export function method(name) {
  return element("span", { class: `method ${name}` }, name.toUpperCase());
}

/** A status with the colour of its class; the number says it all, the colour only helps. */
export function status(code) {
  return element("span", { class: `status of-${String(code)[0]}` }, code);
}

export function json(value) {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** Text in a box that scrolls by itself, with a button that copies it. */
export function codeBox(label, text) {
  const code = element("pre", { tabindex: "0", role: "group", "aria-label": label }, text);
  return element("figure", { class: "code-box" }, element("figcaption", {}, label, copyButton(code, label)), code);
}

function copyButton(source, label) {
  const button = element("button", { type: "button", class: "copy", "aria-label": `Copy: ${label}` }, "Copy");
  button.addEventListener("click", async () => {
    button.textContent = (await copy(source)) ? "Copied" : "Selected: copy it by hand";
    setTimeout(() => (button.textContent = "Copy"), 2_000);
  });
  return button;
}

/** A table whose first column names its rows. */
export function table(caption, columns, rows) {
  return element(
    "table", {},
    element("caption", { class: "unseen" }, caption),
    element("thead", {}, element("tr", {}, columns.map((column) => element("th", { scope: "col" }, column)))),
    element("tbody", {}, rows),
  );
}

export function row(attributes, head, ...cells) {
  return element(
    "tr", attributes,
    element("th", { scope: "row" }, head),
    cells.map((cell) => element("td", {}, cell)),
  );
}
