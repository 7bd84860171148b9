import fc from "fast-check";
import { expect, test } from "vitest";
import type { KubernetesObject } from "../../../kubernetes/object.ts";
import { createAccess } from "../access-engine.ts";
import { covers } from "../cover.ts";
import { authenticated } from "../identity.ts";
import { resolveRules } from "../rbac-authorizer.ts";
import { auditUser, bound, event, proposed } from "./events.fixture.ts";
import { withDefaults } from "./minimize.ts";

const apiGroup = "rbac.authorization.k8s.io";
const NAMESPACES = ["shop", "ops"];
const GROUPS = ["devs"];
const subset = (items: readonly string[], wild = true) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.subarray([...items], { minLength: 1 }) },
    { weight: wild ? 1 : 0, arbitrary: fc.constant(["*"]) },
  );

const rule = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        verbs: subset(["get", "list", "watch", "create", "update", "patch", "delete"]),
        apiGroups: subset(["", "apps"]),
        resources: subset(["pods", "configmaps", "pods/exec", "deployments"]),
        resourceNames: fc.subarray(["a", "b", "c"]),
      },
      { requiredKeys: ["verbs", "apiGroups", "resources"] },
    ),
  },
  fc.record({
    verbs: subset(["create", "update", "bind", "escalate"]),
    apiGroups: fc.constant([apiGroup]),
    resources: subset(["roles", "clusterroles", "rolebindings"]),
  }),
  fc.record({ verbs: subset(["impersonate"]), apiGroups: fc.constant([""]), resources: subset(["users", "groups"]) }),
  fc.record({ verbs: fc.constant(["get"]), nonResourceURLs: fc.constantFrom(["/metrics"], ["/m*"], ["*"]) }),
  fc.record({ verbs: fc.constant(["get"]), apiGroups: fc.constant([""]), resources: fc.constant(["nodes/metrics"]) }),
);
const rules = fc.array(rule, { minLength: 1, maxLength: 4 });

/** Roles r0, r1, …, each bound somewhere, to alice, to a group of hers, or to both. */
const rights = fc
  .array(
    fc.tuple(
      rules,
      fc.constantFrom("", ...NAMESPACES),
      fc.constantFrom(["alice"], ["alice"], ["group:devs"], ["alice", "bob"]),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) =>
    all.flatMap(([granted, namespace, subjects], index): readonly KubernetesObject[] => [
      { apiVersion: `${apiGroup}/v1`, kind: "ClusterRole", metadata: { name: `r${index}` }, rules: granted },
      bound(`r${index}`, namespace, ...subjects),
    ]),
  );

const user = fc.constantFrom(auditUser("alice"), auditUser("alice", GROUPS));
const place = fc.constantFrom("/api/v1", "/api/v1/namespaces/shop", "/api/v1/namespaces/ops");
const used = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom("get", "list", "watch", "create", "update", "patch", "delete"),
        place,
        fc.constantFrom("pods", "configmaps", "deployments"),
        fc.constantFrom("a", "b", "c", "web-x7k2z"),
        fc.constantFrom("", "", "exec"),
        user,
        fc.constantFrom(200, 201, 404),
      )
      .map(([verb, base, resource, name, subresource, asker, code]) => {
        const prefix = resource === "deployments" ? base.replace("/api/v1", "/apis/apps/v1") : base;
        const isOne = !["list", "watch", "create"].includes(verb) || subresource !== "";
        const path = `${prefix}/${resource}${isOne ? `/${name}` : ""}${subresource === "" ? "" : `/${subresource}`}`;
        return event(verb, path, { user: asker, code });
      }),
  },
  fc
    .tuple(fc.constantFrom(...NAMESPACES), rules, fc.constantFrom("create", "update"), user)
    .map(([namespace, granted, verb, asker]) => {
      const path = `/apis/${apiGroup}/v1/namespaces/${namespace}/roles${verb === "update" ? "/x" : ""}`;
      return event(verb, path, { user: asker, request: { rules: granted }, name: "x" });
    }),
  fc.tuple(fc.constantFrom(...NAMESPACES), fc.nat(4), user).map(([namespace, index, asker]) =>
    event("create", `/apis/${apiGroup}/v1/namespaces/${namespace}/rolebindings`, {
      user: asker,
      request: { roleRef: { apiGroup, kind: "ClusterRole", name: `r${index}` } },
      name: "x",
    }),
  ),
  fc
    .tuple(place, user)
    .map(([base, asker]) =>
      event("list", `${base}/pods`, { user: asker, impersonatedUser: auditUser("carol", ["g"]) }),
    ),
  user.map((asker) => event("get", "/metrics", { user: asker })),
);
const world = fc.record({
  objects: rights,
  events: fc.array(used, { minLength: 1, maxLength: 12 }),
  names: fc.constantFrom(0, 1, 4),
  families: fc.boolean(),
  dropUnseen: fc.boolean(),
});
const LAWS = { numRuns: 500, seed: 8 };

test("nothing that was used and is allowed today is lost", () => {
  fc.assert(
    fc.property(world, ({ objects, events, ...options }) => {
      expect(proposed(events, objects, options).proof.lost).toEqual([]);
    }),
    LAWS,
  );
});

test("no proposal gives what is not given today", () => {
  fc.assert(
    fc.property(world, ({ objects, events, ...options }) => {
      const { objects: made } = proposed(events, objects, options);
      const all = objects.map((object) => ({ object, source: undefined }));
      const present = withDefaults(createAccess(all, { minor: 36 }), 36, undefined);
      const alone = createAccess(
        made.map((object) => ({ object, source: undefined })),
        { minor: 36 },
      );
      const alice = authenticated("alice", GROUPS);
      for (const namespace of ["", ...NAMESPACES]) {
        const given = resolveRules(alone.state.rbac, alice, namespace).rules;
        const today = resolveRules(present.state.rbac, alice, namespace).rules;
        expect(covers(today, given).uncovered).toEqual([]);
      }
    }),
    LAWS,
  );
});

test("every proposed rule is needed by something used, or kept because no log could show it", () => {
  fc.assert(
    fc.property(world, ({ objects, events, ...options }) => {
      const { roles } = proposed(events, objects, { ...options, families: false });
      const idle = roles.flatMap(({ rules: all }) =>
        all.filter(({ rule: { resourceNames }, tuples, unused }) => {
          // A name made any stays, also where a role that was written holds that one name.
          const isWidened = resourceNames.length === 0 && all.some((other) => other.rule.resourceNames.length > 0);
          return tuples === 0 && unused === undefined && !isWidened;
        }),
      );
      expect(idle).toEqual([]);
    }),
    LAWS,
  );
});

test("applied and asked again, the proposal proposes itself", () => {
  fc.assert(
    fc.property(world, ({ objects, events, ...options }) => {
      const first = proposed(events, objects, options);
      const roles = objects.filter(({ kind }) => kind === "ClusterRole");
      const others = objects.filter(
        ({ kind, subjects }) => kind !== "ClusterRole" && JSON.stringify(subjects).includes('"Group"'),
      );
      const again = proposed(events, [...roles, ...others, ...first.objects], options);
      expect(again.objects).toEqual(first.objects);
    }),
    LAWS,
  );
});
