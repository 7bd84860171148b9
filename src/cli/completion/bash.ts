// Completion for bash 3.2 and newer, without the bash-completion package.

import type { CompletedCommand, CompletedOption, CompletedValue } from "./completion-model.ts";

/** The script; `ringwall completion bash` prints it, `source` loads it. */
export function bashCompletion(commands: readonly CompletedCommand[], names: readonly string[]): string {
  return `# bash completion for ringwall: source <(ringwall completion bash)
# shellcheck disable=SC2207 # words have no blanks, and bash 3.2 has no mapfile
_ringwall() {
  local cur prev word path skip index values head
  COMPREPLY=()
  cur=\${COMP_WORDS[COMP_CWORD]}
  prev=\${COMP_WORDS[COMP_CWORD - 1]}
  # bash splits words at "=": --flag=value are three.
  if [[ $cur == '=' ]]; then
    cur=''
  elif [[ $prev == '=' ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi

  # The command so far; the value of a flag is no command.
  path='' skip=''
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    [[ $word == '=' ]] && continue
    if [[ -n $skip ]]; then
      skip=''
      continue
    fi
    case "$path $word" in
${caseLines(
  commands.flatMap(({ path }) => (path.length === 0 ? [] : [` ${path.join(" ")}`])),
  (name) => `path='${name}'`,
)}
    esac
    case "$path $word" in
${caseLines(commands.flatMap(valueFlags), () => "skip=1")}
    esac
  done

  values=''
  case "$path $prev" in
${commands.flatMap(valueLines).join("\n")}
  esac
  case "$values" in
    '')
      if [[ $cur == -* ]]; then
        case "$path" in
${commands.map(({ path, options }) => `          ${pattern(path)}) values='${options.flatMap(({ names }) => names).join(" ")}' ;;`).join("\n")}
        esac
      else
        case "$path" in
${commands.map((command) => `          ${pattern(command.path)}) values='${argumentWords(command).join(" ")}' ;;`).join("\n")}
        esac
      fi
      ;;
    # Readline completes files itself where nothing is offered; a free value is the user's own.
    @file | @free) return ;;
    @list*)
      values=\${values#@list}
      head=''
      if [[ $cur == *,* ]]; then
        head=\${cur%,*},
        cur=\${cur##*,}
      fi
      COMPREPLY=($(compgen -P "$head" -W "$values" -- "$cur"))
      return
      ;;
  esac
  COMPREPLY=($(compgen -W "$values" -- "$cur"))
}
complete -o default -F _ringwall ${names.join(" ")}
`;
}

function pattern(path: readonly string[]): string {
  return path.length === 0 ? "''" : `' ${path.join(" ")}'`;
}

function argumentWords({ commands, argument }: CompletedCommand): readonly string[] {
  const own = commands.map(({ name }) => name);
  return argument?.kind === "words" ? [...own, ...argument.words] : own;
}

function valueFlags({ path, options }: CompletedCommand): readonly string[] {
  const prefix = path.length === 0 ? "" : ` ${path.join(" ")}`;
  return options
    .filter(({ value }) => value !== undefined)
    .flatMap(({ names }) => names.map((name) => `${prefix} ${name}`));
}

function caseLines(patterns: readonly string[], action: (pattern: string) => string): string {
  return patterns.map((one) => `      '${one}') ${action(one)} ;;`).join("\n");
}

function valueLines({ path, options }: CompletedCommand): readonly string[] {
  const prefix = path.length === 0 ? "" : ` ${path.join(" ")}`;
  return options.flatMap(({ names, value }: CompletedOption) =>
    value === undefined
      ? []
      : [`    ${names.map((name) => `'${prefix} ${name}'`).join(" | ")}) values='${wordsOf(value)}' ;;`],
  );
}

function wordsOf(value: CompletedValue): string {
  if (value.kind !== "words") return `@${value.kind}`;
  return `${value.isList ? "@list " : ""}${value.words.join(" ")}`;
}
