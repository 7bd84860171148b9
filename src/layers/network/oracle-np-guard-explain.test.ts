// Explanations recorded from netpol-analyzer: for a port of each group, the verdict and the policies that decide it in
// each direction. Where it differs from Kubernetes, the difference is listed with its reason; 0 unexplained.

import { expect } from "vitest";
import { INDEX, portsOf, rangeOf, readArchive, readCases, readDirectory } from "../../../test/network/np-guard.ts";
import { testWithOracle } from "../../../test/oracles/oracle.ts";
import differences from "./np-guard-explain-differences.json" with { type: "json" };
import type { End } from "./end.ts";
import { createNetwork, type Decision, type Network } from "./network.ts";
import { PROTOCOLS, rangesOf } from "./port-set.ts";

testWithOracle(INDEX)("recorded explanations name the policies that the engine names", () => {
  const archive = readArchive();
  const listed = new Set(differences.flatMap(({ dirs }) => dirs));
  const superfluous = new Set(listed);
  const unexplained: string[] = [];
  let groups = 0;
  for (const { kind, dir, expected } of readCases()) {
    if (kind !== "explain") continue;
    const network = createNetwork(readDirectory(archive, `tests/${dir}/`));
    const wrong = [...recordedGroups(archive.get(expected ?? "") ?? "")].flatMap((group) => {
      const found = answer(network, group);
      if (found === undefined) return [];
      groups++;
      const wanted = [group.verdict, group.egress, group.ingress].join(" | ");
      return found === wanted ? [] : [`${group.from} => ${group.to} ${group.ports}: ${found}, not ${wanted}`];
    });
    if (wrong.length > 0) superfluous.delete(dir);
    if (wrong.length > 0 && !listed.has(dir)) unexplained.push(`${dir}: ${wrong.slice(0, 2).join("; ")}`);
  }
  expect(unexplained).toEqual([]);
  expect([...superfluous]).toEqual([]);
  expect(groups).toBe(1408);
});

interface Group {
  readonly from: string;
  readonly to: string;
  readonly verdict: "allowed" | "denied";
  /** `TCP:[80,443], UDP` */
  readonly ports: string;
  /** Names of policies, sorted; empty where none has a say. */
  readonly egress: string;
  readonly ingress: string;
}

function* recordedGroups(text: string): Generator<Group> {
  for (const block of text.split(/^-{20,}$/m)) {
    const [, from = "", to = ""] = /^Connections between (.+) => (.+):$/m.exec(block) ?? [];
    for (const part of block.split(/^(?=\t(?:Allowed|Denied) )/m)) {
      const [, verdict = "", ports = ""] = /^\t(Allowed|Denied) (.+) due to /.exec(part) ?? [];
      if (verdict === "") continue;
      const [egress = "", ingress = ""] = ["Egress", "Ingress"].map((direction) => policiesOf(part, direction));
      yield { from, to, verdict: verdict === "Allowed" ? "allowed" : "denied", ports, egress, ingress };
    }
  }
}

function policiesOf(part: string, direction: string): string {
  const section = part.split(/^(?=\t\t(?:Egress|Ingress))/m).find((one) => one.startsWith(`\t\t${direction}`)) ?? "";
  const names = [...section.matchAll(/(?:NetworkPolicy) '([^']+)'/g)].map(([, name = ""]) => name);
  return [...new Set(names)].toSorted().join();
}

/** `undefined` where the group is not about two ends that the engine has, or about no port. */
function answer(network: Network, { from, to, ports }: Group): string | undefined {
  const [source, destination] = [endOf(network, from), endOf(network, to)];
  const port = firstPort(ports);
  if (source === undefined || destination === undefined || port === undefined) return undefined;
  const { verdict, explain } = network.reach({ source, destination, port });
  return [verdict, namesOf(explain("egress")), namesOf(explain("ingress"))].join(" | ");
}

function endOf(network: Network, name: string): End | undefined {
  const set = rangeOf(name);
  if (set !== undefined) return { kind: "addresses", set };
  const workload = network.workloadNamed(name);
  return workload && { kind: "pods", pods: workload.pods };
}

function firstPort(text: string) {
  const [first = ""] = text.split(/, (?=[A-Z])/);
  const [, protocol = first, ranges = "1-65535"] = /^([A-Z]+):\[(.*)\]$/.exec(first) ?? [];
  const set = portsOf(`${protocol} ${ranges}`);
  for (const one of PROTOCOLS) {
    const [range] = rangesOf(set, one);
    if (range !== undefined) return { protocol: one, port: range[0] };
  }
  return undefined;
}

function namesOf(decisions: readonly Decision[]): string {
  const resources = decisions.flatMap((one) =>
    one.kind === "rule" ? [one.policy] : one.kind === "isolated" ? one.policies : [],
  );
  const names = resources.map(({ id }) => (id.namespace === "" ? id.name : `${id.namespace}/${id.name}`));
  return [...new Set(names)].toSorted().join();
}
