// Clusters made to be large: what the graph grows by is counted, not timed.

import { expect, it } from "vitest";
import { createAttackGraph } from "./attack-graph.ts";
import { resourcesOf } from "./resources.fixture.ts";
import { techniqueWorld } from "./technique-world.ts";
import { TECHNIQUES } from "./techniques.ts";

const GROUP = "rbac.authorization.k8s.io";
const apiVersion = `${GROUP}/v1`;

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

const WILD = ["create", "update", "patch", "get", "list", "impersonate"];
const many = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const user = (index: number) => ({ kind: "User", apiGroup: GROUP, name: `u${index}` });
const role = (name: string, rules: readonly Rule[], namespace?: string): object =>
  namespace === undefined
    ? { apiVersion, kind: "ClusterRole", metadata: { name }, rules }
    : { apiVersion, kind: "Role", metadata: { name, namespace }, rules };
const binding = (name: string, of: string, subjects: readonly object[], namespace?: string): object => ({
  apiVersion,
  kind: namespace === undefined ? "ClusterRoleBinding" : "RoleBinding",
  metadata: namespace === undefined ? { name } : { name, namespace },
  roleRef: { apiGroup: GROUP, kind: namespace === undefined ? "ClusterRole" : "Role", name: of },
  subjects,
});

/** Steps of the graph, and how many roles had too many rights to follow them all. */
function sizeOf(objects: readonly object[]): { readonly steps: number; readonly limits: number } {
  const world = techniqueWorld(resourcesOf(objects), { minor: 36, isComplete: false, isForTargets: true });
  const { steps } = createAttackGraph(world, TECHNIQUES);
  return { steps: steps.length, limits: [...world.rights.limits()].length };
}

it("grows by a few steps a subject, however much its role gives", () => {
  const wild = role("wild", [{ apiGroups: ["*"], resources: ["*"], verbs: WILD }]);
  const oneBinding = (count: number) => [wild, binding("all", "wild", many(count).map(user))];
  const manyBindings = (count: number) => [wild, ...many(count).map((one) => binding(`b${one}`, "wild", [user(one)]))];
  for (const shape of [oneBinding, manyBindings]) {
    const [few, more] = [sizeOf(shape(100)), sizeOf(shape(600))];
    expect((more.steps - few.steps) / 500).toBeLessThan(8);
    expect(more.limits).toBe(0);
  }
});

it("grows by a few dozen steps a role, however many of them can be bound", () => {
  const escalating = { apiGroups: [GROUP], resources: ["roles", "rolebindings"] };
  const verbs = ["create", "update", "patch", "bind", "escalate"];
  const roles = (count: number) =>
    many(count).flatMap((one) => [
      role(`r${one}`, [{ ...escalating, verbs }], "a"),
      binding(`b${one}`, `r${one}`, [user(one)], "a"),
    ]);
  const [few, more] = [sizeOf(roles(50)), sizeOf(roles(250))];
  expect((more.steps - few.steps) / 200).toBeLessThan(60);
});

it("pairs the rights of one identity with a hundred roles once", () => {
  const halves = (count: number) =>
    many(count).flatMap((one) => [
      role(
        `r${one}`,
        [{ apiGroups: [GROUP], resources: ["roles"], verbs: one % 2 === 0 ? ["update"] : ["escalate"] }],
        "a",
      ),
      binding(`b${one}`, `r${one}`, [user(0)], "a"),
    ]);
  const [few, more] = [sizeOf(halves(20)), sizeOf(halves(120))];
  expect((more.steps - few.steps) / 100).toBeLessThan(20);
});

it("says where names are too many, and stays bounded", () => {
  const names = (count: number) => [
    role("named", [
      { apiGroups: ["*"], resources: ["*"], verbs: ["*"], resourceNames: many(count).map((one) => `n${one}`) },
    ]),
    binding("named", "named", [user(0)]),
  ];
  expect(sizeOf(names(20)).limits).toBe(0);
  const { steps, limits } = sizeOf(names(400));
  expect(limits).toBe(1);
  expect(steps).toBeLessThan(400_000);
});
