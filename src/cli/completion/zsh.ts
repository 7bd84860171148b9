// Completion for zsh, by its own _arguments, with what each flag means.

import type { CompletedCommand, CompletedOption, CompletedValue } from "./completion-model.ts";

/** The script: sourced after compinit, or put in a folder of $fpath as `_ringwall`. */
export function zshCompletion(commands: readonly CompletedCommand[], names: readonly string[]): string {
  const functions = commands.map((command) => functionOf(command));
  return `#compdef ${names.join(" ")}
# zsh completion for ringwall: source <(ringwall completion zsh), after compinit

${functions.join("\n")}
if [[ \${zsh_eval_context[-1]} == loadautofunc ]]; then
  _ringwall "$@"
else
  compdef _ringwall ${names.join(" ")}
fi
`;
}

function functionName(path: readonly string[]): string {
  return ["_ringwall", ...path].join("_").replaceAll("-", "_");
}

function functionOf(command: CompletedCommand): string {
  const { path, commands, options, argument } = command;
  const specs = options.flatMap(optionSpecs);
  if (commands.length === 0) {
    const rest = argument === undefined ? [] : [`'*:${path.at(-1) ?? ""}${actionOf(argument)}'`];
    return `${functionName(path)}() {\n  _arguments -s -S ${[...specs, ...rest].join(" \\\n    ")}\n}\n`;
  }
  const described = commands.map(({ name, description }) => `    '${name}:${quoted(description)}'`).join("\n");
  const cases = commands
    .filter(({ name }) => name !== "help")
    .map(({ name }) => `        ${name}) ${functionName([...path, name])} ;;`)
    .join("\n");
  return `${functionName(path)}() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${described}
  )
  _arguments -C ${[...specs, "'1: :->command'", "'*:: :->rest'"].join(" \\\n    ")}
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $line[1] in
${cases}
      esac
      ;;
  esac
}
`;
}

/** One spec a name; any flag may be repeated, which does no harm where it makes no sense. */
function optionSpecs({ names, description, value }: CompletedOption): readonly string[] {
  return names.map((name) => {
    if (value === undefined) return `'*${name}[${quoted(description)}]'`;
    const joined = name.startsWith("--") ? "=" : "+";
    return `'*${name}${joined}[${quoted(description)}]:value${actionOf(value)}'`;
  });
}

function actionOf(value: CompletedValue): string {
  if (value.kind === "file") return ":_files";
  if (value.kind === "free") return ": ";
  return value.isList ? `:_sequence compadd - ${value.words.join(" ")}` : `:(${value.words.join(" ")})`;
}

/** Inside single quotes, in a spec where brackets and colons mean something. */
function quoted(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replace(/[[\]:]/g, (character) => `\\${character}`)
    .replaceAll("'", "'\\''");
}
