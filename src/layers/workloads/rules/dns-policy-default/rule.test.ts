import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("other policies are fine, and so is the node's network", () => {
  const specs = [{ dnsPolicy: "ClusterFirst" }, { dnsPolicy: "None" }, {}, { dnsPolicy: "Default", hostNetwork: true }];
  expect(specs.flatMap((spec) => evidenceOf(rule, podOf(spec)))).toEqual([]);
});

test("the cluster's DNS server is let pass", () => {
  expect(evidenceOf(rule, podOf({ dnsPolicy: "Default" }, { labels: { "k8s-app": "kube-dns" } }))).toEqual([]);
});
