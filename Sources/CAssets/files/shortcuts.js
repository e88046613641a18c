// The API keys page by single keys of the keyboard. Off while one types and while a window is open, and altogether for
// whom they get in the way (WCAG 2.1.4).

/** Where a browser remembers that its user wants none of them. */
const STORE = "latchkey.shortcuts";

export class Shortcuts {
  /**
   * @param {HTMLElement} page
   * @param {import("./table.js").KeysTable} table
   */
  constructor(page, table) {
    this.page = page;
    this.table = table;
    this.list = document.getElementById("shortcuts-window");
    this.actions = {
      "/": () => this.search(),
      n: () => this.click(page.querySelector("[data-opens-create] button")),
      x: () => this.click(this.boxIn(this.row)),
      "?": () => this.list.showModal(),
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(-1),
      Delete: () => this.delete(),
    };
    this.listen();
  }

  listen() {
    const button = this.page.querySelector("[data-shortcuts]");
    button.hidden = false;
    button.addEventListener("click", () => this.list.showModal());
    const choice = this.list.querySelector("[data-switch]");
    choice.checked = isWanted();
    choice.addEventListener("change", () => remember(choice.checked));
    document.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || document.querySelector("dialog[open], :popover-open") || !isWanted()) return;
    if (this.actions[nameOf(event)]?.()) event.preventDefault();
  }

  // Each tells whether there was something to do; else the key means what it means to the browser.

  search() {
    const field = this.table.search.elements.query;
    if (this.table.search.hidden) return false;
    field.focus();
    field.select();
    return true;
  }

  click(control) {
    if (!control || control.disabled) return false;
    control.click();
    return true;
  }

  move(step) {
    const { rows } = this.table;
    const place = this.row ? rows.indexOf(this.row) + step : 0;
    const box = this.boxIn(rows[Math.min(Math.max(place, 0), rows.length - 1)]);
    box?.focus();
    return Boolean(box);
  }

  delete() {
    const { bar } = this.table;
    return this.click(bar.hidden ? this.row?.querySelector(".bin") : bar.querySelector("button"));
  }

  /** The row that the focus is in. */
  get row() {
    return this.table.rows.find((row) => row.contains(document.activeElement));
  }

  boxIn(row) {
    return row?.querySelector("[name=id]");
  }
}

/** A key as an English keyboard has it: others have their own letters in the same places. */
function nameOf({ key, code }) {
  if (code === "Slash" && (key === "." || key === ",")) return key === "." ? "/" : "?";
  if (/^[^\x00-\x7f]$/.test(key) && code.startsWith("Key")) return code.slice(3).toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}

function isTyping(element) {
  return element.isContentEditable || element.matches("select, textarea, input:not([type=checkbox], [type=radio])");
}

// A browser may keep nothing; then the keys work until the page is left.

let isSwitchedOff = false;

function isWanted() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return !isSwitchedOff;
  }
}

function remember(isOn) {
  isSwitchedOff = !isOn;
  try {
    if (isOn) localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, "off");
  } catch {
    // As said above.
  }
}
