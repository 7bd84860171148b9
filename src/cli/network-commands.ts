// The commands of `network` as data: names, flags, examples. Their code is loaded only when one runs.

import { Option, type Command } from "commander";
import type { SharedOptions } from "./access-commands.ts";
import { addClusterOptions } from "./cluster/options.ts";
import { addNetworkGenerate } from "./network-generate-command.ts";
import type { Streams } from "./streams.ts";

type Exit = (code: number) => void;

export function addNetwork(program: Command, streams: Streams, exit: Exit, shared: SharedOptions): void {
  const network = program.command("network").description("questions about what reaches what");

  const reach = network
    .command("reach")
    .argument("[SRC]", "NAMESPACE/NAME, svc/NAMESPACE/NAME, an address, a CIDR, external or internet")
    .argument("[DST]", "the same");
  addAll(reach, shared, "text, json, ndjson, csv, markdown, dot, mermaid")
    .description("is this connection allowed, and by which rule")
    .option("--port <protocol/port>", "TCP/8080, UDP/53 or 8080; without it, whether anything passes")
    .option("--family <4|6>", "of the addresses; without it, either will do")
    .option(
      "--batch <file>",
      "questions, one JSON object a line, from a file or -; every argument is a TARGET then, and ndjson the format",
    )
    .option("--explain", "with --batch: add the deciding rules to each answer")
    .addHelpText(
      "after",
      shared.examples([
        ["ringwall network reach shop/web shop/db --port TCP/5432 deploy/", "and why"],
        ["ringwall network reach external svc/shop/web --port 80 -A", "in the cluster"],
        ["ringwall network reach --batch questions.ndjson --explain deploy/", "many questions at once"],
        ["ringwall network reach --batch questions.ndjson -o csv=answers.csv deploy/", "as a table"],
      ]),
    )
    .action(
      async (
        source: string | undefined,
        destination: string | undefined,
        targets: readonly string[],
        flags,
        command,
      ) => {
        const { networkReach } = await import("./network-reach.ts");
        const words = [source, destination, ...targets].filter((word) => word !== undefined);
        exit(await networkReach(words, await shared.settle(command, flags), streams));
      },
    );

  addAll(network.command("map"), shared, "text, json, csv, markdown, dot, mermaid")
    .description("every open connection between workloads, and with the outside")
    .option("--grouped", "with json: workloads that connect alike as one entry, so that large clusters stay small")
    .option("--explain", "with json or csv: the rules behind each connection, and where they stand")
    .option("--exposure", "also what is open to any pod and to pods to come (text, json, csv, markdown)")
    .option("--all", "with text: every group of workloads, however many; the text of a large map is by namespace")
    .addHelpText(
      "after",
      shared.examples([
        ["ringwall network map deploy/", "who reaches whom"],
        ["ringwall network map -A -o dot | dot -Tsvg > map.svg", "a picture of the cluster"],
        ["ringwall network map deploy/ -o json --grouped", "for machines, small"],
        ["ringwall network map deploy/ -o csv --explain", "with the rule, file and line behind each connection"],
      ]),
    )
    .action(async (targets: readonly string[], flags, command) => {
      const { networkMap } = await import("./network-map.ts");
      exit(await networkMap(targets, await shared.settle(command, flags), streams));
    });

  addAll(network.command("diff"), shared, "text, json, ndjson, csv, markdown, dot, mermaid")
    .description("what a change opens and closes: two TARGETs, OLD and NEW")
    .option("--exit-code", "exit 1 when there is a difference")
    .addHelpText("after", shared.examples([["ringwall network diff old/ new/ --exit-code", "for a pull request"]]))
    .action(async (targets: readonly string[], flags, command) => {
      const { networkDiff } = await import("./network-diff.ts");
      exit(await networkDiff(targets, await shared.settle(command, flags), streams));
    });

  addNetworkGenerate(addAll(network.command("generate"), shared, "text, yaml, json"), streams, exit, shared);

  addAll(
    network.command("test").argument("[FILE]", "the assertions, YAML or JSON"),
    shared,
    "text, json, junit, csv, markdown, dot, mermaid",
  )
    .description("assertions about reachability, for CI")
    .addHelpText(
      "after",
      shared.examples([["ringwall network test assertions.yaml deploy/ -o junit=network.xml", "in CI"]]),
    )
    .action(async (file: string | undefined, targets: readonly string[], flags, command) => {
      const { networkTest } = await import("./network-test.ts");
      exit(await networkTest(file, targets, await shared.settle(command, flags), streams));
    });
}

function addAll(
  command: Command,
  { addCommon, addTargets, addConfiguration }: SharedOptions,
  formats: string,
): Command {
  return addConfiguration(addClusterOptions(addTargets(addCommon(command, formats)))).addOption(
    new Option("--pod-cidr <cidr>", "where pods without a known address live; repeatable")
      .argParser((value: string, previous: readonly string[]) => [...previous, ...value.split(",")])
      .default([], "anywhere in IPv4"),
  );
}
