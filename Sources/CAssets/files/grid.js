// A table of boxes as a grid (WAI-ARIA Authoring Practices, "Grid"): one stop for Tab, arrow keys within.

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Grid {
  /**
   * @param {HTMLTableElement} table
   * @param {string} selector what counts as a cell's box; a cell may have none
   */
  constructor(table, selector) {
    this.rows = [...table.rows].map((row) => [...row.cells].map((cell) => cell.querySelector(selector)));
    this.makeStop(this.rows[1]?.[1] ?? this.boxes[0]);
    table.addEventListener("keydown", (event) => this.move(event));
    table.addEventListener("focusin", (event) => this.makeStop(event.target));
  }

  get boxes() {
    return this.rows.flat().filter(Boolean);
  }

  /** The box that Tab comes to. */
  get stop() {
    return this.boxes.find((box) => box.tabIndex === 0);
  }

  makeStop(stop) {
    for (const box of this.boxes) box.tabIndex = box === stop ? 0 : -1;
  }

  place(box) {
    const row = this.rows.findIndex((boxes) => boxes.includes(box));
    return { row, column: this.rows[row]?.indexOf(box) };
  }

  move(event) {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const target = this.target(event.key, event.ctrlKey, this.place(event.target));
    if (target === undefined) return;
    event.preventDefault();
    target?.focus();
  }

  /** Where a key leads; `null` for nowhere, `undefined` for a key that is none of ours. */
  target(key, isFar, { row, column }) {
    if (key in STEPS) return this.next(row, column, ...STEPS[key]);
    if (key !== "Home" && key !== "End") return undefined;
    const boxes = isFar ? this.boxes : this.rows[row].filter(Boolean);
    return boxes.at(key === "Home" ? 0 : -1);
  }

  /** The next box in a direction; cells without one are passed over. */
  next(row, column, down, right) {
    do {
      row += down;
      column += right;
      if (this.rows[row]?.[column]) return this.rows[row][column];
    } while (row >= 0 && row < this.rows.length && column >= 0 && column < this.rows[row].length);
    return null;
  }
}
