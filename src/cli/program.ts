// The command line as data: names, flags, examples. Each command's code is loaded only when it runs.

import { Argument, Command, Option } from "commander";
import { addAccess, type SharedOptions } from "./access-commands.ts";
import { addClusterOptions } from "./cluster/options.ts";
import { SHELLS } from "./completion/shells.ts";
import type { ConfigurableFlags } from "./configuration/configuration.ts";
import { addNetwork } from "./network-commands.ts";
import { namespaceName } from "./namespace-name.ts";
import type { Streams } from "./streams.ts";
import { VERSION } from "./version.ts";
import { collectWhole } from "./repeatable.ts";

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
        [`${name} scan -A`, "what is wrong in the cluster of the current kubeconfig context"],
        [`${name} workloads admit deploy/ --level restricted`, "what Pod Security admission would refuse"],
        [`${name} explain workloads/privileged-container`, "what a rule wants, and why"],
      ]),
    )
    .addHelpText(
      "after",
      "Exit codes: 0 clean or yes · 1 findings or no · 2 usage · 3 incomplete · 70 defect · 130 interrupted\n",
    );
  addScan(program, streams, exit);
  addExplain(program, streams, exit);
  addWorkloads(program, streams, exit);
  const shared: SharedOptions = {
    addCommon,
    addTargets,
    addConfiguration,
    examples,
    settle: (command, flags) => configured(command, withOutputs(flags), streams),
  };
  addAccess(program, streams, exit, shared);
  addNetwork(program, streams, exit, shared);
  addDump(program, streams, exit);
  addPermissions(program, streams, exit);
  addCompletion(program, streams, exit);
  return program;
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, ...value.split(",").filter((part) => part !== "")];
}

function list(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], "all");
}

const SCAN_FORMATS = "text, json, ndjson, and in scan sarif, junit, markdown, html, csv, github";

function addCommon(command: Command, formats = SCAN_FORMATS): Command {
  return command
    .addOption(
      new Option("-o, --output <format[=file]>", `${formats}; repeatable`).argParser(collectWhole).default([], "text"),
    )
    .addOption(
      new Option("--format <format[=file]>", "the same as --output").argParser(collectWhole).default([]).hideHelp(),
    )
    .option("--lang <language>", "en or zh-CN (default: from LC_ALL, LANG)")
    .option("--color <when>", "auto, always or never", "auto");
}

function addConfiguration(command: Command): Command {
  return command
    .option("--config <file>", "settings, in the words of the flags (default: ringwall.yaml, found upwards)")
    .option("--no-config", "read no settings file");
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
    .option(
      "-n, --namespace <name>",
      "of a cluster: what to read; of files: where objects go that name none",
      namespaceName,
    )
    .addOption(
      new Option("--helm-values <file>", "values for the charts in TARGETs, as in helm; repeatable")
        .argParser(collectWhole)
        .default([], "none"),
    )
    .addOption(
      new Option("--helm-set <key=value>", "one value for the charts in TARGETs, as in helm; repeatable")
        .argParser(collectWhole)
        .default([], "none"),
    )
    .option("--render-timeout <seconds>", "how long helm or kustomize may take for one folder", "60");
}

/** Written for `ringwall`; under another name they say that one. */
function examples(
  rows: readonly (readonly [command: string, meaning: string])[],
): (context: { readonly command: Command }) => string {
  return ({ command }) => {
    const name = (command.parent?.parent ?? command.parent ?? command).name();
    const named = rows.map(([text, meaning]) => [text.replace(/\bringwall(?= )/, name), meaning] as const);
    const widest = Math.max(...named.map(([text]) => text.length));
    return `\nExamples:\n${named.map(([text, meaning]) => `  ${text.padEnd(widest)}   ${meaning}`).join("\n")}\n`;
  };
}

/** `--format` is an alias: both lists are one. */
function withOutputs<T extends { readonly output: readonly string[]; readonly format: readonly string[] }>(
  flags: T,
): T {
  return { ...flags, output: [...flags.output, ...flags.format] };
}

