// The window that confirms a deletion. What it says comes from the confirming page, so both say the same.

import { announce, call, explain, fetchPart, Unreachable, whileBusy, word } from "./page.js";

export class DeleteWindow {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {string} user whose keys the page shows
   * @param {(button: HTMLElement) => void} onFinish called when keys have been deleted and the window closed, with
   *   the button that had opened it
   */
  constructor(dialog, user, onFinish) {
    this.dialog = dialog;
    this.user = user;
    this.onFinish = onFinish;
    dialog.addEventListener("cancel", (event) => this.busy && event.preventDefault());
    dialog.addEventListener("keydown", (event) => event.key === "Escape" && this.busy && event.preventDefault());
    dialog.addEventListener("close", () => dialog.replaceChildren());
  }

  get busy() {
    return this.dialog.querySelector("[aria-busy=true]") !== null;
  }

  /** Opens for what a form of the page would send: keys by their ids, or all. */
  async open(form, button) {
    this.opener = button;
    const query = new URLSearchParams(new FormData(form, button));
    const lost = await whileBusy(button, async () => {
      const sheet = await fetchPart(`/settings/keys/delete?${query}`, "[data-delete]");
      if (sheet && sheet.elements.user_id.value !== this.user) announce(word("another_account"), "bad");
      else if (sheet) this.show(sheet);
      else location.assign(`/settings/keys/delete?${query}`);
    });
    if (lost) announce(word("unreachable"), "bad");
  }

  show(sheet) {
    this.dialog.replaceChildren(sheet);
    this.dialog.setAttribute("aria-labelledby", sheet.querySelector("h2").id);
    const cancel = sheet.querySelector("[data-closes]");
    cancel.addEventListener("click", (event) => {
      event.preventDefault();
      if (!this.busy) this.dialog.close();
    });
    sheet.addEventListener("submit", (event) => {
      event.preventDefault();
      this.confirm(sheet);
    });
    this.dialog.showModal();
    (sheet.querySelector("[name=word]") ?? cancel).focus();
  }

  async confirm(sheet) {
    const fields = new FormData(sheet);
    const chosen = fields.has("all") ? { all: true } : { ids: fields.getAll("id") };
    const note = sheet.querySelector("[data-delete-note]");
    const typed = sheet.querySelector("[name=word]");
    if (typed && !saysTheWord(typed)) return;
    const lost = await whileBusy(sheet.querySelector("[type=submit]"), async () => {
      note.textContent = "";
      // Whoever has logged in meanwhile in another tab keeps theirs.
      const answer = await call("POST", "/v1/keys/delete", { ...chosen, user_id: this.user });
      if (answer.ok || answer.status === 404) this.finish(answer.body?.deleted ?? chosen.ids?.length);
      else note.textContent = answer.status === 401 ? word("signed_out") : explain(answer.body);
    });
    if (lost instanceof Unreachable) note.textContent = word("unreachable");
  }

  finish(count) {
    this.dialog.close();
    announce(word(count === 1 ? "deleted_one" : "deleted_many"));
    this.onFinish(this.opener);
  }
}

function saysTheWord(field) {
  const right = field.value.trim().toLowerCase() === field.dataset.expected.toLowerCase();
  document.getElementById(`${field.id}-fault`).textContent = right ? "" : word("type_the_word");
  if (right) field.removeAttribute("aria-invalid");
  else {
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }
  return right;
}
