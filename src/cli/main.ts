// The entry of the program: the only place that reads process state, prints errors and sets the exit code.

import { dirname } from "node:path";
import { CommanderError } from "commander";
import { onInterrupt } from "./interrupts.ts";
import { createProgram } from "./program.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

const USAGE = 2;
const INTERNAL = 70;
const INTERRUPTED = 130;

/** Runs one command line (without the program's name) and returns its exit code. */
export async function main(arguments_: readonly string[], streams: Streams): Promise<number> {
  let exit = 0;
  const program = createProgram(streams, (code) => {
    exit = code;
  });
  for (const command of [program, ...program.commands, ...program.commands.flatMap((group) => group.commands)]) {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      outputError: (text, write) =>
        write(text.replace(/^error: /, "ringwall: ").replace(/\n\(Did you mean ([^?]+)\?\)/, ". Did you mean $1?")),
    });
  }
  try {
    await program.parseAsync([...arguments_], { from: "user" });
    return exit;
  } catch (error) {
    return await failureOf(error, arguments_, streams);
  }
}

async function failureOf(error: unknown, arguments_: readonly string[], streams: Streams): Promise<number> {
  if (streams.signal.aborted) return INTERRUPTED;
  if (error instanceof CommanderError) {
    return error.exitCode === 0 || error.code === "commander.help"
      ? error.code === "commander.help"
        ? USAGE
        : 0
      : USAGE;
  }
  const { catalogueOf } = await import("../report/catalogue.ts");
  const { languageOfFailure } = await import("./language.ts");
  const catalogue = catalogueOf(languageOfFailure(arguments_, streams.environment));
  if (error instanceof UsageError) {
    const suggestion =
      error.suggestion === undefined ? "" : catalogue.say("error.did-you-mean", { value: error.suggestion });
    const place = error.place === undefined ? "" : `${error.place}: `;
    streams.stderr.write(`ringwall: ${place}${catalogue.say(error.id, { ...error.values, suggestion })}\n`);
    return USAGE;
  }
  if (error instanceof Error && error.name === "ApiError") {
    const { clusterFailure } = await import("./cluster/cluster-failure.ts");
    const failure = clusterFailure(error, catalogue.language);
    if (failure !== undefined) {
      streams.stderr.write(`ringwall: ${failure.line}\n`);
      return failure.exit;
    }
  }
  const detail = error instanceof Error ? error.message : String(error);
  streams.stderr.write(`ringwall: ${catalogue.say("error.internal", { detail })}\n`);
  if (arguments_.includes("--debug") && error instanceof Error) streams.stderr.write(`${error.stack ?? ""}\n`);
  return INTERNAL;
}

/** kubectl starts `kubectl-ringwall` for `kubectl ringwall`. */
function programName(path: string): string {
  return /(^|[/\\])kubectl-ringwall(\.\w+)?$/.test(path) ? "kubectl ringwall" : "ringwall";
}

/** Wires the process to {@link main}. */
export async function run(): Promise<void> {
  const interrupt = new AbortController();
  onInterrupt(() => {
    interrupt.abort();
    process.exitCode = INTERRUPTED;
  }, INTERRUPTED);
  process.stdout.once("error", (error) => void endUnwritten(error)).on("error", () => {});
  process.stderr.on("error", (error) => isClosedPipe(error) || process.exit(USAGE));
  process.exitCode = await main(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: { RINGWALL_NAME: programName(process.argv[1] ?? ""), ...process.env },
    directory: userDirectory(process.env, process.cwd()),
    signal: interrupt.signal,
  });
}

/** Standard output takes no more, as on a full disk: whatever is found, an answer that is cut is none. */
async function endUnwritten(error: Error): Promise<void> {
  if (isClosedPipe(error)) return; // whoever closed the pipe has what it wanted
  const { catalogueOf } = await import("../report/catalogue.ts");
  const { languageOf } = await import("./language.ts");
  const { say } = catalogueOf(languageOf(undefined, process.env));
  process.stderr.write(`ringwall: ${say("error.output-unwritable", { value: "stdout", detail: error.message })}\n`);
  process.exit(USAGE);
}

function isClosedPipe(error: Error): boolean {
  return "code" in error && error.code === "EPIPE";
}

/**
 * The folder the user is in. npm runs a script in its package's folder and says in INIT_CWD where the user was; a script
 * that then goes elsewhere means to be there.
 */
function userDirectory(environment: NodeJS.ProcessEnv, current: string): string {
  const { INIT_CWD: initial, npm_package_json: manifest } = environment;
  if (!initial || (manifest !== undefined && dirname(manifest) !== current)) return current;
  return initial;
}
