// What a container runs: the words of its command and arguments, each with the field it is in.

import type { ContainerView } from "../../kubernetes/containers.ts";
import type { Path } from "../../kubernetes/path.ts";
import { holdsCredential, isNamedCredential } from "./credential.ts";
import type { Fault } from "./fault.ts";

export interface Word {
  /** Relative to the container: `["args", 1]`. */
  readonly field: Path;
  /** One word of the command line; behind `sh -c` a whole script. */
  readonly text: string;
}

/** Command, then arguments; words that are not set are empty. */
export function wordsOf({ container: { command, args } }: ContainerView): readonly Word[] {
  if (command == null && args == null) return NO_WORDS;
  return [...listed("command", command), ...listed("args", args)];
}

const NO_WORDS: readonly Word[] = [];

function listed(name: "command" | "args", list: readonly (string | null)[] | null | undefined): readonly Word[] {
  return (list ?? []).map((text, index) => ({ field: [name, index], text: text ?? "" }));
}

/** The first word that matches, as a fault. A word that also holds a credential is not shown. */
export function faultyWord(view: ContainerView, isFaulty: (text: string) => boolean): Fault | undefined {
  const words = wordsOf(view);
  const index = words.findIndex(({ text }) => isFaulty(text));
  const word = words[index];
  if (word === undefined) return undefined;
  return credentialWords(words).includes(word) ? { field: word.field, isRedacted: true } : { field: word.field };
}

/** The words that hold a credential: `--password=x`, `--password` `x`, `PGPASSWORD=x psql`, a URL with a password. */
export function credentialWords(words: readonly Word[]): readonly Word[] {
  return words.filter(({ text }, index) => {
    if (holdsCredential(text)) return true;
    const parts = text.split(/[\s'";|&]+/, MOST_PARTS);
    const before = words[index - 1]?.text ?? "";
    return parts.some((part, at) => isAssignment(part) || isFlagValue(at === 0 ? before : (parts[at - 1] ?? ""), part));
  });
}

const MOST_PARTS = 2000; // of a script; what is longer is no command line

function isAssignment(part: string): boolean {
  const [, name, value] = /^(?:--?)?([A-Za-z][\w.-]*)=(.+)$/.exec(part) ?? [];
  return name !== undefined && value !== undefined && isNamedCredential(name, value);
}

function isFlagValue(flag: string, value: string): boolean {
  return /^--[A-Za-z][\w-]*$/.test(flag) && !value.startsWith("-") && isNamedCredential(flag, value);
}
