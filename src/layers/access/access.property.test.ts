// Laws of the engine, over random worlds.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { accessTo, clusterRole, clusterRoleBinding, role, roleBinding } from "./objects.fixture.ts";
import { createAccess, type Access } from "./access-engine.ts";
import { diffAccess } from "./access-diff.ts";
import type { AccessChange } from "./access-state.ts";
import type { Action } from "./action.ts";
import { covers } from "./cover.ts";
import { diagnose } from "./diagnose.ts";
import type { Identity } from "./identity.ts";
import { policyRuleOf } from "./policy-rule.ts";
import { ruleAllows } from "./rule-match.ts";

const VERBS = ["get", "list", "create", "bind", "*"] as const;
const GROUPS = ["", "apps", "*"] as const;
const RESOURCES = ["pods", "pods/log", "secrets", "*/log", "*"] as const;
const NAMES = ["a", "b"] as const;
const PATHS = ["/healthz", "/healthz*", "/api/*", "*"] as const;
const NAMESPACES = ["one", "two"] as const;
const ROLE_NAMES = ["r0", "r1", "r2", "gone"] as const;
const NODES = ["n0", "n1"] as const;

const storedRule = fc.record({
  verbs: fc.subarray([...VERBS], { minLength: 1 }),
  apiGroups: fc.subarray([...GROUPS]),
  resources: fc.subarray([...RESOURCES]),
  resourceNames: fc.subarray([...NAMES], { maxLength: 1 }),
  nonResourceURLs: fc.subarray([...PATHS], { maxLength: 2 }),
});
const rules = fc.array(storedRule, { maxLength: 14 });
const subject = fc.constantFrom(
  { kind: "User", name: "alice" },
  { kind: "Group", name: "dev" },
  { kind: "Group", name: "system:nodes" },
  { kind: "ServiceAccount", name: "web", namespace: "one" },
  { kind: "ServiceAccount", name: "web" },
  { kind: "user", name: "alice" },
);
const subjects = fc.array(subject, { maxLength: 3 });
const labels = fc.constantFrom({}, { gather: "x" });

const object: fc.Arbitrary<KubernetesObject> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...ROLE_NAMES.slice(0, 3)), rules, labels)
    .map(([name, list, with_]) => clusterRole(name, list, { metadata: { name, labels: with_ } })),
  fc.constantFrom(...ROLE_NAMES.slice(0, 2)).map((name) =>
    clusterRole(name, null, {
      metadata: { name, labels: { gather: "x" } },
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { gather: "x" } }] },
    }),
  ),
  fc
    .tuple(fc.constantFrom(...NAMESPACES), fc.constantFrom("r0", "r1"), rules)
    .map(([namespace, name, list]) => role(namespace, name, list)),
  fc
    .tuple(fc.constantFrom("b0", "b1", "b2"), fc.constantFrom(...ROLE_NAMES), subjects)
    .map(([name, of, who]) => clusterRoleBinding(name, of, who)),
  fc
    .tuple(
      fc.constantFrom(...NAMESPACES),
      fc.constantFrom("b0", "b1"),
      fc.constantFrom("Role", "ClusterRole"),
      fc.constantFrom(...ROLE_NAMES),
      subjects,
    )
    .map(([namespace, name, kind, of, who]) => roleBinding(namespace, name, `${kind}/${of}`, who)),
  fc
    .tuple(
      fc.constantFrom(...NAMESPACES),
      fc.constantFrom("p0", "p1"),
      fc.constantFrom("", ...NODES),
      fc.constantFrom(...NAMES),
    )
    .map(([namespace, name, nodeName, secretName]) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace },
      spec: {
        nodeName,
        volumes: [
          { name: "v", secret: { secretName } },
          { name: "c", persistentVolumeClaim: { claimName: secretName } },
        ],
      },
    })),
  fc
    .tuple(fc.constantFrom("v0", "v1"), fc.constantFrom(...NAMESPACES), fc.constantFrom(...NAMES))
    .map(([name, namespace, claim]) => ({
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name },
      spec: {
        claimRef: { namespace, name: claim },
        csi: { nodeStageSecretRef: { namespace, name: `${claim}-stage` } },
      },
    })),
);

