// "Why was I refused?": the list renews itself while one looks at it, and choosing a key shows it at once.

import { fetchPart } from "./page.js";

/** Milliseconds between two looks; a refusal is written within a second or two. */
const LOOK_EVERY = 4_000;

const card = document.querySelector("[data-list]")?.closest("section");
const choice = document.querySelector("[data-choose]");

if (choice) {
  choice.querySelector("[data-show]").hidden = true;
  choice.elements.key.addEventListener("change", () => choice.requestSubmit());
}

if (card) {
  card.querySelector("[data-refresh]").addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    renew();
  });
  setInterval(() => !document.hidden && renew(), LOOK_EVERY);
}

/** Puts what is new in its place; what has not changed is left alone, with the reader's selection in it. */
async function renew() {
  const address = card.querySelector("[data-refresh]").href;
  const fresh = await fetchPart(address, "section:has([data-list])").catch(() => null);
  if (!fresh) return;
  for (const part of ["[data-list]", "[data-count]"]) {
    const [old, renewed] = [card.querySelector(part), fresh.querySelector(part)];
    if (newest(old) !== newest(renewed) || part === "[data-count]") old.replaceWith(renewed);
  }
}

function newest(list) {
  return list.querySelector("time")?.dateTime;
}
