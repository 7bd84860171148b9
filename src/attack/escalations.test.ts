// Whom is asked about, what a target stands for, and what a cut has to keep them from.

import { loadAll } from "js-yaml";
import { expect, it } from "vitest";
import { readObject } from "../cluster/read-resource.ts";
import type { Resource } from "../cluster/resource.ts";
import { smallestCut } from "./cut.ts";
import { findEscalations, goalsOf, startOf, type Escalations } from "./escalations.ts";
import type { Holding } from "./holding.ts";
import { techniqueWorld } from "./technique-world.ts";
import { TECHNIQUES } from "./techniques.ts";

const RBAC = "rbac.authorization.k8s.io";

function escalationsOf(text: string, subjects: readonly Holding[]): Escalations {
  const resources = loadAll(text).map((document): Resource => {
    const read = readObject(document, "default");
    if (read.kind !== "object") throw new Error(text);
    const provenance = { kind: "file", file: "test.yaml" } as const;
    return { id: read.id, object: read.object, provenance, locate: () => undefined };
  });
  const world = techniqueWorld(resources, { minor: 37, isComplete: false });
  return findEscalations(world, { techniques: TECHNIQUES, subjects });
}

const BOUND_TO = (subject: string, rules: string) => `
{ apiVersion: ${RBAC}/v1, kind: ClusterRole, metadata: { name: own }, rules: [${rules}] }
---
{ apiVersion: ${RBAC}/v1, kind: ClusterRoleBinding, metadata: { name: own },
  roleRef: { apiGroup: ${RBAC}, kind: ClusterRole, name: own }, subjects: [${subject}] }
`;
const BINDING = `{ apiGroups: [${RBAC}], resources: [clusterroles, clusterrolebindings], verbs: [bind, create] }`;

it("gives somebody whom nothing names what their groups gain", () => {
  const everybody = BOUND_TO("{ kind: Group, name: system:authenticated }", BINDING);
  for (const name of ["ghost", "system:serviceaccount:a:ghost"]) {
    const ghost = { kind: "user", name } as const;
    const { graph, searcher, escalations } = escalationsOf(everybody, [ghost]);
    expect(escalations).toMatchObject([{ subject: ghost, target: { kind: "cluster-admin" } }]);
    const goals = goalsOf(graph, [{ kind: "cluster-admin" }]);
    expect(smallestCut(graph, searcher, [startOf(graph, ghost)], goals).changes).toHaveLength(1);
  }
});

it("keeps nobody from any node who still comes to one of them", () => {
  const ann = { kind: "user", name: "ann" } as const;
  const rules = `{ apiGroups: [""], resources: [pods], verbs: [create] }, { apiGroups: [""], resources: [pods/exec], verbs: [create] }`;
  const pod = `---
{ apiVersion: v1, kind: Pod, metadata: { name: p, namespace: a }, spec: { nodeName: n, containers: [
  { name: c, image: i, securityContext: { privileged: true } }] } }`;
  const { graph, searcher, escalations } = escalationsOf(BOUND_TO("{ kind: User, name: ann }", rules) + pod, [ann]);
  const [found] = escalations;
  expect(found?.target).toEqual({ kind: "node", node: "" });
  const goals = goalsOf(graph, [{ kind: "node", node: "" }]);
  const { changes } = smallestCut(graph, searcher, [startOf(graph, ann)], goals);
  const powers = changes.flatMap(({ change }) => (change.kind === "narrow-role" ? [change.power] : [change.kind]));
  expect(powers, "without create pods alone, exec is left").toEqual(["remove-subject"]);
});

it("is no gift when an admin of a namespace comes to what an account there has", () => {
  const text = `
{ apiVersion: v1, kind: ServiceAccount, metadata: { name: operator, namespace: tools } }
---
{ apiVersion: ${RBAC}/v1, kind: ClusterRoleBinding, metadata: { name: operator },
  roleRef: { apiGroup: ${RBAC}, kind: ClusterRole, name: cluster-admin },
  subjects: [{ kind: ServiceAccount, name: operator, namespace: tools }] }
---
{ apiVersion: ${RBAC}/v1, kind: RoleBinding, metadata: { name: alice, namespace: tools },
  roleRef: { apiGroup: ${RBAC}, kind: ClusterRole, name: admin }, subjects: [{ kind: User, name: alice }] }
`;
  const alice = { kind: "user", name: "alice" } as const;
  const operator = { kind: "user", name: "system:serviceaccount:tools:operator" } as const;
  const { escalations, given } = escalationsOf(text, [alice, operator]);
  expect(escalations).toMatchObject([{ subject: alice, target: { kind: "cluster-admin" }, length: 1 }]);
  expect(given).toEqual([operator]);
});

it("finds for one of many equal users what it finds for each alone", () => {
  const names = ["u1", "u2", "u3"];
  const text = BOUND_TO(names.map((name) => `{ kind: User, name: ${name} }`).join(", "), BINDING);
  const users = names.map((name) => ({ kind: "user", name }) as const);
  const together = escalationsOf(text, users);
  for (const [index, user] of users.entries()) {
    const [alone] = escalationsOf(text, [user]).escalations;
    expect(together.escalations[index]).toEqual(alone);
    const [first = -1] = alone?.chain ?? [];
    expect(together.graph.steps[first]?.needs.map((need) => together.graph.holdings[need])).toEqual([user]);
  }
});
