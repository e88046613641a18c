// Forms of the account: the browser's time zone, and no second sending.

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
