// The API page: draws /openapi.json, so that what people read is what programs read.

import { codeBox, element, json, marked, method, paragraphs, row, status, table } from "./docs-parts.js";
import { Schemas } from "./docs-schema.js";
import { Caller, tryForm } from "./docs-try.js";

const METHODS = ["get", "post", "put", "patch", "delete"];

/** The API's document as sections of a page. */
class Page {
  constructor(api) {
    this.api = api;
    this.schemas = new Schemas(api);
    this.caller = new Caller();
    this.calls = Object.entries(api.paths).flatMap(([path, item]) =>
      METHODS.filter((name) => item[name]).map((name) => new Call(this, path, name, item)));
  }

  /** Sections as `{id, title, content, entries}`; an entry is a line of the contents below its section. */
  sections() {
    const groups = this.api.tags.map(({ name, description }) => {
      const calls = this.calls.filter((call) => call.operation.tags.includes(name));
      return {
        id: `calls-${name.toLowerCase()}`,
        title: name,
        content: [paragraphs(description, { class: "quiet" }), calls.map((call) => call.article())],
        entries: calls.map((call) => call.entry()),
      };
    });
    return [this.overview(), ...groups, this.problems()];
  }

  overview() {
    const schemes = Object.values(this.api.components.securitySchemes).map((scheme) =>
      row({}, element("code", { class: "member" }, presented(scheme)), marked(scheme.description)));
    return {
      id: "about-calls",
      title: "Overview",
      content: [
        paragraphs(this.api.info.description),
        element("h3", {}, "Who calls"),
        table("Ways to say who calls", ["Sent", "Meaning"], schemes),
        this.caller.form(),
      ],
      entries: [],
    };
  }

  /** Every code with an anchor of its own: a problem's `type` leads here. */
  problems() {
    const codes = this.api.components.schemas.ProblemCode.oneOf.map((code) =>
      row(
        { id: code.const },
        [element("code", { class: "member" }, code.const), status(code["x-status"])],
        marked(code.description)));
    return {
      id: "about-problems",
      title: "Problem codes",
      content: [
        element("p", {}, marked(this.api.components.schemas.Problem.description)),
        this.schemas.members({ $ref: "#/components/schemas/Problem" }, "Members of a problem"),
        element("h3", {}, "Codes"),
        table("Problem codes", ["Code", "Meaning"], codes),
      ],
      entries: [],
    };
  }
}

/** One call: a path and a method. */
class Call {
  constructor(page, path, name, item) {
    this.page = page;
    this.path = path;
    this.method = name;
    this.operation = item[name];
    this.id = `call-${this.operation.operationId}`;
    this.parameters = [...(item.parameters ?? []), ...(this.operation.parameters ?? [])]
      .map((parameter) => page.schemas.resolve(parameter));
    this.body = this.operation.requestBody?.content["application/json"];
  }

  entry() {
    return element("li", {},
      element("a", { href: `#${this.id}` }, this.operation.summary, " ", method(this.method)));
  }

  article() {
    const { operation, page } = this;
    const facts = [
      element("h3", { id: `${this.id}-title` }, operation.summary),
      element("p", { class: "call-line" }, method(this.method), " ", element("code", {}, this.path)),
      paragraphs(operation.description),
      this.callers(),
      this.parameters.length > 0 && [element("h4", {}, "Parameters"), this.parameterTable()],
      this.body && [
        element("h4", {}, "Body"),
        page.schemas.members(this.body.schema, `Body of “${operation.summary}”`),
      ],
      element("h4", {}, "Answers"),
      this.answers(),
    ];
    return element(
      "article", { id: this.id, class: "call", "aria-labelledby": `${this.id}-title` },
      element("div", { class: "facts-of-call" }, facts),
      element("div", { class: "use-of-call" }, codeBox("curl", this.curl()), this.trying()),
    );
  }

  callers() {
    const names = this.operation.security.flatMap(Object.keys);
    const schemes = this.page.api.components.securitySchemes;
    if (!names.length) return element("p", { class: "quiet small" }, "Anybody may call it.");
    const sent = names.map((name, index) => [index ? " or " : "", element("code", {}, presented(schemes[name]))]);
    return element("p", { class: "quiet small" }, "Send ", sent, ".");
  }

  parameterTable() {
    const rows = this.parameters.map(({ name, required, description, schema }) =>
      this.page.schemas.row(name, { ...this.page.schemas.resolve(schema), description }, required));
    return table(`Parameters of “${this.operation.summary}”`, ["Parameter", "Meaning"], rows);
  }

