// The roles: searching the list while one types, and the matrix by arrow keys and by whole rows and columns.

import { fetchPart } from "./page.js";

/** Milliseconds of no typing after which a search is made. */
const PAUSE = 200;

/** A search of the list without a reload; of two answers the later question's wins. */
class RoleSearch {
  constructor(form, card) {
    this.form = form;
    this.card = card;
    this.request = 0;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search();
    });
    form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), PAUSE);
    });
  }

  async search() {
    clearTimeout(this.timer);
    const request = ++this.request;
    const text = this.form.elements.query.value;
    const path = `/settings/roles${text ? `?${new URLSearchParams({ query: text })}` : ""}`;
    const found = await fetchPart(path, "[data-found]").catch(() => null);
    if (request !== this.request) return;
    if (!found) return location.assign(path);
    this.card.replaceChildren(found);
    history.replaceState(null, "", path);
  }
}

/** The matrix as a grid (WAI-ARIA Authoring Practices, "Grid"): one stop for Tab, arrow keys within. */
class RoleGrid {
  constructor(table) {
    this.table = table;
    for (const box of table.querySelectorAll("[data-toggle]")) box.hidden = false;
    this.boxes = [...table.rows].map((row) => [...row.cells].map((cell) => cell.querySelector("input:not(:disabled)")));
    table.setAttribute("role", "grid");
    this.makeStop(this.boxes[1]?.[1] ?? this.all[0]);
    table.addEventListener("keydown", (event) => this.move(event));
    table.addEventListener("focusin", (event) => this.makeStop(event.target));
    table.addEventListener("change", (event) => this.change(event.target));
    this.showToggles();
  }

  get all() {
    return this.boxes.flat().filter(Boolean);
  }

  /** Tab comes to this box, and to no other of the grid. */
  makeStop(stop) {
    for (const box of this.all) box.tabIndex = box === stop ? 0 : -1;
  }

  move(event) {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const target = this.target(event.key, event.ctrlKey, this.place(event.target));
    if (target === undefined) return;
    event.preventDefault();
    target?.focus();
  }

  place(box) {
    const row = this.boxes.findIndex((boxes) => boxes.includes(box));
    return { row, column: this.boxes[row]?.indexOf(box) };
  }

  /** Where a key leads; `null` for nowhere, `undefined` for a key that is none of ours. */
  target(key, isFar, { row, column }) {
    const boxes = this.boxes[row].filter(Boolean);
    switch (key) {
      case "ArrowLeft":
        return this.next(row, column, 0, -1);
      case "ArrowRight":
        return this.next(row, column, 0, 1);
      case "ArrowUp":
        return this.next(row, column, -1, 0);
      case "ArrowDown":
        return this.next(row, column, 1, 0);
      case "Home":
        return isFar ? this.all.at(0) : boxes.at(0);
      case "End":
        return isFar ? this.all.at(-1) : boxes.at(-1);
      default:
        return undefined;
    }
  }

  /** The next box in a direction; cells without one are passed over. */
  next(row, column, down, right) {
    do {
      row += down;
      column += right;
      if (this.boxes[row]?.[column]) return this.boxes[row][column];
    } while (row >= 0 && row < this.boxes.length && column >= 0 && column < this.boxes[row].length);
    return null;
  }

  change(box) {
    for (const one of this.governed(box)) one.checked = box.checked;
    this.showToggles();
  }

  /** The rights that a box of a row, a column or the whole switches; none for a right's own box. */
  governed(box) {
    const { row, column } = this.place(box);
    const of = { row: () => this.boxes[row], column: () => this.boxes.map((boxes) => boxes[column]), all: () => this.all };
    return (of[box.dataset.toggle]?.() ?? []).filter((one) => one?.name === "right");
  }

  showToggles() {
    for (const toggle of this.all.filter((box) => box.dataset.toggle)) {
      const rights = this.governed(toggle);
      const on = rights.filter((right) => right.checked).length;
      toggle.checked = rights.length > 0 && on === rights.length;
      toggle.indeterminate = on > 0 && on < rights.length;
      toggle.disabled = rights.length === 0;
    }
  }
}

const search = document.querySelector("[data-search]");
if (search) new RoleSearch(search, document.querySelector("[data-roles]"));

const table = document.querySelector("[data-grid]");
if (table) {
  new RoleGrid(table);
  document.querySelector("[data-grid-hint]").hidden = false;
}

// A notice is said once: a reload must not say it again.
const address = new URL(location.href);
if (address.searchParams.has("notice")) {
  address.searchParams.delete("notice");
  history.replaceState(null, "", address);
}
