// The commands of `access` as data: names, flags, examples. Their code is loaded only when one runs.

import { Option, type Command } from "commander";
import { auditLogOption } from "./audit-log-option.ts";
import { addClusterOptions } from "./cluster/options.ts";
import { addGenerate, addMinimize } from "./access-audit-commands.ts";
import type { SharedOptions } from "./shared-options.ts";
import type { Streams } from "./streams.ts";

export type { SharedOptions } from "./shared-options.ts";

type Exit = (code: number) => void;

export function addAccess(program: Command, streams: Streams, exit: Exit, shared: SharedOptions): void {
  const access = program.command("access").description("questions about who may do what");
  const addQuestion = (command: Command): Command => addAll(command, shared);

  addQuestion(withWords(access.command("can")))
    .description("may this identity do that, as the API server decides it, with the chain that grants it")
    .option("--subresource <name>", "such as exec, log, status, token")
    .option("--batch <file>", "SubjectAccessReviews, one a line, from a file or -; every argument is a TARGET then")
    .option("--explain", "with --batch: add the chain to each answer")
    .addHelpText(
      "after",
      shared.examples([
        ["ringwall access can get secrets -n shop --as system:serviceaccount:shop:cart deploy/", "and why"],
        ["ringwall access can create pods --subresource exec -A --as alice --as-group ops", "in the cluster"],
        ["ringwall access can get /metrics --as system:anonymous cluster.dump.gz", "a path"],
        ["ringwall access can --batch questions.ndjson --explain deploy/", "many questions at once"],
      ]),
    )
    .action(
      async (verb: string | undefined, target: string | undefined, targets: readonly string[], flags, command) => {
        const { accessCan } = await import("./access-can.ts");
        exit(await accessCan(words(verb, target, targets), await shared.settle(command, flags), streams));
      },
    );

  addQuestion(withWords(access.command("who-can")))
    .description("everyone who may do that, with every chain, and how one gets into the groups")
    .option("--subresource <name>", "such as exec, log, status, token")
    .addHelpText(
      "after",
      shared.examples([
        ["ringwall access who-can get secrets -n shop deploy/", "in one namespace"],
        ["ringwall access who-can create pods --subresource exec -A", "anywhere in the cluster"],
      ]),
    )
    .action(
      async (verb: string | undefined, target: string | undefined, targets: readonly string[], flags, command) => {
        const { accessWhoCan } = await import("./access-who-can.ts");
        exit(await accessWhoCan(words(verb, target, targets), await shared.settle(command, flags), streams));
      },
    );

  addQuestion(access.command("list"))
    .description("everything an identity may do, with the chains that give it")
    .addHelpText(
      "after",
      shared.examples([["ringwall access list --as system:serviceaccount:shop:cart deploy/", "of a service account"]]),
    )
    .action(async (targets: readonly string[], flags, command) => {
      const { accessList } = await import("./access-list.ts");
      exit(await accessList(targets, await shared.settle(command, flags), streams));
    });

  addEscalations(access.command("escalations"), shared)
    .description("who can become more than they are, step by step, and the fewest changes that stop it")
    .option("--to <target>", "only chains to: cluster-admin, node, namespace-admin, secrets")
    .addOption(auditLogOption("none: whether a change takes away what is used is not said"))
    .option("--all", "every subject, Kubernetes' own too")
    .addHelpText(
      "after",
      shared.examples([
        ["ringwall access escalations", "in the cluster of the current context"],
        ["ringwall access escalations deploy/ --to cluster-admin", "in files"],
        ["ringwall access escalations cluster.dump.gz --as system:serviceaccount:ci:deployer", "of one subject"],
      ]),
    )
    .action(async (targets: readonly string[], flags, command) => {
      const { accessEscalations } = await import("./access-escalations.ts");
      exit(await accessEscalations(targets, await shared.settle(command, flags), streams));
    });

  addQuestion(access.command("diff"))
    .description("who gained or lost what between two TARGETs, OLD and NEW")
    .option("--exit-code", "exit 1 when there is a difference")
    .addHelpText("after", shared.examples([["ringwall access diff old/ new/ --exit-code", "for a pull request"]]))
    .action(async (targets: readonly string[], flags, command) => {
      const { accessDiff } = await import("./access-diff.ts");
      exit(await accessDiff(targets, await shared.settle(command, flags), streams));
    });

  addMinimize(access.command("minimize"), streams, exit, shared);
  addGenerate(access.command("generate"), streams, exit, shared);
}

function addEscalations(command: Command, { addCommon, addTargets, addConfiguration }: SharedOptions): Command {
  addConfiguration(addClusterOptions(addTargets(addCommon(command, "text, json")))).option(
    "--kubernetes-version <version>",
    "of the cluster (default: the server's, else the newest known)",
  );
  describe(command, "as", "only this subject; system:serviceaccount:NAMESPACE:NAME for a service account");
  describe(command, "asGroup", "only members of this group; repeatable");
  return command;
}

function withWords(command: Command): Command {
  return command
    .argument("[VERB]", "get, list, create, impersonate, …")
    .argument("[RESOURCE[/NAME]]", "as in kubectl auth can-i: pods, deployments.apps/web, /metrics");
}

function addAll(command: Command, { addCommon, addTargets, addConfiguration }: SharedOptions): Command {
  addConfiguration(addClusterOptions(addTargets(addCommon(command, "text, json, ndjson"))))
    .addOption(new Option("--authorizer <mode>", "server (system:masters, Node, RBAC) or rbac").default("server"))
    .option("--kubernetes-version <version>", "of the cluster (default: the server's, else the newest known)");
  describe(command, "as", "whom the question is about; system:serviceaccount:NAMESPACE:NAME for a service account");
  describe(command, "asGroup", "a group of theirs, beside those that authentication adds; repeatable");
  describe(command, "namespace", "of the question, and of objects in files that name none");
  describe(command, "allNamespaces", "in every namespace at once");
  return command;
}

/** The flags kubectl users know, with what they mean here. */
function describe(command: Command, attribute: string, description: string): void {
  const option = command.options.find((one) => one.attributeName() === attribute);
  if (option !== undefined) option.description = description;
}

function words(verb: string | undefined, target: string | undefined, targets: readonly string[]): readonly string[] {
  return [verb, target, ...targets].filter((word) => word !== undefined);
}
