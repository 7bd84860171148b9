import { expect, test } from "vitest";
import { deployment, namespace, network, pod, policy } from "../../../test/network/build.ts";
import { resourcesOf } from "../../../test/network/resources.ts";
import type { Network } from "./network.ts";
import { formatPorts } from "./port-set.ts";

function exposureOf(...policies: readonly object[]) {
  const asked = network([namespace("shop"), deployment("shop/web", { app: "web" }), ...policies]);
  const workload = asked.workloadNamed("shop/web[Deployment]");
  if (workload === undefined) throw new Error("no workload");
  const { ingress, egress } = asked.exposure(workload);
  const text = (outcome: number) => formatPorts(asked.world.outcomes.sureOf(outcome));
  return {
    fromOutside: text(ingress.outside),
    fromAnyPod: text(ingress.anyPod),
    toAnyPod: text(egress.anyPod),
    expected: ingress.expected.map(({ pods, ports }) => [pods.matchLabels, text(ports)]),
  };
}

test("without policies a workload is open to everybody, also to pods that nobody expects", () => {
  expect(exposureOf()).toEqual({ fromOutside: "all", fromAnyPod: "all", toAnyPod: "all", expected: [] });
});

test("a rule for every namespace opens to any pod, not to the outside", () => {
  const rule = { from: [{ namespaceSelector: {} }], ports: [{ port: 80 }] };
  expect(exposureOf(policy("shop/p", { ingress: [rule] }))).toMatchObject({
    fromOutside: {},
    fromAnyPod: { TCP: "80" },
  });
});

test("peers that do not exist yet are listed with their ports", () => {
  const rule = { from: [{ podSelector: { matchLabels: { app: "later" } } }], ports: [{ port: 80 }] };
  expect(exposureOf(policy("shop/p", { ingress: [rule] })).expected).toEqual([[{ app: "later" }, { TCP: "80" }]]);
});

test("a class that every pod left with a new word is nobody's peer", () => {
  const objects = [
    namespace("shop"),
    pod("shop/web", { labels: { app: "web", tier: "front" } }),
    pod("shop/db", { labels: { app: "db" } }),
    policy("shop/db", { podSelector: { matchLabels: { app: "db" } }, ingress: [{ from: [WEB] }] }),
  ];
  const withoutTier = { matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] };
  const strict = { podSelector: { ...WEB.podSelector, ...withoutTier } };
  const added = policy("shop/more", { podSelector: { matchLabels: { app: "db" } }, ingress: [{ from: [strict] }] });
  const expectedOf = (asked: Network): readonly unknown[] => {
    const workload = asked.workloadNamed("shop/db[Pod]");
    return workload === undefined ? [] : asked.exposure(workload).ingress.expected.map(({ pods }) => pods);
  };
  expect(expectedOf(network(objects).with({ put: resourcesOf([added]) }))).toEqual([strict.podSelector]);
  expect(expectedOf(network([...objects, added]))).toEqual([strict.podSelector]);
});

const WEB = { podSelector: { matchLabels: { app: "web" } } };
