// Rights that go together: about one object where a request names one, of one identity, and no more than can be looked at.

import { expect, it } from "vitest";
import { loadAll } from "js-yaml";
import { named, type Power } from "./power.ts";
import { resourcesOf } from "./resources.fixture.ts";
import { createAttackWorld, type AttackWorld } from "./attack-world.ts";

const GROUP = "rbac.authorization.k8s.io";
const GET = named(["get"], "", "secrets");
const PATCH = named(["patch"], "", "secrets");

function worldOf(roles: readonly string[], powers: readonly Power[]): AttackWorld {
  const texts = roles.map(
    (rule, index) => `
{ apiVersion: ${GROUP}/v1, kind: ClusterRole, metadata: { name: r${index} }, rules: [${rule}] }
---
{ apiVersion: ${GROUP}/v1, kind: ClusterRoleBinding, metadata: { name: r${index} },
  roleRef: { apiGroup: ${GROUP}, kind: ClusterRole, name: r${index} }, subjects: [{ kind: User, name: ann }] }`,
  );
  const resources = resourcesOf(loadAll(texts.join("\n---\n")));
  return createAttackWorld(resources, { minor: 37, isComplete: true, powers: () => powers, binds: [] });
}

const rule = (verb: string, names: readonly string[]): string =>
  `{ apiGroups: [""], resources: [secrets], verbs: [${verb}]${names.length === 0 ? "" : `, resourceNames: [${names.join()}]`} }`;

const namesOf = (world: AttackWorld, about: readonly number[]): readonly string[] =>
  world.rights.joint([GET, PATCH], about).map(({ rights }) => rights.map(({ name }) => name).join("+"));

it("are all pairs of names, or those about one object", () => {
  const both = `${rule("get", ["a", "b"])}, ${rule("patch", ["b", "c"])}`;
  expect(namesOf(worldOf([both], [GET, PATCH]), [])).toEqual(["a+b", "a+c", "b+b", "b+c"]);
  expect(namesOf(worldOf([both], [GET, PATCH]), [0, 1])).toEqual(["b+b"]);
  const wide = `${rule("get", [])}, ${rule("patch", ["b", "c"])}`;
  expect(namesOf(worldOf([wide], [GET, PATCH]), [0, 1])).toEqual(["+b", "+c"]);
});

it("come of two roles of one identity as that identity has them", () => {
  const world = worldOf([rule("get", []), rule("patch", [])], [GET, PATCH]);
  const [joint, ...others] = world.rights.joint([GET, PATCH]);
  expect(others).toEqual([]);
  expect(joint?.holder).toEqual({ kind: "user", name: "ann" });
  expect(joint?.rights.map(({ by }) => by.of)).toEqual([joint?.holder, joint?.holder]);
});

it("are told to be too many rather than left out in silence", () => {
  const names = Array.from({ length: 200 }, (_, index) => `n${index}`);
  const world = worldOf([rule("get, patch", names)], [GET, PATCH]);
  expect(namesOf(world, [0, 1])).toHaveLength(200);
  expect([...world.rights.limits()]).toEqual([]);
  expect(namesOf(world, []).length).toBeLessThan(200 * 200);
  expect([...world.rights.limits()].map(({ name }) => name)).toEqual(["r0"]);
});

it("hold for requests without a name where a rule names the empty one", () => {
  const create: Power = { ...GET, id: "create secrets", verbs: ["create"], isNamed: false };
  const world = worldOf([rule("create, get", ['""', "a"])], [create, GET]);
  expect(world.rights.of(create).map(({ name }) => name)).toEqual([""]);
  expect(world.rights.of(GET).map(({ name }) => name)).toEqual(["a"]);
  const read = named(["get", "list"], "", "secrets");
  const lists = worldOf([rule("list", ['""'])], [read]);
  expect(lists.rights.of(read).map(({ name }) => name)).toEqual([""]);
});
