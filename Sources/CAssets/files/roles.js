// The roles: searching the list while one types, and the matrix by arrow keys and by whole rows and columns.

import { Grid } from "./grid.js";
import { fetchPart, forgetNotice } from "./page.js";

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

/** The matrix: arrow keys, and boxes that switch a whole row, a whole column or everything. */
class RoleGrid {
  constructor(table) {
    for (const box of table.querySelectorAll("[data-toggle]")) box.hidden = false;
    table.setAttribute("role", "grid");
    this.grid = new Grid(table, "input:not(:disabled)");
    table.addEventListener("change", (event) => this.change(event.target));
    this.showToggles();
  }

  change(box) {
    for (const one of this.governed(box)) one.checked = box.checked;
    this.showToggles();
  }

  /** The rights that a box of a row, a column or the whole switches; none for a right's own box. */
  governed(box) {
    const { rows, boxes } = this.grid;
    const { row, column } = this.grid.place(box);
    const of = { row: () => rows[row], column: () => rows.map((cells) => cells[column]), all: () => boxes };
    return (of[box.dataset.toggle]?.() ?? []).filter((one) => one?.name === "right");
  }

  showToggles() {
    for (const toggle of this.grid.boxes.filter((box) => box.dataset.toggle)) {
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

forgetNotice();
