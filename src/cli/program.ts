// The command line as data: names, flags, examples. Each command's code is loaded only when it runs.

import { Command, Option } from "commander";
import type { Streams } from "./streams.ts";
import { VERSION } from "./version.ts";

/** Called with the exit code of the command that ran. */
type Exit = (code: number) => void;

export function createProgram(streams: Streams, exit: Exit): Command {
  const name = streams.environment["RINGWALL_NAME"] ?? "ringwall";
  const program = new Command(name)
    .description("Layered protection for Kubernetes clusters: see, prove, fix, guard, watch.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .showSuggestionAfterError(true)
    .enablePositionalOptions()
    .option("--debug", "print the stack trace of an internal error")
    .addHelpText(
      "after",
      examples([
        [`${name} scan deploy/`, "what is wrong in a folder of manifests"],
        [`kubectl get all -A -o json | ${name} scan -`, "what is wrong in a dump"],
        [`${name} workloads admit deploy/ --level restricted`, "what Pod Security admission would refuse"],
        [`${name} explain workloads/privileged-container`, "what a rule wants, and why"],
      ]) + "\nExit codes: 0 clean or yes · 1 findings or no · 2 usage · 3 incomplete · 70 defect · 130 interrupted\n",
    );
  addScan(program, streams, exit);
  addExplain(program, streams, exit);
  addWorkloads(program, streams, exit);
  return program;
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, ...value.split(",").filter((part) => part !== "")];
}

/** Like {@link collect}, but a comma belongs to the value (file names). */
function collectWhole(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

function list(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], "all");
}

function addCommon(command: Command): Command {
  return command
    .addOption(
      new Option("-o, --output <format[=file]>", "text, json or ndjson; repeatable")
        .argParser(collectWhole)
        .default([], "text"),
    )
    .addOption(
      new Option("--format <format[=file]>", "the same as --output").argParser(collectWhole).default([]).hideHelp(),
    )
    .option("--lang <language>", "en or zh-CN (default: from LC_ALL, LANG)")
    .option("--color <when>", "auto, always or never", "auto");
}

function addTargets(command: Command): Command {
  return command
    .argument("[TARGET...]", "files, directories, or - for standard input")
    .addOption(
      new Option("-f, --filename <file>", "another TARGET, as in kubectl").argParser(collectWhole).default([], "none"),
    )
    .addOption(
      new Option("--exclude <pattern>", "paths to leave out, .gitignore syntax")
        .argParser(collectWhole)
        .default([], "none"),
    )
    .option("-n, --namespace <name>", "namespace of objects that name none (default: default)");
}

function examples(rows: readonly (readonly [command: string, meaning: string])[]): string {
  const widest = Math.max(...rows.map(([command]) => command.length));
  return `\nExamples:\n${rows.map(([command, meaning]) => `  ${command.padEnd(widest)}   ${meaning}`).join("\n")}\n`;
}

/** `--format` is an alias: both lists are one. */
function withOutputs<T extends { readonly output: readonly string[]; readonly format: readonly string[] }>(
  flags: T,
): T {
  return { ...flags, output: [...flags.output, ...flags.format] };
}

function addScan(program: Command, streams: Streams, exit: Exit): void {
  addTargets(addCommon(program.command("scan")))
    .description("find what is wrong, in all layers")
    .option("--all", "every cause and resource, not only the worst")
    .option("--fail-on <severity>", "exit 1 from this severity on: critical, high, medium, low, none", "high")
    .addOption(list("--layer <name>", "only these layers"))
    .addOption(list("--rule <id>", "only these rules; other tools' ids work too"))
    .addOption(list("--framework <name>", "only rules of these frameworks or requirements"))
    .addOption(list("--severity <name>", "only rules of these severities"))
    .addOption(list("--include-namespace <name>", "judge only these namespaces"))
    .addOption(
      new Option("--exclude-namespace <name>", "judge all but these namespaces").argParser(collect).default([], "none"),
    )
    .addOption(list("--kind <kind>", "judge only these kinds"))
    .option("--kubernetes-version <version>", "the version to judge for (default: the newest known)")
    .addHelpText(
      "after",
      examples([
        ["ringwall scan .", "everything under the current folder"],
        ["ringwall scan deploy/ -o json=report.json -o text", "a file for machines, a text for people"],
        ["ringwall scan deploy/ --rule C-0057", "one rule, by the id another tool gives it"],
        ["ringwall scan deploy/ --fail-on none", "report, never fail"],
      ]),
    )
    .action(async (targets: readonly string[], flags) => {
      const { scan } = await import("./scan.ts");
      exit(await scan(targets, withOutputs(flags), streams));
    });
}

function addExplain(program: Command, streams: Streams, exit: Exit): void {
  program
    .command("explain")
    .description("what a rule, framework or requirement wants, why, good and bad example")
    .argument("[TOPIC]", "a rule, a framework or a requirement; without it, everything there is")
    .option("--lang <language>", "en or zh-CN (default: from LC_ALL, LANG)")
    .option("--color <when>", "auto, always or never", "auto")
    .addHelpText(
      "after",
      examples([
        ["ringwall explain", "every rule"],
        ["ringwall explain privileged-container", "one rule"],
        ["ringwall explain pod-security-standards", "a framework's requirements"],
      ]),
    )
    .action(async (topic: string | undefined, flags) => {
      const { explain } = await import("./explain.ts");
      exit(await explain(topic, flags, streams));
    });
}

function addWorkloads(program: Command, streams: Streams, exit: Exit): void {
  const workloads = program.command("workloads").description("questions about pods and what runs them");
  addTargets(addCommon(workloads.command("admit")))
    .description("what Pod Security admission would decide, before it does")
    .requiredOption("--level <level>", "privileged, baseline or restricted")
    .option("--policy-version <version>", "latest or v1.N", "latest")
    .addHelpText(
      "after",
      examples([
        ["ringwall workloads admit deploy/ --level restricted", "who would be rejected, and why"],
        ["ringwall workloads admit - --level baseline -o ndjson", "one line per object of standard input"],
      ]),
    )
    .action(async (targets: readonly string[], flags) => {
      const { workloadsAdmit } = await import("./workloads-admit.ts");
      exit(await workloadsAdmit(targets, withOutputs(flags), streams));
    });
}
