// The API keys page: its buttons open windows here instead of pages.

import { CreateWindow } from "./create.js";
import { DeleteWindow } from "./delete.js";
import { forgetNotice } from "./page.js";
import { Reveal } from "./reveal.js";
import { Shortcuts } from "./shortcuts.js";
import { KeysTable } from "./table.js";

const page = document.querySelector("[data-keys-page]");
if (page) startPage(page);

// The page that shows a key to a browser which sent the form itself.
const shown = document.querySelector("form[data-reveal][data-id]");
if (shown) new Reveal(shown).start(shown.dataset.id, shown.querySelector("[data-key]").value);

function startPage(page) {
  const table = new KeysTable(page);
  const createWindow = new CreateWindow(document.getElementById("create-window"), () => table.refresh());
  const deleteWindow = new DeleteWindow(document.getElementById("delete-window"), page.dataset.keysPage, (button) =>
    table.afterDeletion(button),
  );
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
  new Shortcuts(page, table);
  createWindow.openAgain();
  openNamed(createWindow);
  forgetNotice();
}

// A link to the window, such as the main page's; a reload must not open it once more.
function openNamed(createWindow) {
  if (location.hash !== "#create") return;
  history.replaceState(history.state, "", location.pathname + location.search);
  const mayCreate = !document.querySelector("[data-opens-create] button").disabled;
  if (mayCreate && !createWindow.dialog.open) createWindow.open();
}
