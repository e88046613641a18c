// The pages about people: filters that act when they are chosen, and the link that is copied.

import { copy } from "./copy.js";
import { forgetNotice, word } from "./page.js";

for (const form of document.querySelectorAll("form[data-filters]")) {
  for (const select of form.querySelectorAll("select")) {
    select.addEventListener("change", () => form.requestSubmit());
  }
  // Fields that say nothing need not stand in the address.
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}

const button = document.querySelector("[data-copies-link]");
if (button) {
  const words = document.querySelector("[data-copy-words]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const worked = await copy(document.querySelector("[data-link]"));
    button.toggleAttribute("data-copied", worked);
    words.textContent = word(worked ? "copied" : "copy_failed");
  });
}

forgetNotice();
