// The commands of `access` that read audit logs, as data.

import { Option, type Command } from "commander";
import { auditLogOption } from "./audit-log-option.ts";
import { addClusterOptions } from "./cluster/options.ts";
import { collectWhole } from "./repeatable.ts";
import type { SharedOptions } from "./shared-options.ts";
import type { Streams } from "./streams.ts";

export function addMinimize(
  command: Command,
  streams: Streams,
  exit: (code: number) => void,
  shared: SharedOptions,
): void {
  const { addCommon, addTargets, addConfiguration } = shared;
  addConfiguration(addClusterOptions(addTargets(addCommon(command, "text, json, yaml"))))
    .description("the least roles that an API server's audit log proves are used, and the proof")
    .addOption(auditLogOption("none"))
    .addOption(
      new Option("--subject <subject>", "ServiceAccount/NAMESPACE/NAME, User/NAME or a user name; repeatable")
        .argParser(collectWhole)
        .default([], "all in the log"),
    )
    .option("--names <count>", "list up to so many names of one verb and resource, then allow any", "4")
    .option("--families", "grant verbs that go together together: get, list and watch; get, update and patch")
    .option("--drop-unseen", "leave out rights that are written out and whose use no log can show")
    .option("--log-only", "propose from the log alone, without today's roles and bindings")
    .addOption(new Option("--authorizer <mode>", "server (system:masters, Node, RBAC) or rbac").default("server"))
    .option("--kubernetes-version <version>", "of the cluster (default: the server's, else the newest known)")
    .addHelpText(
      "after",
      shared.examples([
        ["ringwall access minimize --audit-log /var/log/kubernetes/audit/", "every subject of the cluster"],
        [
          "ringwall access minimize --audit-log audit.log.gz --subject ServiceAccount/shop/cart -o yaml rbac/",
          "the roles to apply",
        ],
        ["zcat audit-*.gz | ringwall access minimize --audit-log - --log-only", "without a cluster"],
      ]),
    )
    .action(async (targets: readonly string[], flags, action) => {
      const { accessMinimize } = await import("./access-minimize.ts");
      exit(await accessMinimize(targets, await shared.settle(action, flags), streams));
    });
}

export function addGenerate(
  command: Command,
  streams: Streams,
  exit: (code: number) => void,
  shared: SharedOptions,
): void {
  const { addCommon, addTargets, addConfiguration } = shared;
  command.argument("[WORKLOAD]", "NAMESPACE/NAME[KIND], such as shop/web[Deployment]");
  addConfiguration(addClusterOptions(addTargets(addCommon(command, "text, json, yaml, patch"))))
    .description("a service account of a workload's own, its least role, and the edit that uses it")
    .addOption(auditLogOption("none: what the workload declares"))
    .option("--names <count>", "list up to so many names of one verb and resource, then allow any", "4")
    .option("--families", "grant verbs that go together together: get, list and watch; get, update and patch")
    .option("--drop-unseen", "leave out rights that are written out and whose use no log can show")
    .addOption(new Option("--authorizer <mode>", "server (system:masters, Node, RBAC) or rbac").default("server"))
    .option("--kubernetes-version <version>", "of the cluster (default: the server's, else the newest known)")
    .addHelpText(
      "after",
      shared.examples([
        ["ringwall access generate shop/web --audit-log audit.log -o yaml", "from what it used"],
        ["ringwall access generate 'shop/web[Deployment]' deploy/ -o patch", "the edit of the workload"],
        ["ringwall access generate shop/web deploy/", "from what it declares"],
      ]),
    )
    .action(async (workload: string | undefined, targets: readonly string[], flags, action) => {
      const { accessGenerate } = await import("./access-generate.ts");
      const words = workload === undefined ? [] : [workload, ...targets];
      exit(await accessGenerate(words, await shared.settle(action, flags), streams));
    });
}
