// Trying a call: a form that sends it for real, as the browser's session or with a pasted key.

import { codeBox, element, json, status } from "./docs-parts.js";

/** The headers of an answer that are worth a look; the others are the same for all. */
const TELLING_HEADERS = /^(allow|cache-control|content-type|location|retry-after|www-authenticate|x-latchkey-.*)$/;

/** Who the calls are made as. A pasted key lives in this field and nowhere else. */
export class Caller {
  constructor() {
    this.key = element("input", {
      class: "input code", id: "try-key", type: "password", autocomplete: "off", spellcheck: "false",
      placeholder: "Empty: as this browser's session",
    });
  }

  form() {
    const form = element(
      "form", { class: "field caller" },
      element("label", { for: "try-key" }, "API key for the calls of this page"),
      this.key,
      element("p", { class: "hint" },
        "The key is sent with each call and kept nowhere. Without one, calls are made as whoever is ",
        element("a", { href: "/login" }, "logged in"), " in this browser. They are real: what they delete is gone."),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    return form;
  }

  /** @returns {RequestInit} */
  credentials() {
    const key = this.key.value.trim();
    return key
      ? { credentials: "omit", headers: { Authorization: `Bearer ${key}` } }
      : { credentials: "same-origin", headers: {} };
  }
}

/** The form for one call. */
export function tryForm({ method, path, operation, parameters, body, schemas, caller }) {
  const fields = parameters.map((parameter) => new Field(parameter, operation.operationId, schemas));
  const text = body && element("textarea", {
    class: "input code", id: `body-${operation.operationId}`, rows: json(body).split("\n").length, spellcheck: "false",
  }, json(body));
  const answer = element("div", { class: "answer", "aria-live": "polite" });
  const send = element("button", { class: method === "delete" ? "button danger" : "button" }, "Send");
  const form = element(
    "form", { class: "form try", "aria-label": `Try: ${operation.summary}` },
    fields.map((field) => field.element),
    text && element("div", { class: "field" }, element("label", { for: text.id }, "Body"), text),
    element("div", { class: "actions" }, send),
    answer,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.setAttribute("aria-busy", "true");
    answer.replaceChildren(await ask(address(path, fields), method, text?.value, caller));
    send.removeAttribute("aria-busy");
  });
  return form;
}

/** One parameter's label and control. */
class Field {
  constructor(parameter, operation, schemas) {
    const schema = schemas.resolve(parameter.schema);
    const attributes = { class: "input", id: `${parameter.name}-of-${operation}`, required: parameter.required };
    this.name = parameter.name;
    this.place = parameter.in;
    this.control = schema.enum
      ? element("select", attributes, schema.enum.map((value) => element("option", { value }, value || "(any)")))
      : element("input", {
        ...attributes,
        type: schema.type === "integer" ? "number" : "text",
        min: schema.minimum, max: schema.maximum, autocomplete: "off",
        placeholder: parameter.example ?? schema.examples?.[0] ?? schema.default,
      });
    this.element = element(
      "div", { class: "field" },
      element("label", { for: attributes.id }, parameter.name), this.control,
    );
  }
}

function address(path, fields) {
  const query = new URLSearchParams();
  for (const { name, place, control } of fields) {
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(control.value));
    else if (control.value) query.append(name, control.value);
  }
  return query.size ? `${path}?${query}` : path;
}

/** Sends a call, and returns what came back as elements. */
async function ask(url, method, body, caller) {
  const { credentials, headers } = caller.credentials();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const start = performance.now();
  try {
    const response = await fetch(url, {
      method: method.toUpperCase(), credentials, headers, body, cache: "no-store", redirect: "manual",
    });
    return answered(response, await response.text(), Math.round(performance.now() - start));
  } catch {
    return element("p", { class: "note bad" }, "The server did not answer. Nothing is known of what it has done.");
  }
}

function answered(response, text, milliseconds) {
  const headers = [...response.headers].filter(([name]) => TELLING_HEADERS.test(name));
  return element(
    "div", {},
    element("p", { class: "outcome" }, status(response.status), ` ${response.statusText} · ${milliseconds} ms`),
    codeBox("Headers", headers.map(([name, value]) => `${name}: ${value}`).join("\n")),
    text && codeBox("Answer", pretty(text)),
  );
}

function pretty(text) {
  try {
    return json(JSON.parse(text));
  } catch {
    return text;
  }
}