/** Completed by the configuration file. Its reader is loaded with the command, never for `--help`. */
async function configured<T extends object>(
  command: Command,
  flags: T & ConfigurableFlags,
  streams: Streams,
): Promise<T & ConfigurableFlags> {
  const { withConfiguration } = await import("./configuration/configuration.ts");
  return withConfiguration(command, flags, streams);
}

function addScan(program: Command, streams: Streams, exit: Exit): void {
  addConfiguration(addClusterOptions(addTargets(addCommon(program.command("scan")))))
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
    .option("--kubernetes-version <version>", "the version to judge for (default: the server's, else the newest known)")
    .option(
      "--exceptions <file>",
      "what may stay, why and until when (default: ringwall.exceptions.yaml, found upwards)",
    )
    .option("--draft-exceptions <file>", "write a new exceptions file with an entry for each finding")
    .option("--no-exceptions", "honour no exceptions, neither from a file nor from annotations")
    .addOption(
      new Option("--respect <tool>", "honour ignores of kubescape, trivy, checkov, kube-linter, polaris, kube-score")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--baseline <file>", "an earlier JSON report: only findings that are not in it fail")
    .option("--changed-since <ref>", "compare with a Git revision: only findings that are new since then fail")
    .addHelpText(
      "after",
      examples([
        ["ringwall scan .", "everything under the current folder"],
        ["ringwall scan -n shop --context prod", "one namespace of a running cluster"],
        ["ringwall scan deploy/ -o json=report.json -o text", "a file for machines, a text for people"],
        ["ringwall scan deploy/ --rule C-0057", "one rule, by the id another tool gives it"],
        ["ringwall scan deploy/ --fail-on none", "report, never fail"],
        ["ringwall scan . --changed-since origin/main", "what this branch adds"],
      ]),
    )
    .action(async (targets: readonly string[], flags, command: Command) => {
      const { scan } = await import("./scan.ts");
      exit(await scan(targets, await configured(command, withOutputs(flags), streams), streams));
    });
}

function addExplain(program: Command, streams: Streams, exit: Exit): void {
  addConfiguration(program.command("explain"))
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
    .action(async (topic: string | undefined, flags, command: Command) => {
      const { explain } = await import("./explain.ts");
      exit(await explain(topic, await configured(command, flags, streams), streams));
    });
}

function addWorkloads(program: Command, streams: Streams, exit: Exit): void {
  const workloads = program.command("workloads").description("questions about pods and what runs them");
  addConfiguration(
    addClusterOptions(
      addTargets(addCommon(workloads.command("admit"), "text, json, ndjson; without --level also html, junit")),
    ),
  )
    .description(
      "what Pod Security admission would decide, before it does: by the labels of each namespace, or at a level",
    )
    .option("--level <level>", "judge each object by itself: privileged, baseline or restricted")
    .option("--policy-version <version>", "with --level: latest or v1.N (default: latest)")
    .addOption(
      new Option("--namespace-labels <key=value>", "labels to try, as in kubectl label; enforce=… is short for ours")
        .argParser(collect)
        .default([], "those there are"),
    )
    .option("--admission-config <file>", "the API server's admission configuration: defaults and exemptions")
    .option("--kubernetes-version <version>", "of the cluster (default: the server's, else the newest known)")
    .option("--upgrade-to <version>", "whose verdict an upgrade to this version changes")
    .addOption(list("--include-namespace <name>", "judge only these namespaces"))
    .addOption(
      new Option("--exclude-namespace <name>", "judge all but these namespaces").argParser(collect).default([], "none"),
    )
    .addHelpText(
      "after",
      examples([
        ["ringwall workloads admit deploy/ --level restricted", "who would be rejected, and why"],
        [
          "ringwall workloads admit -A --namespace-labels enforce=baseline",
          "what labelling every namespace would break",
        ],
        ["ringwall workloads admit -A --upgrade-to v1.37", "whose verdict the upgrade changes"],
        ["ringwall workloads admit - --level baseline -o ndjson", "one line per object of standard input"],
      ]),
    )
    .action(async (targets: readonly string[], flags, command: Command) => {
      const { workloadsAdmit } = await import("./workloads-admit.ts");
      exit(await workloadsAdmit(targets, await configured(command, withOutputs(flags), streams), streams));
    });
  addConfiguration(
    addClusterOptions(addTargets(addCommon(workloads.command("harden"), "text, json, yaml, patch or kustomize=DIR"))),
  )
    .description("namespace labels and security contexts that meet a level, generated and proved")
    .option("--level <level>", "baseline or restricted", "restricted")
    .option("--policy-version <version>", "latest or v1.N", "latest")
    .option("--read-only-root", "also make the root file systems read-only, which no level asks for")
    .option("--kubernetes-version <version>", "of the cluster (default: the server's, else the newest known)")
    .addOption(list("--include-namespace <name>", "only these namespaces"))
    .addOption(
      new Option("--exclude-namespace <name>", "all but these namespaces").argParser(collect).default([], "none"),
    )
    .addHelpText(
      "after",
      examples([
        ["ringwall workloads harden deploy/", "what to change, in which order, and what to answer first"],
        ["ringwall workloads harden -n shop -o patch", "patches for what runs"],
        ["ringwall workloads harden deploy/ -o kustomize=hardening/", "a Kustomize component"],
      ]),
    )
    .action(async (targets: readonly string[], flags, command: Command) => {
      const { workloadsHarden } = await import("./workloads-harden.ts");
      exit(await workloadsHarden(targets, await configured(command, withOutputs(flags), streams), streams));
    });
}

function addDump(program: Command, streams: Streams, exit: Exit): void {
  addClusterOptions(
    program
      .command("dump")
      .description("save a cluster as a file every command reads, without the values of Secrets")
      .option(
        "-o, --output <file>",
        "the file to write; gzipped unless it ends in .json or .ndjson (default: standard output)",
      )
      .option("-n, --namespace <name>", "the namespace to read (default: the context's)", namespaceName)
      .option("--lang <language>", "en or zh-CN (default: from LC_ALL, LANG)"),
  )
    .addHelpText(
      "after",
      examples([
        ["ringwall dump -A -o prod.dump.gz", "everything a scan reads, for later or for elsewhere"],
        ["ringwall scan prod.dump.gz", "what is wrong in it"],
      ]),
    )
    .action(async (flags) => {
      const { dump } = await import("./cluster/dump.ts");
      exit(await dump(flags, streams));
    });
}

function addPermissions(program: Command, streams: Streams, exit: Exit): void {
  program
    .command("permissions")
    .description("the exact roles that reading a cluster needs, as YAML")
    .argument("[FEATURE...]", "access, control-plane, network, secrets, workloads (default: all)")
    .addOption(
      new Option("-n, --namespace <name>", "a Role in this namespace instead of all; repeatable")
        .argParser(collectWhole)
        .default([], "all"),
    )
    .option("--name <name>", "the name of the roles", "ringwall-scan")
    .addHelpText(
      "after",
      examples([
        ["ringwall permissions | kubectl apply -f -", "the role for a scan of everything"],
        ["ringwall permissions workloads -n shop", "the roles for the workloads of one namespace"],
      ]),
    )
    .action(async (features: readonly string[], flags) => {
      const { permissions } = await import("./cluster/permissions.ts");
      exit(await permissions(features, flags, streams));
    });
}

function addCompletion(program: Command, streams: Streams, exit: Exit): void {
  const shell = new Argument("<SHELL>", "bash, zsh or fish");
  shell.argChoices = [...SHELLS];
  program
    .command("completion")
    .description("the script that makes your shell complete commands, flags and words")
    .addArgument(shell)
    .addHelpText(
      "after",
      examples([
        ["source <(ringwall completion bash)", "for this shell; in ~/.bashrc, for every one"],
        ["ringwall completion fish | source", "in ~/.config/fish/config.fish"],
      ]),
    )
    .action(async (name: string) => {
      const { completion } = await import("./completion/completion.ts");
      exit(await completion(name, program, streams));
    });
}
