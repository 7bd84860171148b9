// Completion for fish: one line a command, flag and set of words.

import type { CompletedCommand, CompletedOption, CompletedValue } from "./completion-model.ts";

/** The script: sourced, or put in ~/.config/fish/completions/ringwall.fish. */
export function fishCompletion(commands: readonly CompletedCommand[], names: readonly string[]): string {
  const paths = commands.map(({ path }) => path.join(" ")).filter((path) => path !== "");
  const valueFlags = new Set(
    commands.flatMap(({ options }) => options.flatMap(({ names, value }) => (value === undefined ? [] : names))),
  );
  const [first = "ringwall", ...others] = names;
  return `# fish completion for ringwall: ringwall completion fish | source
function __ringwall_path
    set -l path ''
    set -l skip ''
    for word in (commandline -opc)[2..-1]
        if test -n "$skip"
            set skip ''
        else if contains -- "$word" ${[...valueFlags].join(" ")}
            set skip 1
        else if contains -- (string trim -- "$path $word") ${paths.map((path) => `'${path}'`).join(" ")}
            set path (string trim -- "$path $word")
        end
    end
    echo $path
end
function __ringwall_at
    test (__ringwall_path) = "$argv"
end
function __ringwall_list
    set -l token (commandline -ct)
    set -l head (string match -r '.*,' -- (string replace -r '^--[^=]*=' '' -- $token))
    for word in $argv
        echo "$head$word"
    end
end
${commands.flatMap((command) => linesOf(command, first)).join("\n")}
${others.map((name) => `complete -c ${name} -w ${first}`).join("\n")}
`;
}

function linesOf({ path, commands, options, argument }: CompletedCommand, program: string): readonly string[] {
  const at = `complete -c ${program} -n "__ringwall_at ${path.length === 0 ? "''" : path.join(" ")}"`;
  return [
    ...commands.map(({ name, description }) => `${at} -f -a ${name} -d '${quoted(description)}'`),
    ...options.map((option) => `${at} ${flagsOf(option)} -d '${quoted(option.description)}'${valueOf(option.value)}`),
    ...(argument === undefined ? [] : argumentLines(at, argument)),
  ];
}

function argumentLines(at: string, argument: CompletedValue): readonly string[] {
  if (argument.kind === "words") return [`${at} -f -a '${argument.words.join(" ")}'`];
  return argument.kind === "file" ? [`${at} -F`] : [`${at} -f`];
}

function flagsOf({ names }: CompletedOption): string {
  return names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(" ");
}

function valueOf(value: CompletedValue | undefined): string {
  if (value === undefined) return "";
  if (value.kind === "file") return " -r -F";
  if (value.kind === "free") return " -x";
  const words = value.words.join(" ");
  return value.isList ? ` -x -a '(__ringwall_list ${words})'` : ` -x -a '${words}'`;
}

function quoted(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
}