  answers() {
    return Object.entries(this.operation.responses).map(([code, node]) => {
      const answer = this.page.schemas.resolve(node);
      return element(
        "details", { class: "answer-of-call" },
        element("summary", {}, status(code), element("span", {}, marked(answer.description))),
        element("div", { class: "unfolded-answer" }, this.answerParts(code, answer)),
      );
    });
  }

  answerParts(code, { headers = {}, content = {} }) {
    const { schemas } = this.page;
    const caption = `${code} of “${this.operation.summary}”`;
    const headerRows = Object.entries(headers).map(([name, node]) => {
      const header = schemas.resolve(node);
      return schemas.row(name, { ...schemas.resolve(header.schema), description: header.description }, false);
    });
    const [[type, body] = []] = Object.entries(content);
    const codes = body ? schemas.codes(body.schema) : [];
    return [
      headerRows.length > 0 && table(`Headers of ${caption}`, ["Header", "Meaning"], headerRows),
      codes.length > 0 && element("p", {}, "Codes: ", codes.map((name, index) =>
        [index ? ", " : "", element("a", { href: `#${name}` }, element("code", {}, name))])),
      body && codes.length === 0 && [
        element("p", { class: "quiet small" }, type),
        type === "application/json" && schemas.members(body.schema, `Body of ${caption}`),
      ],
      body?.example !== undefined && codeBox(`Example ${code}`, json(body.example)),
      !body && !headerRows.length && element("p", { class: "quiet" }, "Without a body."),
    ];
  }

  curl() {
    const lines = [`curl ${this.method === "get" ? "" : `-X ${this.method.toUpperCase()} `}'${this.exampleAddress()}'`];
    if (this.operation.security.length) lines.push(`-H "Authorization: Bearer $KEY"`);
    if (this.body) lines.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(this.body.example)}'`);
    return lines.join(" \\\n  ");
  }

  exampleAddress() {
    const inPath = this.parameters.filter((parameter) => parameter.in === "path");
    const path = inPath.reduce((text, { name, schema }) =>
      text.replace(`{${name}}`, this.page.schemas.resolve(schema).examples?.[0] ?? name.toUpperCase()), this.path);
    return location.origin + path;
  }

  trying() {
    const form = tryForm({ ...this, body: this.body?.example, schemas: this.page.schemas, caller: this.page.caller });
    return element("details", { class: "trying" }, element("summary", { class: "button" }, "Try it"), form);
  }
}

/** How a caller's proof travels: `Cookie: latchkey`, `Authorization: Bearer`, `X-API-Key`. */
function presented({ type, name, in: place }) {
  if (type === "http") return "Authorization: Bearer KEY";
  return place === "cookie" ? `Cookie: ${name}=…` : `${name}: KEY`;
}

function draw(api) {
  const sections = new Page(api).sections();
  document.getElementById("version").textContent = `Version ${api.info.version}. License ${api.info.license.name}.`;
  const entries = sections.map(({ id, title, entries }) =>
    element("li", {},
      element("a", { href: `#${id}` }, title),
      entries.length > 0 && element("ul", {}, entries)));
  document.getElementById("contents").append(element("ul", {}, entries));
  document.getElementById("sections").append(...sections.map(({ id, title, content }) =>
    element("section", { id, "aria-labelledby": `${id}-title` }, element("h2", { id: `${id}-title` }, title), content)));
}

/** The page is drawn after the browser has looked for the address's anchor, so it is looked for again. */
function goToAnchor() {
  const target = document.getElementById(location.hash.slice(1));
  target?.scrollIntoView({ behavior: "instant" });
  for (const old of document.querySelectorAll("[data-target]")) delete old.dataset.target;
  if (target) target.dataset.target = "";
}

function foldMenuOnPhones() {
  const menu = document.querySelector(".docs-menu");
  const wide = matchMedia("(min-width: 60rem)");
  const fit = () => (menu.open = wide.matches);
  wide.addEventListener("change", fit);
  menu.addEventListener("click", ({ target }) => target.closest("a") && fit());
  fit();
}

/** The document, or `null` where it cannot be had: a lost connection, or a reader who has left already. */
async function load() {
  try {
    const response = await fetch("/openapi.json");
    return await response.json();
  } catch {
    return null;
  }
}

const api = await load();
if (api) {
  draw(api);
  foldMenuOnPhones();
  goToAnchor();
  addEventListener("hashchange", goToAnchor);
} else {
  document.getElementById("failure").textContent = "The description could not be loaded. Reload the page to try again.";
}
