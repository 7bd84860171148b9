// Random worlds answered by a real data plane's evaluator, and Kubernetes' own conformance cases.

import { expect } from "vitest";
import { readOracle, readOracleLines, testWithOracle } from "../../../test/oracles/oracle.ts";
import { resourcesOf } from "../../../test/network/resources.ts";
import { parseAddress } from "./address.ts";
import { singleAddress } from "./address-set.ts";
import type { Decision } from "./explanation.ts";
import { createNetwork, type End, type Network, type Reach } from "./network.ts";
import type { Direction } from "./policy.ts";
import type { Protocol } from "./port-set.ts";

interface Probe {
  readonly from: string;
  readonly to: string;
  readonly family?: "IPv4" | "IPv6";
  readonly protocol: Protocol;
  readonly port: number;
  readonly allowed: boolean;
  readonly by: { readonly egress: string; readonly ingress: string };
}

const WORLDS = "network-worlds/worlds.dev.ndjson.gz";
testWithOracle(WORLDS)("48,000 probes of 240 random worlds are answered as a real evaluator answers them", () => {
  const wrong: unknown[] = [];
  let probes = 0;
  for (const world of readOracleLines<{ id: string; objects: unknown[]; probes: Probe[] }>(WORLDS)) {
    const network = createNetwork(resourcesOf(world.objects));
    for (const probe of world.probes) {
      probes++;
      const answer = ask(network, probe);
      const by = { egress: inOracleWords(answer, "egress"), ingress: inOracleWords(answer, "ingress") };
      const isRight = answer.verdict === (probe.allowed ? "allowed" : "denied");
      if (!isRight || by.egress !== probe.by.egress || by.ingress !== probe.by.ingress) {
        wrong.push({ world: world.id, probe, verdict: answer.verdict, by });
      }
    }
  }
  expect(probes).toBe(48_000);
  expect(wrong).toEqual([]);
});

function ask(network: Network, probe: Probe): Reach {
  return network.reach({
    source: endOf(network, probe.from),
    destination: endOf(network, probe.to),
    port: { protocol: probe.protocol, port: probe.port },
    ...(probe.family === undefined ? {} : { family: probe.family === "IPv6" ? 6 : 4 }),
  });
}

function endOf(network: Network, text: string): End {
  const [namespace = "", name = ""] = text.split("/");
  const pod = network.podNamed(namespace, name);
  if (pod !== undefined) return { kind: "pods", pods: [pod] };
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`neither pod nor address: ${text}`);
  return { kind: "addresses", set: singleAddress(address.point) };
}

/** The reasons as the oracle writes them, e.g. `allow Admin:a#1=Pass NetworkPolicy:shop/web#0,shop/api#2`. */
function inOracleWords(answer: Reach, direction: Direction): string {
  const decisions = answer.explain(direction);
  const words: string[] = [answer[direction].verdict === "allowed" ? "allow" : "deny"];
  const rules: string[] = [];
  for (const decision of decisions) {
    if (decision.kind === "default" && words.at(-1)?.startsWith("Baseline:")) continue; // the oracle leaves it out
    if (decision.kind === "rule" && decision.tier === "NetworkPolicy") rules.push(ruleName(decision));
    else words.push(wordOf(decision));
  }
  if (rules.length > 0) words.push(`NetworkPolicy:${rules.toSorted().join()}`);
  return words.join(" ");
}

function wordOf(decision: Decision): string {
  if (decision.kind === "rule") return `${decision.tier}:${ruleName(decision)}=${decision.action}`;
  return decision.kind === "isolated" ? "NetworkPolicy:isolated" : decision.kind;
}

function ruleName({ policy, rule }: Decision & { readonly kind: "rule" }): string {
  return `${policy.id.namespace === "" ? "" : `${policy.id.namespace}/`}${policy.id.name}#${rule}`;
}

interface Step {
  readonly policies: readonly unknown[];
  readonly namespaces?: readonly unknown[];
  readonly pods?: readonly unknown[];
}
interface EndToEndStep extends Step {
  readonly protocol: Protocol;
  readonly port: number;
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
}
interface EndToEnd {
  readonly cases: readonly {
    readonly name: string;
    readonly namespaces: readonly unknown[];
    readonly pods: readonly unknown[];
    readonly steps: readonly EndToEndStep[];
  }[];
}
interface Poke {
  readonly from: string;
  readonly toIP: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly allowed: boolean;
}
interface ClusterPolicyCases {
  readonly objects: readonly { readonly kind: string }[];
  readonly tests: readonly {
    readonly subtests: readonly {
      readonly name: string;
      readonly steps: readonly (Step & { readonly pokes: readonly Poke[] })[];
    }[];
  }[];
}

const CONFORMANCE = "network-worlds/conformance.json";
const conformance = () => JSON.parse(readOracle(CONFORMANCE)) as Record<string, unknown>; // its README is the contract

