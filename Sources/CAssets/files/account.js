// What every page does: the browser's time zone, no second sending of a form, and its notices said aloud.

import { tell } from "./page.js";

/** Milliseconds after which a screen reader has read a new page's title and listens to changes. */
const UNTIL_HEARD = 600;

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll("[data-fills-time-zone]")) field.value = zone ?? "";

for (const button of document.querySelectorAll("[data-uses-time-zone]")) {
  const select = document.getElementById(button.dataset.usesTimeZone);
  const known = [...select.options].some((option) => option.value === zone);
  button.hidden = !known || select.value === zone;
  button.addEventListener("click", () => {
    select.value = zone;
    button.hidden = true;
    select.focus();
  });
}

for (const form of document.querySelectorAll("form[method=post]")) {
  if (form.matches("[data-create], [data-reveal], [data-delete]")) continue;
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
}

// A page that comes back from the browser's memory must take its forms again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("form [aria-busy]")) button.removeAttribute("aria-busy");
});

// A link to Settings opens the part that it names.
function openNamed() {
  document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
}
addEventListener("hashchange", openNamed);
openNamed();

// What a page brings with it is no change, and screen readers are silent about it.
const notices = [...document.querySelectorAll("main .note[role=status]")].map((note) => note.textContent.trim());
if (notices.some(Boolean)) setTimeout(() => tell(notices.join(" ")), UNTIL_HEARD);