const identity: fc.Arbitrary<Identity> = fc.oneof(
  fc.record({
    user: fc.constantFrom("alice", "system:serviceaccount:one:web", "bob"),
    groups: fc.subarray(["dev", "system:authenticated"]),
  }),
  fc.constantFrom(...NODES).map((node) => ({ user: `system:node:${node}`, groups: ["system:nodes"] })),
);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant("resource" as const),
    verb: fc.constantFrom(...VERBS),
    apiGroup: fc.constantFrom("", "apps"),
    resource: fc.constantFrom("pods", "secrets", "persistentvolumes"),
    subresource: fc.constantFrom("", "log"),
    namespace: fc.constantFrom("", ...NAMESPACES),
    name: fc.constantFrom("", "a", "b", "a-stage", "v0"),
  }),
  fc.record({
    kind: fc.constant("path" as const),
    verb: fc.constantFrom(...VERBS),
    path: fc.constantFrom("/healthz", "/healthz/x", "/api/v1"),
  }),
);
const questions = fc.array(fc.tuple(identity, action), { minLength: 20, maxLength: 20 });
const world = fc.array(object, { maxLength: 14 });
const run = (seed: number) => ({ seed, numRuns: 200 });

const answers = (access: Access<number>, asked: readonly (readonly [Identity, Action])[]) =>
  asked.map(([who, what]) => {
    const { allowed, reason } = access.authorize(who, what);
    const via = access
      .grantsOf(who, what)
      .map((grant) =>
        grant.kind === "rbac"
          ? [grant.binding.name, grant.role.name, grant.rulePath, grant.origin?.role.name]
          : grant.kind,
      );
    const subjects = access.whoCan(what).subjects.map(({ subject: one }) => `${one.kind} ${one.namespace}/${one.name}`);
    return {
      allowed,
      reason,
      via,
      subjects,
      nodes: access
        .nodesThatCan(what)
        .some.map(({ node }) => node)
        .toSorted(),
    };
  });

const key = (kind: string, namespace: string | null | undefined, name: string | null | undefined) =>
  `${kind}/${namespace ?? ""}/${name}`;

/** The objects after the changes, by the rule that a replaced object keeps its place and a new one comes last. */
function applied(
  objects: readonly KubernetesObject[],
  changes: readonly AccessChange<number>[],
): readonly KubernetesObject[] {
  const result = new Map<string, KubernetesObject>();
  for (const one of objects) result.set(key(one.kind, one.metadata?.namespace, one.metadata?.name), one);
  for (const change of changes) {
    if (change.kind === "set")
      result.set(
        key(change.object.kind, change.object.metadata?.namespace, change.object.metadata?.name),
        change.object,
      );
    else result.delete(key(change.identity.kind, change.identity.namespace, change.identity.name));
  }
  return [...result.values()];
}

const change: fc.Arbitrary<AccessChange<number>> = fc.tuple(object, fc.boolean()).map(([one, isGone]) => {
  const { apiVersion, kind, metadata } = one;
  if (!isGone) return { kind: "set", object: one, source: 0 };
  return {
    kind: "delete",
    identity: { apiVersion, kind, namespace: metadata?.namespace ?? "", name: metadata?.name ?? "" },
    source: 0,
  };
});

const kinds = (access: Access<number>) =>
  [...diagnose(access.state)]
    .map(({ kind, resource }) => `${kind} ${resource.kind} ${resource.namespace} ${resource.name}`)
    .filter((text) => !text.startsWith("duplicate"))
    .toSorted();

