// A field for a day in the page's language. A browser's own speaks the language of the browser, so it only keeps the
// value here, and a text field with a calendar stands in its place (WAI-ARIA Authoring Practices, "Date Picker Dialog").

import { word } from "./page.js";

const DAY = 86_400_000;
const WEEK = 7;

// Two of the set of icons.
const CALENDAR = "M5.5 4.5h9a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM3.5 8.5h13M7 3v3M13 3v3";
const ARROW = "m7.5 4.5 5.5 5.5-5.5 5.5";

export class DayField {
  /** @param {HTMLInputElement} native the browser's own field, which keeps the value as `YYYY-MM-DD` */
  constructor(native) {
    this.native = native;
    this.text = document.createElement("input");
    this.build();
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("change", () => native.value && this.show());
    this.button.addEventListener("click", () => this.openCalendar());
    this.show();
  }

  build() {
    const { native, text } = this;
    Object.assign(text, { type: "text", className: native.className, id: `${native.id}-text`, autocomplete: "off" });
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (native.hasAttribute(name)) text.setAttribute(name, native.getAttribute(name));
    }
    document.querySelector(`label[for="${native.id}"]`).htmlFor = text.id;
    this.button = button("icon-button", word("choose_day"), CALENDAR);
    this.button.setAttribute("aria-haspopup", "dialog");
    const whole = document.createElement("div");
    whole.className = "day-field";
    native.before(whole);
    whole.append(text, this.button, native);
    native.hidden = true;
  }

  /** Takes a day that was chosen elsewhere. */
  set value(day) {
    this.native.value = day;
    this.show();
  }

  /** Whether something is written that is no day. */
  get isUnclear() {
    return this.text.value.trim() !== "" && this.native.value === "";
  }

  show() {
    this.text.value = this.native.value ? inWords(this.native.value) : "";
  }

  typed() {
    this.native.value = read(this.text.value) ?? "";
    this.changed();
  }

  changed() {
    this.native.dispatchEvent(new Event("input", { bubbles: true }));
  }

  openCalendar() {
    const calendar = new Calendar(this.native, (day) => {
      this.value = day;
      this.changed();
    });
    calendar.open(this.text, this.button);
  }
}

/** One month, in a window of its own over the field. */
class Calendar {
  constructor(native, onChoose) {
    this.onChoose = onChoose;
    this.chosen = native.value ? number(native.value) : undefined;
    this.first = native.min ? number(native.min) : -Infinity;
    this.last = native.max ? number(native.max) : Infinity;
    this.day = this.within(this.chosen ?? number(new Date().toISOString().slice(0, 10)));
    this.build();
    this.draw();
  }

  build() {
    this.dialog = document.createElement("dialog");
    this.dialog.className = "calendar";
    this.dialog.setAttribute("aria-label", word("choose_day"));
    this.title = document.createElement("h3");
    this.title.setAttribute("aria-live", "polite");
    const previous = button("icon-button previous", word("previous_month"), ARROW);
    const next = button("icon-button", word("next_month"), ARROW);
    previous.addEventListener("click", () => this.turn(-1));
    next.addEventListener("click", () => this.turn(1));
    const head = document.createElement("header");
    head.append(previous, this.title, next);
    this.grid = document.createElement("table");
    this.grid.setAttribute("role", "grid");
    this.dialog.append(head, this.grid);
    this.dialog.addEventListener("close", () => this.dialog.remove());
    // Esc closes the calendar and not what it stands over.
    this.dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
    this.dialog.addEventListener("cancel", (event) => event.stopPropagation());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.grid.addEventListener("keydown", (event) => this.press(event));
    this.grid.addEventListener("click", (event) => this.choose(event.target.closest("[data-day]")));
  }

  open(field, opener) {
    field.closest(".day-field").append(this.dialog);
    this.dialog.showModal();
    this.place(field.getBoundingClientRect());
    this.dialog.addEventListener("close", () => opener.focus());
    this.focus();
  }

  /** Below the field, above it where there is no room below. */
  place(field) {
    const { width, height } = this.dialog.getBoundingClientRect();
    const below = field.bottom + 4;
    const top = below + height <= innerHeight ? below : Math.max(8, field.top - 4 - height);
    this.dialog.style.top = `${top}px`;
    this.dialog.style.left = `${Math.max(8, Math.min(field.left, innerWidth - width - 8))}px`;
  }

