// The API keys page: its buttons open windows here instead of pages.

import { CreateWindow } from "./create.js";
import { DeleteWindow } from "./delete.js";
import { forgetNotice } from "./page.js";
import { Reveal } from "./reveal.js";
import { KeysTable } from "./table.js";

const page = document.querySelector("[data-keys-page]");
if (page) startPage(page);

// The page that shows a key to a browser which sent the form itself.
const shown = document.querySelector("form[data-reveal][data-id]");
if (shown) new Reveal(shown).start(shown.dataset.id, shown.querySelector("[data-key]").value);

function startPage(page) {
  const table = new KeysTable(page);
  const createWindow = new CreateWindow(document.getElementById("create-window"), () => table.refresh());
  const deleteWindow = new DeleteWindow(document.getElementById("delete-window"), () => table.refresh());
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-opens-create]")) {
      event.preventDefault();
      createWindow.open();
    } else if (form.matches("[data-opens-delete]")) {
      event.preventDefault();
      deleteWindow.open(form, event.submitter);
    }
  });
  forgetNotice();
}
