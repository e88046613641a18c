// JSON Schema (draft 2020-12), as far as the API's document uses it, in words and tables.

import { element, marked, row, table } from "./docs-parts.js";

/** Formats that tell a reader something; what the others mean stands in their descriptions. */
const TELLING_FORMATS = new Set(["date", "date-time", "email"]);

/** Reads one OpenAPI document. */
export class Schemas {
  constructor(root) {
    this.root = root;
  }

  /** A schema, or anything else, with what it refers to and is made up of merged into one. */
  resolve(node) {
    const { $ref, allOf = [], ...own } = node ?? {};
    const target = $ref?.slice(2).split("/").reduce((place, name) => place[name], this.root);
    const parts = [target, ...allOf].filter(Boolean).map((part) => this.resolve(part));
    return [...parts, own].reduce(merged, {});
  }

  /** A table of an object's members, nested ones included; several tables where there is a choice. */
  members(schema, caption) {
    const whole = this.resolve(schema);
    const choices = whole.anyOf;
    if (choices) {
      return choices.map((choice, index) => [
        element("p", { class: "choice" }, index ? "or: " : "Either: ", this.resolve(choice).title ?? ""),
        this.members(choice, `${caption}, ${this.resolve(choice).title ?? index + 1}`),
      ]);
    }
    const rows = this.rows(whole, "");
    if (rows.length) return table(caption, ["Member", "Meaning"], rows);
    return element("p", {}, element("span", { class: "type" }, this.type(schema)), " ", marked(whole.description));
  }

  rows(schema, prefix) {
    const required = new Set(schema.required);
    return Object.entries(schema.properties ?? {}).flatMap(([name, node]) => {
      const member = this.resolve(node);
      const path = prefix + name;
      const inner = member.items ? this.resolve(member.items) : member;
      const nested = inner.properties ? this.rows(inner, path + (member.items ? "[]." : ".")) : [];
      return [this.row(path, node, required.has(name)), ...nested];
    });
  }

  /** One member or parameter: name and type on the left, what it means and its limits on the right. */
  row(name, node, isRequired) {
    const schema = this.resolve(node);
    return row(
      {},
      [
        element("code", { class: "member" }, name),
        isRequired && element("span", { class: "required" }, "required"),
        element("span", { class: "type" }, this.type(node)),
      ],
      [marked(schema.description), this.limits(schema)],
    );
  }

  /** `string, date or null`, `list of strings`, `true`. */
  type(node) {
    const schema = this.resolve(node);
    const named = /schemas\/(\w+)$/.exec(node.$ref ?? "")?.[1];
    if ("const" in schema) return JSON.stringify(schema.const);
    if (!schema.type && schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
    const types = [schema.type].flat().filter(Boolean);
    const words = types.map((type) => {
      if (type === "array") return `list of ${plural(this.type(schema.items))}`;
      if (type === "string" && TELLING_FORMATS.has(schema.format)) return `string, ${schema.format}`;
      if (type === "object" && named) return named;
      return type;
    });
    return words.join(" or ");
  }

  limits(schema) {
    const choices = schema.enum && schema.type && schema.enum.filter((value) => value !== null);
    const facts = [
      choices && ["One of ", choices.map((value, index) => [index ? ", " : "", code(value || '""')]), "."],
      range(schema.minLength, schema.maxLength, "character"),
      range(schema.minItems, schema.maxItems, "entry", "entries"),
      schema.type !== "number" && range(schema.minimum, schema.maximum),
      "default" in schema && ["Default: ", code(JSON.stringify(schema.default)), "."],
      schema.pattern && ["Pattern: ", code(schema.pattern)],
    ].filter(Boolean);
    return facts.length ? element("p", { class: "limits" }, facts.map((fact) => element("span", {}, fact))) : null;
  }

  /** The codes that a problem answer may bear; empty for other answers. */
  codes(schema) {
    return this.resolve(schema).properties?.code?.enum ?? [];
  }
}

/** Two schemas that hold at once; the second one's words count where both have some. */
function merged(first, second) {
  const both = { ...first, ...second };
  if (first.properties && second.properties) {
    both.properties = { ...first.properties };
    for (const [name, node] of Object.entries(second.properties)) {
      both.properties[name] = { ...first.properties[name], ...node };
    }
  }
  if (Array.isArray(first.required) && Array.isArray(second.required)) {
    both.required = [...first.required, ...second.required];
  }
  return both;
}

function code(text) {
  return element("code", {}, text);
}

function range(least, most, noun, nouns = noun && `${noun}s`) {
  const unit = noun ? ` ${most === 1 || (most === undefined && least === 1) ? noun : nouns}` : "";
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}.`;
  if (most !== undefined) return `At most ${most}${unit}.`;
  return least === undefined ? null : `At least ${least}${unit}.`;
}

function plural(type) {
  return /^(string|object|number)$/.test(type) ? `${type}s` : type;
}