  draw() {
    const month = new Date(this.day);
    this.title.textContent = format(this.day, { month: "long", year: "numeric" });
    this.grid.setAttribute("aria-label", this.title.textContent);
    const start = Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1);
    const monday = start - ((new Date(start).getUTCDay() + WEEK - 1) % WEEK) * DAY;
    this.grid.replaceChildren(this.heads(monday), this.weeks(monday, month.getUTCMonth()));
  }

  heads(monday) {
    const head = document.createElement("thead");
    const row = head.insertRow();
    for (let day = 0; day < WEEK; day++) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.abbr = format(monday + day * DAY, { weekday: "long" });
      cell.textContent = format(monday + day * DAY, { weekday: "short" });
      row.append(cell);
    }
    return head;
  }

  /** Six weeks, whatever the month: the calendar keeps its height. */
  weeks(monday, month) {
    const body = document.createElement("tbody");
    for (let week = 0; week < 6; week++) {
      const row = body.insertRow();
      for (let day = 0; day < WEEK; day++) this.fill(row.insertCell(), monday + (week * WEEK + day) * DAY, month);
    }
    return body;
  }

  fill(cell, day, month) {
    if (new Date(day).getUTCMonth() !== month) return;
    cell.dataset.day = iso(day);
    cell.textContent = new Date(day).getUTCDate();
    cell.tabIndex = day === this.day ? 0 : -1;
    cell.setAttribute("aria-label", format(day, { weekday: "long", day: "numeric", month: "long", year: "numeric" }));
    cell.setAttribute("aria-selected", String(day === this.chosen));
    if (day !== this.within(day)) cell.setAttribute("aria-disabled", "true");
  }

  within(day) {
    return Math.min(Math.max(day, this.first), this.last);
  }

  focus() {
    this.grid.querySelector("[tabindex='0']").focus();
  }

  go(day) {
    this.day = this.within(day);
    this.draw();
    this.focus();
  }

  turn(months) {
    this.day = this.within(monthsLater(this.day, months));
    this.draw();
  }

  choose(cell) {
    if (!cell || cell.hasAttribute("aria-disabled")) return;
    this.onChoose(cell.dataset.day);
    this.dialog.close();
  }

  press(event) {
    const weekday = (new Date(this.day).getUTCDay() + WEEK - 1) % WEEK;
    const months = event.shiftKey ? 12 : 1;
    const target = {
      ArrowLeft: () => this.day - DAY,
      ArrowRight: () => this.day + DAY,
      ArrowUp: () => this.day - WEEK * DAY,
      ArrowDown: () => this.day + WEEK * DAY,
      Home: () => this.day - weekday * DAY,
      End: () => this.day + (WEEK - 1 - weekday) * DAY,
      PageUp: () => monthsLater(this.day, -months),
      PageDown: () => monthsLater(this.day, months),
    }[event.key];
    if (target) this.go(target());
    else if (event.key === "Enter" || event.key === " ") this.choose(event.target.closest("[data-day]"));
    else return;
    event.preventDefault();
  }
}

function button(className, label, lines) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className });
  button.setAttribute("aria-label", label);
  button.append(icon(lines));
  return button;
}

function icon(lines) {
  const [drawing, path] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("viewBox", "0 0 20 20");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", lines);
  drawing.append(path);
  return drawing;
}

// Days are midnights in UTC here, as numbers, so that no clock of the browser's moves them.

const number = (day) => Date.parse(`${day}T00:00:00Z`);
const iso = (day) => new Date(day).toISOString().slice(0, 10);

/** The same day some months later; the month's last where it has no such day. */
function monthsLater(day, months) {
  const date = new Date(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), length));
}

function format(day, parts) {
  const { lang } = document.documentElement;
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { ...parts, timeZone: "UTC" }).format(day);
}

/** "24 November 2026", "24 ноября 2026 г." */
function inWords(day) {
  return format(number(day), { day: "numeric", month: "long", year: "numeric" });
}

/** Reads "24 November 2026", "24 нояб. 2026", "24.11.2026", "24/11/2026" and "2026-11-24"; else `undefined`. */
function read(text) {
  const [first, second, third] = text.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
  if (third === undefined) return undefined;
  const [year, month, day] = first.length === 4 ? [first, second, third] : [third, second, first];
  const index = /^\d+$/.test(month) ? Number(month) : monthNamed(month);
  const date = new Date(Date.UTC(Number(year), index - 1, Number(day)));
  const isReal = year.length === 4 && date.getUTCMonth() === index - 1 && date.getUTCDate() === Number(day);
  return isReal ? iso(date) : undefined;
}

/** From 1, by its first three letters: alone and beside a day, since Russian tells the two apart; 0 for none. */
function monthNamed(text) {
  const start = ` ${text.slice(0, 3)}`;
  const isNamed = (day) => [{ month: "long" }, { day: "numeric", month: "long" }].some((parts) =>
    ` ${format(day, parts).toLowerCase()}`.includes(start),
  );
  const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 1));
  return text.length < 3 ? 0 : 1 + months.findIndex(isNamed);
}
