import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const inSystem = (spec: object, metadata: object = {}): object =>
  podOf(spec, { namespace: "kube-system", ...metadata });

test("the cluster's own components are known", () => {
  const own = [
    inSystem({ priorityClassName: "system-node-critical" }),
    inSystem({}, { annotations: { "kubernetes.io/config.mirror": "x" } }),
    inSystem({}, { labels: { "k8s-app": "kube-dns" } }),
    inSystem({}, { labels: { tier: "control-plane" } }),
  ];
  expect(own.flatMap((pod) => evidenceOf(rule, pod))).toEqual([]);
  expect(evidenceOf(rule, inSystem({}))).toEqual(['metadata.namespace: "kube-system"']);
});
