// The window that creates a key: step one asks, step two shows the key.

import { DayField } from "./calendar.js";
import { Draft } from "./draft.js";
import { call, explain, fetchPart, whileBusy, word } from "./page.js";
import { Reveal } from "./reveal.js";
import { RightsField } from "./rights.js";

/** Milliseconds of no typing after which a name is looked up. */
const PAUSE = 250;

export class CreateWindow {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {() => void} onFinish called when a key has been created and its window closed
   */
  constructor(dialog, onFinish) {
    this.dialog = dialog;
    this.form = dialog.querySelector("[data-create]");
    this.revealForm = dialog.querySelector("[data-reveal]");
    this.button = this.form.querySelector("[type=submit]");
    this.note = this.form.querySelector("[data-create-note]");
    this.fields = new CreateFields(this.form);
    this.rights = new RightsField(this.form);
    this.draft = new Draft(this.form.dataset.create);
    this.discard = document.getElementById("discard-window");
    this.reveal = new Reveal(this.revealForm);
    this.form.noValidate = true; // this module says what is wrong, under the field
    this.onFinish = onFinish;
    this.listen();
  }

  open() {
    this.form.reset();
    this.fields.reset();
    this.rights.reset();
    this.takeUp(this.draft.value);
    this.say("");
    this.show(this.form, this.revealForm);
    this.dialog.showModal();
    this.form.elements.name.focus();
  }

  /** For whom a reload or Back took from the middle of it. */
  openAgain() {
    if (this.draft.value) this.open();
  }

  takeUp(draft) {
    if (!draft) return;
    this.fields.restore(draft);
    if (draft.rights) this.rights.restore(draft.rights);
  }

  /** Whether something would be lost that the form did not hold by itself. */
  get touched() {
    return this.fields.touched || this.rights.some;
  }

  keepDraft() {
    if (!this.dialog.open) return;
    if (!this.touched) return this.draft.forget();
    this.draft.keep({ name: this.fields.name.value, day: this.fields.day.value, rights: this.rights.value });
  }

  /** Closes at once where nothing was typed; else only whoever says so. */
  leave() {
    if (!this.touched) return this.dialog.close();
    if (this.discard.open) return;
    this.discard.returnValue = "";
    this.discard.showModal();
  }

  abandon() {
    this.draft.forget();
    this.dialog.close();
  }

  get revealing() {
    return this.dialog.open && this.form.inert;
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.create();
    });
    this.form.querySelector("[data-closes]").addEventListener("click", (event) => {
      event.preventDefault();
      this.abandon();
    });
    for (const kind of ["input", "change", "click"]) this.form.addEventListener(kind, () => this.keepDraft());
    this.discard.addEventListener("close", () => this.discard.returnValue === "discard" && this.abandon());
    this.revealForm.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.reveal.complete) this.finish();
    });
    this.guard();
  }

  /**
   * No way out while a key is shown. A browser lets a second Esc pass the `cancel` event by, and Android's Back
   * closes a window outright, so the key press is stopped too, and a window closed all the same opens again.
   */
  guard() {
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.refuse(event);
    });
    this.dialog.addEventListener("cancel", (event) => this.refuse(event));
    this.dialog.addEventListener("close", () => this.form.inert && this.dialog.showModal());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog && isOutside(this.dialog, event)) this.refuse(event);
    });
  }

  /** Whether the window must stay: a key is shown, or is being made. */
  get held() {
    return this.revealing || this.button.getAttribute("aria-busy") === "true";
  }

  /** What has no button: Esc, and a click beside the window. */
  refuse(event) {
    event.preventDefault();
    if (!this.held) return this.leave();
    this.dialog.classList.remove("refusing");
    requestAnimationFrame(() => this.dialog.classList.add("refusing"));
  }

  async create() {
    const named = this.fields.check();
    const given = this.rights.check();
    if (named && !given) this.rights.focus();
    if (!named || !given) return;
    const lost = await whileBusy(this.button, async () => {
      this.say("");
      const answer = await call("POST", "/v1/keys", {
        name: this.form.elements.name.value,
        expires_on: this.form.elements.expires_on.value,
        permissions: this.rights.value,
        await_confirmation: true,
        user_id: this.form.dataset.create, // not for whoever has logged in meanwhile in another tab
      });
      if (answer.ok) this.showKey(answer.body);
      else await this.showRefusal(answer);
    });
    if (lost) this.say(word("unreachable"));
  }

  showKey(created) {
    this.draft.forget();
    this.reveal.start(created.id, created.key);
    this.show(this.revealForm, this.form);
    this.revealForm.querySelector("[data-copies]").focus();
  }

  async showRefusal(answer) {
    const errors = answer.body?.errors ?? [];
    const ofRights = errors.filter((error) => error.field === "permissions");
    if (ofRights.length > 0) await this.rights.renew();
    const others = errors.filter((error) => !ofRights.includes(error));
    const shown = this.fields.showErrors(others, answer.body) || (ofRights.length > 0 && others.length === 0);
    if (!shown) this.say(answer.status === 401 ? word("signed_out") : explain(answer.body));
  }

  finish() {
    this.reveal.forget();
    this.show(this.form, this.revealForm);
    this.dialog.close();
    this.onFinish();
  }

  show(step, other) {
    step.inert = false;
    other.inert = true;
    // What newer browsers offer besides Esc, such as Android's Back, closes only what may be closed.
    this.dialog.closedBy = step === this.revealForm ? "none" : "closerequest";
    this.dialog.setAttribute("aria-labelledby", step.querySelector("h2").id);
    this.dialog.scrollTop = 0;
  }

  say(text) {
    this.note.textContent = text;
  }
}

