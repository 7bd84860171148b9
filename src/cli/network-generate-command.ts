// `network generate` as data: flags and examples. Its code is loaded only when it runs.

import { Option, type Command } from "commander";
import { FLOW_FORMATS } from "../sources/flows/format-names.ts";
import type { SharedOptions } from "./shared-options.ts";
import type { Streams } from "./streams.ts";

export function addNetworkGenerate(
  command: Command,
  streams: Streams,
  exit: (code: number) => void,
  shared: SharedOptions,
): void {
  command
    .description("default deny, and the least that declared or observed traffic needs, proved")
    .addOption(repeatable("--flows <file>", "observed flows: Hubble, Calico, Goldmane, AWS or CSV; repeatable"))
    .addOption(
      new Option("--flow-format <format>", "of every flow log, instead of what its first lines show").choices(
        FLOW_FORMATS,
      ),
    )
    .option("--declared", "with --flows: needs that manifests state, too (without --flows they are all there is)")
    .addOption(
      new Option("--kind <kind>", "what to write")
        .choices(["NetworkPolicy", "ClusterNetworkPolicy"])
        .default("NetworkPolicy"),
    )
    .addOption(
      repeatable("--address <name=cidr>", "where a host name, nodes or api-server is: api.example.com=198.51.100.0/24"),
    )
    .option("--isolate-silent", "close workloads too of which nothing is known, instead of leaving them as today")
    .option("--rollout <folder>", "also write a plan in stages, a way back, and assertions for network test")
    .addOption(repeatable("--include-namespace <name>", "only these namespaces; those of Kubernetes itself only so"))
    .addOption(repeatable("--exclude-namespace <name>", "all but these namespaces"))
    .addHelpText(
      "after",
      shared.examples([
        ["ringwall network generate deploy/ > policies.yaml", "from what manifests say, for review"],
        ["ringwall network generate -A --flows hubble.json --declared", "from what was seen and said"],
        ["ringwall network generate deploy/ --rollout rollout/", "in stages, with a way back and tests for CI"],
      ]),
    )
    .action(async (targets: readonly string[], flags, settled: Command) => {
      const { networkGenerate } = await import("./network-generate.ts");
      exit(await networkGenerate(targets, await shared.settle(settled, flags), streams));
    });
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, description)
    .argParser((value: string, previous: readonly string[]) => [...previous, value])
    .default([], "none");
}