test("an engine after changes answers as one built anew", () => {
  fc.assert(
    fc.property(
      world,
      fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 4 }),
      questions,
      (objects, batches, asked) => {
        const engine = batches.reduce<Access<number>>((access, batch) => access.with(batch), accessTo(objects));
        const anew = createAccess(applied(objects, batches.flat()).map((one) => ({ object: one, source: 0 })));
        expect(answers(engine, asked)).toEqual(answers(anew, asked));
        expect(kinds(engine)).toEqual(kinds(anew));
      },
    ),
    run(1),
  );
});

test("adding a rule to a role never takes a right away", () => {
  fc.assert(
    fc.property(world, storedRule, fc.constantFrom("r0", "r1", "r2"), questions, (objects, added, name, asked) => {
      const widened = objects.map((one) =>
        one.kind.endsWith("Role") && one.metadata?.name === name
          ? { ...one, rules: [...((one["rules"] as object[] | null) ?? []), added] } // made by this file
          : one,
      );
      const [before, after] = [accessTo(objects), accessTo(widened)];
      for (const [who, what] of asked)
        if (before.authorize(who, what).allowed) expect(after.authorize(who, what).allowed).toBe(true);
    }),
    run(2),
  );
});

test("removing a binding never gives a right", () => {
  fc.assert(
    fc.property(world, fc.nat(13), questions, (objects, at, asked) => {
      const removed = objects[at];
      if (removed === undefined || !removed.kind.endsWith("Binding")) return;
      const isSame = (one: KubernetesObject) =>
        one.kind === removed.kind &&
        one.metadata?.name === removed.metadata?.name &&
        one.metadata?.namespace === removed.metadata?.namespace;
      const [before, after] = [accessTo(objects), accessTo(objects.filter((one) => !isSame(one)))];
      for (const [who, what] of asked)
        if (after.authorize(who, what).allowed) expect(before.authorize(who, what).allowed).toBe(true);
    }),
    run(3),
  );
});

test("rules that cover others allow all that the others allow", () => {
  fc.assert(
    fc.property(rules, rules, fc.array(action, { minLength: 30, maxLength: 30 }), (owner, servant, asked) => {
      const [own, other] = [owner.map(policyRuleOf), servant.map(policyRuleOf)];
      if (!covers(own, other).covered) return;
      const allows = (list: typeof own, what: Action) => list.some((one) => ruleAllows(one, what));
      for (const what of asked) if (allows(other, what)) expect(allows(own, what)).toBe(true);
    }),
    { seed: 4, numRuns: 1_000 },
  );
});

/** The users, service accounts as users, and groups that who-can names. */
function subjectsOf(access: Access<number>, what: Action): ReadonlySet<string> {
  const names = access
    .whoCan(what)
    .subjects.map(({ subject: { kind, namespace, name } }) =>
      kind === "ServiceAccount" ? `system:serviceaccount:${namespace}:${name}` : name,
    );
  return new Set(names);
}

test("a decision is allowed exactly when there is a grant, and who-can names the one who asks", () => {
  fc.assert(
    fc.property(world, questions, (objects, asked) => {
      const access = accessTo(objects);
      for (const [who, what] of asked) {
        const { allowed, by } = access.authorize(who, what);
        expect(access.grantsOf(who, what).length > 0).toBe(allowed);
        if (by !== "rbac") continue;
        const named = subjectsOf(access, what);
        expect([who.user, ...who.groups].some((name) => named.has(name))).toBe(true);
      }
    }),
    run(5),
  );
});

const flat = (changes: ReturnType<typeof diffAccess>, gained: string) =>
  changes
    .map(({ change: kind, subject: who, namespace, rules: list }) =>
      JSON.stringify([kind === gained, who, namespace, list]),
    )
    .toSorted();

test("a diff is empty against itself and turns round with its sides", () => {
  fc.assert(
    fc.property(world, world, (one, other) => {
      const [a, b] = [accessTo(one), accessTo(other)];
      expect(diffAccess(a, accessTo(one))).toEqual([]);
      expect(flat(diffAccess(a, b), "gained")).toEqual(flat(diffAccess(b, a), "lost"));
    }),
    run(6),
  );
});
