// The one showing of a key, in the window or on a page of its own: until "I have copied the key" is checked
// and the server knows it, there is no way out that does not ask first.

import { copy, select } from "./copy.js";
import { call, explain, Unreachable, word } from "./page.js";

/** Milliseconds between two looks whether the key has been used, and how many looks are worth while. */
const LOOK_EVERY = 2_000;
const LOOKS = 450; // 15 minutes

export class Reveal {
  /** @param {HTMLFormElement} form the part of the page that shows the key */
  constructor(form) {
    this.form = form;
    this.key = form.querySelector("[data-key]");
    this.command = form.querySelector("[data-command]");
    this.template = this.command.dataset.template;
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

  /** Shows a key. `id` is what the server knows it by. */
  start(id, key) {
    this.id = id;
    this.copied = false;
    this.confirmed = false;
    this.key.value = key;
    this.command.textContent = this.template.replace("YOUR_KEY", key);
    this.box.checked = false;
    this.form.querySelectorAll("[data-copies]").forEach((button) => this.mark(button, false));
    this.say("");
    this.watch(null);
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
    clearTimeout(this.look);
    this.id = null;
    this.key.value = "";
    this.command.textContent = this.template;
    getSelection()?.removeAllRanges();
  }

  listen() {
    this.form.querySelectorAll("[data-copies]").forEach((button) =>
      button.addEventListener("click", () => this.copyBy(button)),
    );
    this.key.addEventListener("click", () => select(this.key));
    this.form.addEventListener("copy", () => this.copiedByHand());
    this.box.addEventListener("change", () => this.boxChanged());
    addEventListener("pagehide", () => this.forget());
    // A page that comes back from the browser's memory comes back without its key: show what is true now.
    addEventListener("pageshow", (event) => event.persisted && location.replace("/settings/keys"));
  }

  async copyBy(button) {
    const source = this.form.querySelector(button.dataset.copies);
    const worked = await copy(source);
    this.mark(button, worked);
    this.copied ||= worked;
    this.say(worked ? "" : word("copy_failed"));
    if (!worked) select(source);
  }

  copiedByHand() {
    const { selectionStart, selectionEnd, value } = this.key;
    if (document.activeElement !== this.key || selectionStart === selectionEnd) return;
    const whole = selectionStart === 0 && selectionEnd === value.length;
    this.copied ||= whole;
    this.say(whole ? "" : word("copied_in_part"));
    if (whole) this.mark(this.form.querySelector("[data-copies]"), true);
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
      if (!answer.ok) this.takeBack(explain(answer.body));
      if (answer.status === 404) this.confirmed = this.box.checked = true; // deleted elsewhere: nothing to guard
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.takeBack(word("unreachable"));
    } finally {
      this.confirming = false;
    }
    if (this.confirmed) {
      removeEventListener("beforeunload", this.keepFromLeaving);
      this.watch(LOOKS);
    }
    this.settle();
  }

  takeBack(text) {
    this.box.checked = false;
    this.say(text, "bad");
  }

  settle() {
    this.done.disabled = !this.complete;
  }

  say(text, kind = "bad") {
    this.note.textContent = text;
    this.note.className = `note ${kind}`;
  }

  /** Waits for the first request made with the key, and says so when it has come. */
  watch(looks) {
    clearTimeout(this.look);
    this.waiting.toggleAttribute("data-live", looks !== null);
    this.waiting.toggleAttribute("data-done", false);
    this.waiting.textContent = word(looks === null ? "starts_when_confirmed" : "waiting");
    if (looks) this.look = setTimeout(() => this.lookOnce(looks - 1), LOOK_EVERY / 4);
  }

  async lookOnce(looksLeft) {
    const id = this.id;
    const answer = await call("GET", `/v1/keys/${id}`).catch(() => null);
    if (this.id !== id || id === null) return;
    if (answer?.body?.last_used_at) {
      this.waiting.removeAttribute("data-live");
      this.waiting.toggleAttribute("data-done", true);
      this.waiting.textContent = word("first_request");
      return;
    }
    if (looksLeft > 0) this.look = setTimeout(() => this.lookOnce(looksLeft - 1), LOOK_EVERY);
  }
}
