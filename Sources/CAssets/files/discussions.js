// The pages of the discussions: what is being written is kept in this tab until it is sent, and its field grows with it.

import { Draft } from "./draft.js";
import { forgetNotice } from "./page.js";

for (const sent of document.querySelectorAll("[data-forgets]")) Draft.forgetSent(sent.dataset.forgets);

for (const form of document.querySelectorAll("form[data-draft]")) {
  const draft = new Draft(form.dataset.draft);
  const fields = [...form.querySelectorAll("[name=title], [name=body]")];

  // What was refused is here already, and newer.
  if (!("refused" in form.dataset)) {
    const kept = draft.value;
    for (const field of fields) field.value = kept?.[field.name] ?? field.value;
  }

  function keep() {
    if (fields.every((field) => field.value === field.defaultValue)) return draft.forget();
    draft.keep(Object.fromEntries(fields.map((field) => [field.name, field.value])));
  }

  form.addEventListener("input", keep);
  form.addEventListener("submit", () => draft.send());
  form.querySelector("a.button")?.addEventListener("click", () => draft.forget());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector("button"));
  });
}

if (!CSS.supports("field-sizing", "content")) {
  for (const field of document.querySelectorAll("textarea.words")) {
    const grow = () => {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
    };
    field.addEventListener("input", grow);
    grow();
  }
}

forgetNotice();