/** The first two fields: the name that must be free, and the day with its presets. */
class CreateFields {
  constructor(form) {
    this.form = form;
    this.name = form.elements.name;
    this.day = form.elements.expires_on;
    this.dayField = new DayField(this.day);
    this.chips = [...form.querySelectorAll("[data-day]")];
    this.inWords = form.querySelector("[data-day-words]");
    this.chips.forEach((chip) => {
      chip.hidden = false;
      chip.addEventListener("click", () => this.choose(chip.dataset.day));
    });
    this.day.addEventListener("input", () => this.dayChanged());
    this.dayField.text.addEventListener("change", () => this.showFault(this.day, this.dayFault()));
    this.name.addEventListener("input", () => this.nameChanged());
  }

  get touched() {
    return this.name.value !== "" || this.day.value !== this.day.defaultValue;
  }

  reset() {
    clearTimeout(this.timer);
    this.showFault(this.name, "");
    this.choose(this.day.value);
  }

  restore({ name, day }) {
    this.name.value = name;
    if (day) this.choose(day);
  }

  choose(day) {
    this.dayField.value = day;
    this.dayChanged();
  }

  dayChanged() {
    this.chips.forEach((chip) => chip.setAttribute("aria-pressed", String(chip.dataset.day === this.day.value)));
    this.inWords.textContent = this.day.validity.valid && this.day.value ? dayInWords(this.day.value) : "";
    this.showFault(this.day, this.day.value ? this.dayFault() : "");
  }

  dayFault() {
    const { valueMissing, rangeUnderflow, rangeOverflow } = this.day.validity;
    if (valueMissing) return word(this.dayField.isUnclear ? "date_unclear" : "date_missing");
    if (rangeOverflow) return word("expires_too_late");
    return rangeUnderflow ? word("expires_in_past") : "";
  }

  nameChanged() {
    clearTimeout(this.timer);
    this.showFault(this.name, "");
    if (this.name.value.trim()) this.timer = setTimeout(() => this.lookUpName(), PAUSE);
  }

  /** Says while one types that a name is taken. Only a courtesy: the server decides when the key is created. */
  async lookUpName() {
    const asked = this.name.value;
    const path = `/settings/keys/name?name=${encodeURIComponent(asked)}`;
    const fault = await fetchPart(path, "[data-fault]").catch(() => null);
    if (fault && this.name.value === asked) this.showFault(this.name, fault.textContent);
  }

  /** Looks at both fields before they are sent; the first that is wrong gets the focus. */
  check() {
    clearTimeout(this.timer);
    const nameFault = this.name.value.trim() ? "" : word("name_empty");
    this.showFault(this.name, nameFault);
    this.showFault(this.day, this.dayFault());
    return this.focusFirstFault();
  }

  /** Shows the server's refusals under their fields, and tells whether all of them had one. */
  showErrors(errors, problem) {
    const known = errors.filter((error) => this.form.elements[error.field]);
    known.forEach((error) => this.showFault(this.form.elements[error.field], explain(problem, error.field)));
    if (known.length === 0 && problem?.code === "name_taken") {
      this.showFault(this.name, word("name_taken"));
      known.push(problem);
    }
    this.focusFirstFault();
    return known.length > 0 && known.length >= errors.length;
  }

  focusFirstFault() {
    const first = [this.name, this.dayField.text].find((field) => field.getAttribute("aria-invalid") === "true");
    first?.focus();
    return !first;
  }

  showFault(field, text) {
    document.getElementById(`${field.id}-fault`).textContent = text;
    const shown = field === this.day ? this.dayField.text : field;
    if (text) shown.setAttribute("aria-invalid", "true");
    else shown.removeAttribute("aria-invalid");
  }
}

function dayInWords(day) {
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const format = new Intl.DateTimeFormat(language, {
    weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  });
  return word("works_through", { day: format.format(new Date(`${day}T12:00:00Z`)) });
}

function isOutside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right
    || event.clientY < box.top || event.clientY > box.bottom;
}