for (const [suite, pairs] of [
  ["networkPolicyE2E", 508],
  ["networkPolicyE2ENinePods", 4680],
] as const) {
  testWithOracle(CONFORMANCE)(`Kubernetes' own end-to-end cases hold (${suite})`, () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const { name, namespaces, pods, steps } of (conformance()[suite] as EndToEnd).cases) {
      for (const step of steps) {
        const objects = [...(step.namespaces ?? namespaces), ...(step.pods ?? pods), ...step.policies];
        const network = createNetwork(resourcesOf(objects));
        const allowed = step.allowed.map((pair) => [pair, "allowed"] as const);
        for (const [pair, verdict] of [...allowed, ...step.denied.map((pair) => [pair, "denied"] as const)]) {
          const [from = "", to = ""] = pair.split(" -> ");
          const port = { protocol: step.protocol, port: step.port };
          const answer = network.reach({ source: endOf(network, from), destination: endOf(network, to), port });
          asked++;
          if (answer.verdict !== verdict) wrong.push(`${name}: ${pair} ${answer.verdict}`);
        }
      }
    }
    expect(asked).toBe(pairs);
    expect(wrong).toEqual([]);
  });
}

testWithOracle(CONFORMANCE)("ClusterNetworkPolicy conformance holds, 301 pokes", () => {
  const { objects, tests } = conformance()["clusterNetworkPolicy"] as ClusterPolicyCases;
  const wrong: unknown[] = [];
  let asked = 0;
  for (const { name, steps } of tests.flatMap(({ subtests }) => subtests)) {
    for (const step of steps) {
      const namespaces = step.namespaces ?? objects.filter(({ kind }) => kind === "Namespace");
      const others = objects.filter(({ kind }) => kind !== "Namespace");
      const network = createNetwork(resourcesOf([...namespaces, ...others, ...step.policies]));
      for (const poke of step.pokes) {
        asked++;
        const answer = network.reach({
          source: endOf(network, poke.from),
          destination: endOf(network, podNameAt(network, poke.toIP)),
          port: { protocol: poke.protocol, port: poke.port },
        });
        if (answer.verdict !== (poke.allowed ? "allowed" : "denied"))
          wrong.push({ name, poke, verdict: answer.verdict });
      }
    }
  }
  expect(asked).toBe(301);
  expect(wrong).toEqual([]);
});

function podNameAt(network: Network, address: string): string {
  const point = parseAddress(address)?.point;
  const pods = network.workloads.flatMap(({ pods: all }) => all);
  const pod = pods.find(({ addresses, isHostNetwork }) => !isHostNetwork && addresses.some((one) => one === point));
  return pod === undefined ? address : `${pod.namespace}/${pod.name}`;
}

interface Disagreements {
  readonly questions: readonly {
    readonly id: string;
    readonly objects: readonly unknown[];
    readonly probes: Probe[];
  }[];
  readonly oneDirectionSamples: readonly {
    readonly objects: readonly unknown[];
    readonly probe: Probe;
    readonly evaluator: boolean;
    readonly perDirection: boolean;
  }[];
}
const DISAGREEMENTS = "network-worlds/disagreements.json";
const disagreements = () => JSON.parse(readOracle(DISAGREEMENTS)) as Disagreements; // its README is the contract

testWithOracle(DISAGREEMENTS)("what the API leaves open is answered as judged there", () => {
  const answers = disagreements().questions.map(({ id, objects, probes }) => {
    const network = createNetwork(resourcesOf(objects));
    const notes = network.diagnostics.map(({ level, code }) => `${level} ${code}`);
    return [id, ...probes.map((probe) => ask(network, probe)).flatMap(({ verdict, on }) => [verdict, ...on]), ...notes];
  });
  expect(answers).toEqual([
    ["np-one-direction-baseline", "depends", "oneDirection"],
    ["self-traffic", "allowed"],
    ["empty-rule-list", "denied"],
    ["unparsable-selector", "allowed", "refused invalid-selector"],
    ["leading-zero-cidr", "denied", "warning cidr-notation"],
    ["native-sidecar-port", "allowed"],
    ["equal-priority", "depends", "equalPriority"],
    ["unknown-peer", "denied", "warning failed-closed"],
    ["node-address-types", "denied"],
    ["ipv4-mapped-cidr", "allowed", "warning cidr-notation"],
  ]);
});

testWithOracle(DISAGREEMENTS)(
  "an Ingress-only NetworkPolicy before a Baseline egress rule leaves the answer open",
  () => {
    const samples = disagreements().oneDirectionSamples;
    const answers = samples.map(({ objects, probe }) => ask(createNetwork(resourcesOf(objects)), probe));
    expect(answers.map(({ verdict, on }) => [verdict, ...on])).toEqual(samples.map(() => ["depends", "oneDirection"]));
  },
);
