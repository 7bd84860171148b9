import { describe, expect, test } from "vitest";
import { declaredNeeds } from "./declared-needs.ts";
import { isPodOf, workloadFacts, type WorkloadFacts } from "./workload-facts.ts";

function workload(spec: object, kind = "Deployment", name = "web"): WorkloadFacts {
  const object = {
    apiVersion: kind === "CronJob" || kind === "Job" ? "batch/v1" : kind === "Pod" ? "v1" : "apps/v1",
    kind,
  };
  const template = kind === "CronJob" ? { jobTemplate: { spec: { template: { spec } } } } : { template: { spec } };
  const facts = workloadFacts({ ...object, metadata: { name }, spec: kind === "Pod" ? spec : template }, "shop");
  if (facts === undefined) throw new Error("no pods in it");
  return facts;
}
const running = (...args: readonly (string | null)[]) => workload({ containers: [{ name: "main", args }, null] });

describe("words of the containers", () => {
  test.each([
    [["--leader-elect", "--leader-elect-resource-name=x", "--leader-elect-resource-namespace=ops"], 3, []],
    [["--leader-elect=false", "--leader-elect-resource-name=x", "--leader-elect-resource-namespace=ops"], 0, []],
    [["--leader-elect=true", "--leader-elect-resource-name=x"], 0, ["leader-election"]],
    [
      ["--leader-elect", "--leader-elect-resource-name=x", "--leader-elect-resource-namespace=$(NS)"],
      0,
      ["leader-election"],
    ],
    [["--leader-elect", "--leader-elect-resource-lock=endpointsleases"], 0, ["leader-election"]],
    [["--enable-leader-election"], 0, ["leader-election"]],
    [["--configmap=$(POD_NAMESPACE)/nginx", "--tcp-services-configmap=x"], 0, ["flag", "flag"]],
    [["--in-cluster", null], 0, ["flag"]],
    [["--listen=:8080"], 0, []],
  ])("%j give %i rights and the hints %j", (args, rights, hints) => {
    const needs = declaredNeeds(running(...args));
    expect([needs.actions.length, needs.hints.map(({ kind }) => kind)]).toEqual([rights, hints]);
  });

  test("a hint tells nothing that could be a secret", () => {
    const hints = JSON.stringify(
      declaredNeeds(
        running("sh", "-c", "set -e; kubectl create secret generic --from-literal=pw=hunter2", "--configmap=hunter2"),
      ).hints,
    );
    expect(hints).toContain("kubectl create secret");
    expect(hints).not.toContain("hunter2");
  });
});

test("tokens for the API server are told from tokens for others", () => {
  const source = (audience?: string) => ({ projected: { sources: [{ serviceAccountToken: { audience } }, null] } });
  const facts = workload({ containers: [], volumes: [source(), source("vault"), source("vault"), null] });
  expect(declaredNeeds(facts).hints).toEqual([{ kind: "token-volume" }, { kind: "token-for", audience: "vault" }]);
});

test("what is not of its type says nothing", () => {
  const facts = workload({ containers: "none", serviceAccountName: 3, automountServiceAccountToken: "yes" });
  expect([facts.account, facts.automount, declaredNeeds(facts).hints]).toEqual(["default", undefined, []]);
});

describe("pods are known by how their controller names them", () => {
  test.each([
    ["Deployment", "web-7d4b9c6f5-x2x5z", true],
    ["Deployment", "web-api-7d4b9c6f5-x2x5z", false],
    ["Deployment", "web-x2x5z", false],
    ["StatefulSet", "web-0", true],
    ["StatefulSet", "web-x", false],
    ["DaemonSet", "web-x2x5z", true],
    ["Job", "web-x2x5z", true],
    ["Job", "web-3-x2x5z", true],
    ["CronJob", "web-29387460-x2x5z", true],
    ["CronJob", "web-x2x5z", false],
    ["Pod", "web", true],
    ["Pod", "web-2", false],
  ])("%s web: %s is one of its pods: %s", (kind, pod, isOne) => {
    expect(isPodOf(workload({ containers: [] }, kind), pod)).toBe(isOne);
  });
});
