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

for (const button of document.querySelectorAll("[data-unveils]")) {
  const field = document.getElementById(button.dataset.unveils);
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.hidden = false;
  button.addEventListener("click", () => show(field.type === "password"));
  // Browsers keep what was in a field of text, and offer it again.
  field.form.addEventListener("submit", () => show(false));
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

// Where the service cannot be reached, a worker shows a page of ours. It comes last: this page can do without. Browsers
// of Chromium's kind alone get it: Firefox keeps pages in its memory for Back, also those that must not be stored, once
// they come through a worker, and would show them to whoever sits there after a log-out. Without HTTPS, or in a private
// window, a browser may let us have none, and shows its own.
if ("userAgentData" in navigator && "serviceWorker" in navigator) {
  addEventListener("load", () => {
    const worker = `/worker.js?language=${document.documentElement.lang}`;
    navigator.serviceWorker.register(worker, { updateViaCache: "all" }).catch(() => {});
  });
}

// The film of the help comes with captions in the page's language. A track that is on of itself would be fetched with
// the page, for those too who never press Play.
for (const first of document.querySelectorAll("video track[data-first]")) {
  const film = first.closest("video");
  const isOn = () => [...film.textTracks].some((track) => track.mode === "showing");
  film.addEventListener("play", () => { if (!isOn()) first.track.mode = "showing"; }, { once: true });
}

// What a page brings with it is no change, and screen readers are silent about it.
const notices = [...document.querySelectorAll("main .note[role=status]")].map((note) => note.textContent.trim());
if (notices.some(Boolean)) setTimeout(() => tell(notices.join(" ")), UNTIL_HEARD);
