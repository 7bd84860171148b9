// Reading files that people write for Ringwall: every key must be known, every value of its type, and every mistake
// says where it stands and what could have been meant.

import type { Locator, Position } from "../../cluster/resource.ts";
import { formatPath, type Path } from "../../kubernetes/path.ts";
import { jsonTypeOf } from "../../kubernetes/shape.ts";
import type { MessageArguments } from "../../verdicts/message.ts";
import { nearest } from "../../verdicts/nearest.ts";

export interface SettingMistake {
  readonly id: "error.setting-unknown" | "error.setting-type" | "error.setting-value";
  readonly values: MessageArguments;
  readonly suggestion?: string;
  readonly position?: Position;
}

export interface SettingsReader {
  readonly mistakes: readonly SettingMistake[];
  /** The fields of an object, none where there is none; a key that is not `known` is a mistake. */
  readonly fields: (value: unknown, path: Path, known: readonly string[]) => Readonly<Record<string, unknown>>;
  /** The elements of a list, each with its path. */
  readonly elements: (value: unknown, path: Path) => readonly (readonly [element: unknown, path: Path])[];
  readonly text: (value: unknown, path: Path) => string | undefined;
  /** One text, or a list of texts. */
  readonly texts: (value: unknown, path: Path) => readonly string[];
  readonly flag: (value: unknown, path: Path) => boolean | undefined;
  /** A value of the right type that nothing corresponds to. */
  readonly reject: (value: string, path: Path, candidates: Iterable<string>) => void;
  readonly wrongType: (value: unknown, path: Path, expected: string) => void;
}

export function createSettingsReader(locate: Locator): SettingsReader {
  const mistakes: SettingMistake[] = [];

  const add = (path: Path, mistake: Omit<SettingMistake, "position">): void => {
    const position = locate(path);
    mistakes.push({ ...mistake, ...(position !== undefined && { position }) });
  };
  const wrongType = (value: unknown, path: Path, expected: string): void => {
    const found = jsonTypeOf(value);
    const hint =
      expected === "string" && (found === "number" || found === "boolean") ? "string (put it in quotes)" : expected;
    add(path, { id: "error.setting-type", values: { path: formatPath(path), expected: hint, found } });
  };
  const text: SettingsReader["text"] = (value, path) => {
    if (typeof value === "string") return value;
    if (value != null) wrongType(value, path, "string");
    return undefined;
  };

  return {
    mistakes,
    text,
    wrongType,
    fields: (value, path, known) => {
      if (value == null) return {};
      if (typeof value !== "object" || Array.isArray(value)) {
        wrongType(value, path, "object");
        return {};
      }
      for (const key of Object.keys(value)) {
        if (known.includes(key)) continue;
        const [suggestion] = nearest(key, known);
        const values = { value: JSON.stringify(key), known: known.join(", ") };
        add([...path, key], { id: "error.setting-unknown", values, ...(suggestion !== undefined && { suggestion }) });
      }
      return value as Record<string, unknown>; // an object, just checked; its fields are still unknown
    },
    elements: (value, path) => {
      if (value == null) return [];
      if (Array.isArray(value)) return value.map((element: unknown, index) => [element, [...path, index]] as const);
      wrongType(value, path, "array");
      return [];
    },
    texts: (value, path) => {
      if (!Array.isArray(value)) return [text(value, path)].filter((one) => one !== undefined);
      return value.flatMap((element: unknown, index) => {
        if (typeof element === "string") return [element];
        wrongType(element, [...path, index], "string");
        return [];
      });
    },
    flag: (value, path) => {
      if (typeof value === "boolean") return value;
      if (value != null) wrongType(value, path, "boolean");
      return undefined;
    },
    reject: (value, path, candidates) => {
      const [suggestion] = nearest(value, candidates);
      const values = { path: formatPath(path), value: JSON.stringify(value) };
      add(path, { id: "error.setting-value", values, ...(suggestion !== undefined && { suggestion }) });
    },
  };
}
