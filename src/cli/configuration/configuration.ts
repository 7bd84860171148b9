// `ringwall.yaml` (schemas/config.v1.json): the same words as the flags of `scan`; a flag on the command line wins.

import { dirname, resolve } from "node:path";
import type { Command, Option } from "commander";
import type { Position } from "../../cluster/resource.ts";
import { createSettingsReader, type SettingsReader } from "../../controls/exceptions/settings-reader.ts";
import type { Streams } from "../streams.ts";
import { checkOutputs } from "./check-outputs.ts";
import { findUpwards } from "./find-upwards.ts";
import { optionWords, type OptionWords } from "./option-words.ts";
import { displayName, readSettings, refuseMistakes } from "./read-settings.ts";

export const CONFIGURATION_FILE = "ringwall.yaml";

/** What a command took from a configuration file. */
export interface Configuration {
  /** As the user would write it. */
  readonly name: string;
  /** The settings in force, each with its place; what a flag replaced is not among them. */
  readonly places: ReadonlyMap<string, Position | undefined>;
}

export interface ConfigurableFlags {
  /** A file, `false` for none, or nothing: the nearest one upwards. */
  readonly config?: string | false;
  readonly configuration?: Configuration;
}

/**
 * Flags that a file cannot set: those about the command line itself; and which cluster is asked, with whose rights. A
 * settings file comes with a repository, and a kubeconfig may name programs to run.
 */
export const NOT_CONFIGURABLE: ReadonlySet<string> = new Set(
  [
    "config no-config help format debug version draft-exceptions",
    "kubeconfig context cluster user server token as as-group as-uid",
    "certificate-authority tls-server-name insecure-skip-tls-verify client-certificate client-key",
  ].flatMap((names) => names.split(" ")),
);
/** A matter of `scan`: other commands have other formats, and other kinds to choose from. */
const SCAN_ONLY = new Set(["output", "kind"]);
const FILES = new Set(["filename", "exceptions", "baseline", "helm-values"]);

/** The flags that a configuration may set: those of `scan`. */
export function configurableOptions(program: Command): ReadonlyMap<string, Option> {
  const scan = program.commands.find((command) => command.name() === "scan");
  const options = (scan?.options ?? []).filter(({ long, negate }) => long !== undefined && !negate);
  return new Map(
    options.map((option) => [nameOf(option), option] as const).filter(([name]) => !NOT_CONFIGURABLE.has(name)),
  );
}

/** The flags of a command, completed by the configuration. Throws a usage error with its place for any mistake in it. */
export function withConfiguration<T extends object>(
  command: Command,
  flags: T & ConfigurableFlags,
  streams: Streams,
): T & ConfigurableFlags {
  if (flags.config === false) return flags;
  const { config } = flags;
  const file =
    config === undefined ? findUpwards(streams.directory, CONFIGURATION_FILE) : resolve(streams.directory, config);
  if (file === undefined) return flags;
  const settings = readSettings(file, streams.directory);
  const reader = createSettingsReader(settings.locate);
  const program = rootOf(command);
  const known = configurableOptions(program);
  const fields = reader.fields(settings.value, [], [...known.keys()]);
  const words = optionWords();
  const values: Record<string, unknown> = {};
  const places = new Map<string, Position | undefined>();
  for (const [name, option] of known) {
    if (!Object.hasOwn(fields, name)) continue;
    const value = valueOf(option, fields[name], reader, words.get(name));
    if (value === undefined || !isWanted(command, name, option)) continue;
    values[option.attributeName()] =
      FILES.has(name) || name === "output" ? fromFolder(name, value, file, streams) : value;
    places.set(name, settings.locate([name]));
  }
  refuseMistakes(reader.mistakes);
  if (config === undefined) checkOutputs(values["output"], dirname(file), streams, places.get("output"));
  return { ...flags, ...values, configuration: { name: settings.name, places } };
}

/** Whether the command has the flag, and it was not given on the command line. */
function isWanted(command: Command, name: string, option: Option): boolean {
  const own = command.options.some(({ long }) => long === option.long);
  if (!own || (SCAN_ONLY.has(name) && command.name() !== "scan")) return false;
  if (name === "filename" && command.args.length > 0) return false; // TARGETs were given
  const source = command.getOptionValueSource(option.attributeName());
  const alias = name === "output" ? command.getOptionValueSource("format") : undefined;
  return source !== "cli" && alias !== "cli";
}

function valueOf(option: Option, value: unknown, reader: SettingsReader, words: OptionWords | undefined): unknown {
  const name = nameOf(option);
  if (option.isBoolean()) return reader.flag(value, [name]) === true ? true : undefined;
  const isList = Array.isArray(option.defaultValue);
  const texts = isList
    ? reader.texts(value, [name])
    : [reader.text(value, [name])].filter((text) => text !== undefined);
  for (const [index, text] of texts.entries()) {
    const path = Array.isArray(value) ? [name, index] : [name];
    for (const word of name === "output" ? [text.split("=", 1)[0] ?? ""] : text.split(","))
      if (words?.isKnown(word.trim()) === false) reader.reject(word.trim(), path, words.offered);
  }
  if (texts.length === 0) return undefined;
  if (!isList) return texts[0];
  // The flag's own parser: a comma separates in a file where it does on the command line.
  const empty: readonly string[] = [];
  return texts.reduce((previous, text) => option.parseArg?.(text, previous) ?? previous, empty);
}

/** Files are named relative to the configuration, and shown relative to where the user is. */
function fromFolder(name: string, value: unknown, file: string, { directory }: Streams): unknown {
  const place = (path: string): string => (path === "-" ? path : displayName(resolve(dirname(file), path), directory));
  const whole = (text: string): string => {
    if (name !== "output") return place(text);
    const equals = text.indexOf("=");
    return equals === -1 ? text : `${text.slice(0, equals + 1)}${place(text.slice(equals + 1))}`;
  };
  if (Array.isArray(value)) return value.map((text) => whole(String(text)));
  return whole(String(value));
}

function nameOf({ long }: Option): string {
  return (long ?? "").replace(/^--/, "");
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}
