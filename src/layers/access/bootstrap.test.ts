import { load } from "js-yaml";
import { expect, test } from "vitest";
import { readOracle, testWithOracle } from "../../../test/oracles/oracle.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { createAccess } from "./access-engine.ts";
import { pathAction, resourceAction } from "./action.ts";
import {
  BOOTSTRAP_MINORS,
  defaultBindings,
  defaultRoles,
  recogniseBinding,
  recogniseRole,
  type Recognition,
} from "./bootstrap.ts";
import { authenticated } from "./identity.ts";
import { accessTo, user } from "./objects.fixture.ts";

function recognitions(
  objects: readonly KubernetesObject[],
  minor: number,
): readonly (readonly [string, Recognition])[] {
  const { rbac } = accessTo(objects).state;
  const bindings = [...rbac.scopes.values()].flatMap((scope) => [...scope.bindings.values()]);
  return [
    ...[...rbac.roles.values()].map((role) => [role.resource.name, recogniseRole(role, minor)] as const),
    ...bindings.map((binding) => [binding.resource.name, recogniseBinding(binding, minor)] as const),
  ];
}

const kindsOf = (found: readonly (readonly [string, Recognition])[]) => new Set(found.map(([, { kind }]) => kind));

const FILES = [
  "cluster-roles.yaml",
  "cluster-roles-featuregates.yaml",
  "controller-roles.yaml",
  "cluster-role-bindings.yaml",
  "controller-role-bindings.yaml",
  "namespace-roles.yaml",
  "namespace-role-bindings.yaml",
];

testWithOracle("rbac/bootstrap-v1.36.3")(
  "every golden object is recognised as the default of its minor, gates or not",
  () => {
    const counts = new Map<string, number>();
    for (const [folder, minor] of [
      ["bootstrap-v1.36.3", 36],
      ["bootstrap-v1.37.2", 37],
    ] as const) {
      for (const file of FILES) {
        const { items } = load(readOracle(`rbac/${folder}/${file}`)) as { readonly items: readonly KubernetesObject[] }; // a List
        const found = recognitions(items, minor);
        expect(found.filter(([, { kind }]) => kind !== "default")).toEqual([]);
        if (!file.includes("gates"))
          for (const { kind } of items) counts.set(`${kind} ${minor}`, (counts.get(`${kind} ${minor}`) ?? 0) + 1);
      }
    }
    expect(Object.fromEntries(counts)).toMatchObject({
      "ClusterRole 36": 69,
      "ClusterRole 37": 73,
      "ClusterRoleBinding 36": 50,
      "ClusterRoleBinding 37": 54,
      "Role 36": 7,
      "RoleBinding 37": 7,
    });
  },
);

test("the defaults as objects are recognised, in their own minor and in one that is not known", () => {
  for (const minor of BOOTSTRAP_MINORS) {
    const objects = [...defaultRoles(minor), ...defaultBindings(minor)];
    expect(kindsOf(recognitions(objects, minor))).toEqual(new Set(["default"]));
    expect(kindsOf(recognitions(objects, 34))).toEqual(new Set(["default"]));
  }
});

const listIn = (object: KubernetesObject | undefined, field: string) => (object?.[field] ?? []) as object[]; // a default's list
const roleNamed = (name: string) => [...defaultRoles(36)].find(({ metadata }) => metadata?.name === name);

test("one rule more, one label less, one subject more: no default any more", () => {
  const cron = roleNamed("system:controller:cronjob-controller");
  const more = {
    ...cron,
    rules: [...listIn(cron, "rules"), { verbs: ["get"], apiGroups: [""], resources: ["secrets"] }],
  };
  const view = { ...roleNamed("view"), aggregationRule: { clusterRoleSelectors: [{ matchLabels: { any: "thing" } }] } };
  const edit = { ...roleNamed("system:aggregate-to-edit"), metadata: { name: "system:aggregate-to-edit" } };
  const binding = [...defaultBindings(36)].find(({ metadata }) => metadata?.name === "cluster-admin");
  const admins = { ...binding, subjects: [...listIn(binding, "subjects"), user("alice")] };
  const found = recognitions([more, view, edit, admins] as KubernetesObject[], 36); // each is one of the defaults, changed
  expect(found.map(([, one]) => one)).toMatchObject([
    { kind: "changed", extraRules: [{ resources: ["secrets"] }], missingRules: [] },
    { kind: "changed", isRewired: true },
    { kind: "changed", isRewired: true, extraRules: [] },
    { kind: "changed", extraSubjects: [{ name: "alice" }] },
  ]);
});

test("a name of one's own is no default, whatever it says", () => {
  const admin = { ...roleNamed("cluster-admin"), metadata: { name: "my-admin" } } as KubernetesObject; // a default, renamed
  expect(recognitions([admin], 36)).toEqual([["my-admin", { kind: "custom" }]]);
});

test("what a cluster grants before anybody grants anything", () => {
  const objects = [...defaultRoles(37), ...defaultBindings(37)].map((object) => ({ object, source: undefined }));
  const access = createAccess(objects, { minor: 37 });
  expect(access.authorize(authenticated("alice"), pathAction("get", "/version")).allowed).toBe(true);
  expect(access.authorize(authenticated("system:anonymous"), pathAction("get", "/healthz")).allowed).toBe(true);
  expect(access.authorize(authenticated("system:anonymous"), pathAction("get", "/metrics")).allowed).toBe(false);
  const scheduler = authenticated("system:kube-scheduler");
  const bind = resourceAction("create", "pods", { subresource: "binding", namespace: "shop", name: "web" });
  expect(access.authorize(scheduler, bind).allowed).toBe(true);
  const admin = [...access.state.rbac.roles.values()].find(({ resource }) => resource.name === "admin");
  expect(admin?.rules.rules).toEqual([]);
  expect(access.state.rbac.roleAt("\u0000admin")?.rules.rules.length).toBeGreaterThan(20);
});
