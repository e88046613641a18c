// The one showing of a key, in the window or on a page of its own: until "I have copied the key" is checked
// and the server knows it, there is no way out that does not ask first.

import { copy, select, selectedText } from "./copy.js";
import { FirstUse } from "./first-use.js";
import { call, explain, Unreachable, word } from "./page.js";

export class Reveal {
  /** @param {HTMLFormElement} form the part of the page that shows the key */
  constructor(form) {
    this.form = form;
    this.key = form.querySelector("[data-key]");
    this.keyInCommand = form.querySelector("[data-key-in-command]");
    this.placeholder = this.keyInCommand.dataset.keyInCommand;
    this.shower = form.querySelector("[data-shows]");
    this.saver = form.querySelector("[data-saves]");
    this.box = form.querySelector("[name=copied]");
    this.done = form.querySelector("[data-done-button]");
    this.note = form.querySelector("[data-reveal-note]");
    this.waiting = form.querySelector("[data-waiting]");
    this.keepFromLeaving = (event) => {
      event.preventDefault();
      event.returnValue = true; // what older browsers look at
    };
    this.listen();
  }

  /** Shows a key, as dots until it is asked for. `id` is what the server knows it by. */
  start(id, key) {
    this.id = id;
    this.copied = false;
    this.confirmed = false;
    this.key.value = key;
    this.keyInCommand.textContent = key;
    this.box.checked = false;
    this.shower.hidden = this.saver.hidden = false;
    this.mask(true);
    this.form.querySelectorAll("[data-copies]").forEach((button) => this.mark(button, false));
    this.say("");
    this.tell("");
    this.form.elements.snippet[0].checked = true;
    this.settle();
    addEventListener("beforeunload", this.keepFromLeaving);
  }

  /** Whether the process is complete, so that the window may close. */
  get complete() {
    return this.box.checked && this.confirmed;
  }

  /** Takes the key out of the page; from here on nobody can show it again. */
  forget() {
    removeEventListener("beforeunload", this.keepFromLeaving);
    this.firstUse?.stop();
    this.id = null;
    this.key.value = "";
    this.keyInCommand.textContent = this.placeholder;
    getSelection()?.removeAllRanges();
  }

  listen() {
    this.form.querySelectorAll("[data-copies]").forEach((button) =>
      button.addEventListener("click", () => this.copyBy(button)),
    );
    this.shower.addEventListener("click", () => this.mask(!this.form.hasAttribute("data-masked")));
    this.saver.addEventListener("click", () => this.save());
    this.key.addEventListener("click", () => select(this.key));
    this.form.addEventListener("copy", (event) => this.copiedByHand(event));
    this.box.addEventListener("change", () => this.boxChanged());
    addEventListener("pagehide", () => this.forget());
    // A page that comes back from the browser's memory comes back without its key: show what is true now.
    addEventListener("pageshow", (event) => event.persisted && location.replace("/settings/keys"));
  }

  /** Dots in place of the key, for who looks over one's shoulder. The key itself stays in its field. */
  mask(masked) {
    this.form.toggleAttribute("data-masked", masked);
    this.shower.setAttribute("aria-pressed", String(!masked));
  }

  async copyBy(button) {
    const source = this.form.querySelector(button.dataset.copies);
    const worked = await copy(source);
    this.mark(button, worked);
    this.copied ||= worked;
    this.say(worked ? "" : word("copy_failed"));
    if (!worked) select(source);
  }

  /** What is copied by hand is the key, where dots are seen too. */
  copiedByHand(event) {
    const text = selectedText();
    if (text) {
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
    }
    if (document.activeElement !== this.key || !text) return;
    const whole = text === this.key.value;
    this.copied ||= whole;
    this.say(whole ? "" : word("copied_in_part"));
    if (whole) this.mark(this.form.querySelector("[data-copies]"), true);
  }

  /** Hands the key over as a file, made here: no server hears of it again. */
  save() {
    const { variable, file } = this.saver.dataset;
    const address = URL.createObjectURL(new Blob([`${variable}=${this.key.value}\n`], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000); // a browser may ask first where it shall go
    this.copied = true;
    this.say("");
  }

  mark(button, copied) {
    button.toggleAttribute("data-copied", copied);
    const words = button.closest(".field")?.querySelector("[data-copy-words]");
    if (words) words.textContent = copied ? word("copied") : "";
  }

  /** The box is the user's word; the server takes it, and only then is the key alive. */
  async boxChanged() {
    this.settle();
    if (!this.box.checked || this.confirmed || this.confirming) return;
    this.say(this.copied ? "" : word("not_seen_copied"), "warning");
    this.confirming = true;
    try {
      const answer = await call("POST", `/v1/keys/${this.id}/confirm`);
      this.confirmed = answer.ok;
      if (answer.ok) this.watch();
      else await this.refused(answer);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.takeBack(word("unreachable"));
    } finally {
      this.confirming = false;
    }
    if (this.confirmed) removeEventListener("beforeunload", this.keepFromLeaving);
    this.settle();
  }

  /** The session may have ended in another tab, or be another person's by now. */
  async refused(answer) {
    if (answer.status === 401) return this.takeBack(word("signed_out"));
    const isGone = answer.status === 404;
    if (isGone && !(await this.isOwn())) return this.takeBack(word("another_person"));
    this.takeBack(explain(answer.body));
    if (isGone) this.confirmed = this.box.checked = true; // deleted elsewhere: nothing to guard
  }

  async isOwn() {
    const me = await call("GET", "/v1/me");
    return me.body?.user?.id === this.form.dataset.person;
  }

  takeBack(text) {
    this.box.checked = false;
    this.say(text, "bad");
  }

  settle() {
    this.form.toggleAttribute("data-confirmed", this.confirmed);
    this.done.disabled = !this.complete;
  }

  say(text, kind = "bad") {
    this.note.textContent = text;
    this.note.className = `note ${kind}`;
  }

  /** Waits for the first request made with the key, and says so when it has come. */
  watch() {
    this.tell(word("waiting"), "live");
    this.firstUse = new FirstUse(this.id, (use) => this.green(use), () => this.tell(""));
  }

  green({ at, address }) {
    const time = this.time(at);
    this.tell(address ? word("first_request", { time, address }) : word("first_request_at", { time }), "done");
  }

  tell(text, state = "") {
    this.waiting.textContent = text;
    this.waiting.dataset.waiting = state;
  }

  /** A time of day where the account is. */
  time(at) {
    const { lang } = document.documentElement;
    return new Intl.DateTimeFormat(lang, {
      hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
      timeZone: this.waiting.dataset.zone,
    }).format(new Date(at));
  }
}
