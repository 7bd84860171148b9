// The JSON Schema of `ringwall.yaml`, made from the flags themselves, so that file, flags and schema have the same words.

import type { Command, Option } from "commander";
import { configurableOptions } from "./configuration.ts";
import { optionWords } from "./option-words.ts";

/** Ids and requirements are many, and other tools' ids are understood too: the reader checks them, the schema does not. */
const OPEN = new Set(["rule", "framework"]);

/** What `schemas/config.v1.json` holds. */
export function configSchema(program: Command): object {
  const properties = [...configurableOptions(program)].map(([name, option]) => [name, propertyOf(name, option)]);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "ringwall.config/v1",
    description:
      "ringwall.yaml: settings in the words of the flags of `ringwall scan`. A flag on the command line wins. Files are named relative to this one.",
    type: ["object", "null"],
    additionalProperties: false,
    properties: Object.fromEntries(properties) as object,
  };
}

function propertyOf(name: string, option: Option): object {
  const { description } = option;
  if (option.isBoolean()) return { description, type: "boolean" };
  const one = valueOf(name);
  return Array.isArray(option.defaultValue)
    ? { description, oneOf: [one, { type: "array", items: one }] }
    : { description, ...one };
}

function valueOf(name: string): object {
  const words = OPEN.has(name) ? undefined : optionWords().get(name)?.offered;
  if (name === "kubernetes-version") return { type: "string", pattern: "^v?1\\.(0|[1-9][0-9]*)(\\.[0-9]+)?([-+].*)?$" };
  if (name === "output") return { type: "string", pattern: `^(${(words ?? []).join("|")})(=.+)?$` };
  return words === undefined ? { type: "string" } : { enum: words };
}
