// What a shell may complete, read off the command line's own definition: commands, flags, and the words each takes.

import type { Argument, Command, Option } from "commander";
import { RULES } from "../../controls/registry.generated.ts";
import { optionWords } from "../configuration/option-words.ts";

/** `free` values are the user's own; `words` may be joined by commas where the flag takes a list. */
export type CompletedValue =
  | { readonly kind: "words"; readonly words: readonly string[]; readonly isList: boolean }
  | { readonly kind: "file" }
  | { readonly kind: "free" };

export interface CompletedOption {
  /** `-o`, `--output` */
  readonly names: readonly string[];
  readonly description: string;
  readonly value?: CompletedValue;
}

export interface CompletedCommand {
  /** Empty for the program itself. */
  readonly path: readonly string[];
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly CompletedOption[];
  /** Of its arguments. */
  readonly argument?: CompletedValue;
}

/** The program and every command below it. */
export function completedCommands(program: Command): readonly CompletedCommand[] {
  const words = optionWords();
  const visit = (command: Command, path: readonly string[]): readonly CompletedCommand[] => {
    const visible = command.createHelp().visibleCommands(command);
    const [argument] = command.registeredArguments;
    return [
      {
        path,
        commands: visible.map((one) => ({ name: one.name(), description: one.description() })),
        options: command
          .createHelp()
          .visibleOptions(command)
          .map((option) => completedOption(option, words)),
        ...(argument !== undefined && { argument: argumentValue(argument, words) }),
      },
      ...visible.filter((one) => one.name() !== "help").flatMap((one) => visit(one, [...path, one.name()])),
    ];
  };
  return visit(program, []);
}

function completedOption(option: Option, words: ReturnType<typeof optionWords>): CompletedOption {
  const { short, long, description } = option;
  const names = [short, long].filter((name) => name !== undefined);
  if (option.isBoolean() || option.negate) return { names, description };
  const known = words.get((long ?? "").slice(2))?.offered ?? option.argChoices;
  const isList = Array.isArray(option.defaultValue) && long !== "--output";
  if (known !== undefined) return { names, description, value: { kind: "words", words: safe(known), isList } };
  return { names, description, value: { kind: /<[^>]*file[^>]*>/.test(option.flags) ? "file" : "free" } };
}

function argumentValue(argument: Argument, words: ReturnType<typeof optionWords>): CompletedValue {
  if (argument.argChoices !== undefined) return { kind: "words", words: safe(argument.argChoices), isList: false };
  if (argument.name() === "TOPIC") {
    const frameworks = words.get("framework")?.offered ?? [];
    return { kind: "words", words: safe([...RULES.map(({ id }) => id), ...frameworks]), isList: false };
  }
  return { kind: argument.name() === "TARGET" ? "file" : "free" };
}

/** Words stand unquoted in the scripts. */
function safe(words: readonly string[]): readonly string[] {
  return words.filter((word) => /^[\w./-]+$/.test(word));
}
