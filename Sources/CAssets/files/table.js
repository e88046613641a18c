// The table of keys: sorting, searching and paging without a reload, and the selection of rows.

import { announce, fetchPart, word } from "./page.js";

/** Milliseconds of no typing after which a search is made. */
const PAUSE = 200;

/** A key that was pasted whole is looked for by its last characters: addresses are kept and logged, keys must not be. */
const WHOLE_KEY = /^\s*[a-z0-9]{2,8}_[0-9A-Za-z]{32}([0-9A-Za-z]{4})\s*$/;

export class KeysTable {
  /** @param {HTMLElement} page the part of the page that holds the search, the table and the selection's bar */
  constructor(page) {
    this.card = page.querySelector("[data-table]");
    this.search = page.querySelector("[data-search]");
    this.bar = page.querySelector("[data-bulk]");
    this.deleteAll = page.querySelector("[data-delete-all]");
    this.request = 0;
    this.listen();
    this.takeIn();
  }

  listen() {
    this.card.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-refreshes]");
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.go(link.href);
      this.showAddress();
    });
    this.card.addEventListener("change", (event) => {
      if (event.target.matches("[data-order]")) return this.searchNow();
      if (event.target.matches("[data-all]")) this.selectAll(event.target.checked);
      this.showSelection();
    });
    this.bar.querySelector("[data-clear]").addEventListener("click", () => {
      this.selectAll(false);
      this.showSelection();
      this.card.querySelector("[data-all]")?.focus();
    });
    this.search.addEventListener("submit", (event) => {
      event.preventDefault();
      this.searchNow();
    });
    this.search.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.searchNow(), PAUSE);
    });
    addEventListener("popstate", () => {
      this.showAddress();
      this.load(location.search);
    });
    // Another window may have changed the keys while this one was out of sight.
    document.addEventListener("visibilitychange", () => !document.hidden && this.refresh());
  }

  searchNow() {
    clearTimeout(this.timer);
    const query = new URLSearchParams(new FormData(this.search));
    query.set("query", query.get("query").replace(WHOLE_KEY, "$1"));
    for (const [name, value] of [...query]) if (value === "") query.delete(name);
    this.go(`?${query}`, true);
  }

  go(address, replace = false) {
    const query = new URL(address, location.href).search;
    history[replace ? "replaceState" : "pushState"](null, "", `/settings/keys${query}`);
    return this.load(query);
  }

  /** Brings the search in line with the address, after "Show all keys" and after Back. */
  showAddress() {
    const address = new URLSearchParams(location.search);
    this.search.elements.query.value = address.get("query") ?? "";
    this.search.elements.status.value = address.get("status") ?? "";
  }

  refresh() {
    return this.load(location.search);
  }

  /** Puts a newly fetched table in the place of the old; of two answers the later question's wins. */
  async load(query) {
    const request = ++this.request;
    this.card.setAttribute("aria-busy", "true");
    const table = await fetchPart(`/settings/keys/table${query}`, "[data-content]").catch(() => undefined);
    if (request !== this.request) return;
    this.card.removeAttribute("aria-busy");
    if (table === null) return location.reload();
    if (table === undefined) return announce(word("unreachable"), "bad");
    this.replace(table);
  }

  replace(table) {
    const selected = new Set(this.boxes.filter((box) => box.checked).map((box) => box.value));
    const focused = this.card.contains(document.activeElement) ? document.activeElement.id : null;
    this.card.replaceChildren(table);
    this.boxes.forEach((box) => (box.checked = selected.has(box.value)));
    if (focused) (document.getElementById(focused) ?? this.card.querySelector("a, button, input"))?.focus();
    this.takeIn();
  }

  /** The rows of keys, in their order. */
  get rows() {
    return [...this.card.querySelectorAll("tbody tr")];
  }

  /**
   * Shows what is left after a deletion. The button that asked for it may be gone with its row: who deleted one key
   * goes on with the next, who deleted several goes back to the search.
   */
  async afterDeletion(button) {
    const place = this.rows.indexOf(button.closest("tr"));
    await this.refresh();
    const next = this.rows[place] ?? (place < 0 ? undefined : this.rows.at(-1));
    const field = this.search.hidden ? undefined : this.search.elements.query;
    (next?.querySelector(".bin") ?? field ?? document.getElementById("keys-title")).focus();
  }

  /** Brings the controls around the table in line with it. */
  takeIn() {
    const content = this.card.querySelector("[data-content]");
    const none = content.dataset.owned === "0";
    this.deleteAll.disabled = none;
    this.search.hidden = none;
    const all = this.card.querySelector("[data-all]");
    if (all) all.closest("label").hidden = false;
    this.showSelection();
  }

  get boxes() {
    return [...this.card.querySelectorAll("[name=id]:not(button)")];
  }

  selectAll(checked) {
    this.boxes.forEach((box) => (box.checked = checked));
  }

  showSelection() {
    const count = this.boxes.filter((box) => box.checked).length;
    const all = this.card.querySelector("[data-all]");
    if (all) {
      all.checked = count > 0 && count === this.boxes.length;
      all.indeterminate = count > 0 && count < this.boxes.length;
    }
    this.bar.hidden = count === 0;
    this.bar.querySelector("[data-count]").textContent = word("selected", { count });
  }
}
