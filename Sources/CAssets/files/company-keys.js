// The keys of a company: selecting rows, and asking in a window instead of on a page. Deleting itself is the form's.

import { fetchPart, forgetNotice, whileBusy, word } from "./page.js";

const page = document.querySelector("[data-company-keys]");
const bar = page?.querySelector("[data-bulk]");
const all = page?.querySelector("[data-all]");

if (bar && all) {
  all.closest("label").hidden = false;
  bar.querySelector("[data-clear]").hidden = false;
  page.addEventListener("change", (event) => {
    if (event.target === all) boxes().forEach((box) => (box.checked = all.checked));
    showSelection();
  });
  bar.querySelector("[data-clear]").addEventListener("click", () => {
    boxes().forEach((box) => (box.checked = false));
    showSelection();
    all.focus();
  });
  // A browser that comes back to the page remembers which boxes were ticked.
  addEventListener("pageshow", showSelection);
  showSelection();
}

function boxes() {
  return [...page.querySelectorAll("tbody [name=id][type=checkbox]")];
}

function showSelection() {
  const count = boxes().filter((box) => box.checked).length;
  all.checked = count > 0 && count === boxes().length;
  all.indeterminate = count > 0 && !all.checked;
  bar.hidden = count === 0;
  bar.querySelector("[data-count]").textContent = word("selected", { count });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-opens-delete]")) return;
  event.preventDefault();
  open(form, event.submitter);
});

/** Shows the confirming page's question in a window; where that fails, goes to the page. */
async function open(form, button) {
  const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form, button))}`;
  const lost = await whileBusy(button, async () => {
    const sheet = await fetchPart(address, "[data-sheet]");
    if (sheet) show(sheet);
    else location.assign(address);
  });
  if (lost) location.assign(address);
}

function show(sheet) {
  const dialog = document.getElementById("delete-window");
  dialog.replaceChildren(sheet);
  dialog.setAttribute("aria-labelledby", sheet.querySelector("h2").id);
  const cancel = sheet.querySelector("[data-closes]");
  cancel.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  sheet.addEventListener("submit", () => sheet.querySelector("[type=submit]").setAttribute("aria-busy", "true"));
  dialog.showModal();
  cancel.focus();
}

forgetNotice();
