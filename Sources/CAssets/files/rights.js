// The rights of a new key: all of its owner's, or some from the matrix of what they have.

import { Grid } from "./grid.js";
import { fetchPart, word } from "./page.js";

export class RightsField {
  /** @param {HTMLFormElement} form the form that creates a key */
  constructor(form) {
    this.form = form;
    this.takeIn();
    form.addEventListener("change", (event) => {
      if (event.target.name === "rights") this.modeChanged();
      if (event.target.name === "permissions") this.say("");
    });
    form.addEventListener("click", (event) => {
      const preset = event.target.closest("[data-preset]")?.dataset.preset;
      if (preset) this.tick((box) => preset === "all" || box.dataset.action === preset);
    });
  }

  /** Reads the part of the form anew, after it has been replaced. */
  takeIn() {
    this.part = this.form.querySelector("[data-rights]");
    this.grid = new Grid(this.part.querySelector("table"), "[name=permissions]");
    this.boxes = this.grid.boxes;
    this.fault = this.part.querySelector("#permissions-fault");
    this.kept = null;
    this.wasSome = false;
    this.modeChanged();
  }

  get some() {
    return this.part.querySelector("[name=rights][value=some]").checked;
  }

  /** What the key is to be given: names of rights, or nothing said for all of them. */
  get value() {
    return this.some ? this.ticked : undefined;
  }

  get ticked() {
    return this.boxes.filter((box) => box.checked).map((box) => box.value);
  }

  reset() {
    this.kept = null;
    this.wasSome = false;
    this.modeChanged();
    this.part.querySelector("[data-matrix]").scrollTop = 0;
  }

  /** Takes up a choice of some that was made before. */
  restore(names) {
    this.part.querySelector("[name=rights][value=some]").checked = true;
    this.kept = new Set(names);
    this.modeChanged();
  }

  /**
   * "Everything" shows what that is, with every box ticked; the boxes wait until "only some" is chosen. What was
   * ticked before one looked at the other choice comes back with the first.
   */
  modeChanged() {
    const { some } = this;
    if (this.wasSome && !some) this.kept = new Set(this.ticked);
    if (!some) this.tick(() => true);
    else if (this.kept) this.tick((box) => this.kept.has(box.value));
    this.wasSome = some;
    this.part.querySelector("[data-presets]").hidden = !some;
    this.boxes.forEach((box) => (box.disabled = !some));
    this.say("");
  }

  tick(isTicked) {
    this.boxes.forEach((box) => (box.checked = isTicked(box)));
    this.say("");
  }

  /** Whether the choice can be sent; if not, says why. */
  check() {
    const isEmpty = this.value?.length === 0;
    this.say(isEmpty ? word("rights_choose_some") : "");
    return !isEmpty;
  }

  focus() {
    this.grid.stop?.focus();
  }

  say(text) {
    this.fault.textContent = text;
    this.part.toggleAttribute("data-invalid", text !== "");
  }

  /**
   * The server knows of rights that this page still offered: they were taken from the owner meanwhile. Shows what
   * there is now, keeps what was ticked, and names what is gone.
   */
  async renew() {
    const before = this.boxes.map((box) => ({ name: box.value, label: box.getAttribute("aria-label"), checked: box.checked }));
    const { some } = this;
    const part = await fetchPart("/settings/keys/new", "[data-rights]").catch(() => null);
    if (!part) return this.say(word("permission_not_held"));
    this.part.replaceWith(part);
    this.part = part;
    part.querySelector(`[name=rights][value=${some ? "some" : "all"}]`).checked = true;
    this.takeIn();
    const ticked = new Set(before.filter((box) => box.checked).map((box) => box.name));
    const held = new Set(this.boxes.map((box) => box.value));
    this.tick((box) => ticked.has(box.value));
    const lost = before.filter((box) => box.checked && !held.has(box.name)).map((box) => box.label);
    this.say(lost.length ? word("rights_lost", { rights: lost.join("; ") }) : word("permission_not_held"));
    this.focus();
  }
}
