// Variants of writing roles, bindings and accounts.

import { randomBytes } from "node:crypto";
import { TOKEN_REQUEST, tokenIn } from "../credentials.ts";
import { accepted, settle, type Site } from "../site.ts";
import { expectUser, MERGE, RBAC, untilAllowed, useNamespaceAdmin } from "../use.ts";
import { ATTACKER, bound, BUILDER, cluster, DEPLOYER, local, rule, type Variants } from "./objects.ts";

const apiVersion = `${RBAC}/v1`;
const API = `/apis/${apiVersion}`;
const APPLY = { contentType: "application/apply-patch+yaml" } as const;
const EVERYTHING = [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }];
const named = { attacker: ATTACKER, gains: "namespace-admin shop" };

const namespaced = (site: Site, path: string) => `${API}/namespaces/${site.name("shop")}/${path}`;
const subjectsOf = (site: Site) => [{ ...BUILDER, namespace: site.name("shop") }];

async function applyBinding(site: Site, method: "PATCH" | "PUT"): Promise<void> {
  const roleRef = { apiGroup: RBAC, kind: "ClusterRole", name: "admin" };
  const body = { apiVersion, kind: "RoleBinding", metadata: { name: "mine" }, roleRef, subjects: subjectsOf(site) };
  const path = namespaced(site, "rolebindings/mine");
  const query = method === "PATCH" ? "?fieldManager=attacker" : "";
  accepted(
    await site.ask(method, path + query, body, method === "PATCH" ? APPLY : {}),
    "to create the binding by name",
  );
  await useNamespaceAdmin(site, "shop");
}

async function putRole(site: Site, name: string): Promise<void> {
  const body = { apiVersion, kind: "Role", metadata: { name }, rules: EVERYTHING };
  accepted(await site.ask("PUT", namespaced(site, `roles/${name}`), body), "to create the role by name");
}

/** Binds the role that gives `bind`, then, with that and `create`, the ClusterRole. */
async function bindTwice(site: Site): Promise<void> {
  const binding = (name: string, kind: string, role: string) => ({
    apiVersion,
    kind: "RoleBinding",
    metadata: { name },
    roleRef: { apiGroup: RBAC, kind, name: role },
    subjects: subjectsOf(site),
  });
  const path = namespaced(site, "rolebindings");
  accepted(await site.ask("POST", path, binding("first", "Role", "binder")), "to bind the role");
  await settle(site.cluster, `settled-${randomBytes(4).toString("hex")}`);
  accepted(await site.ask("POST", path, binding("second", "ClusterRole", "admin")), "to bind admin");
  await useNamespaceAdmin(site, "shop");
}

const BINDER = {
  apiVersion,
  kind: "Role",
  metadata: { name: "binder", namespace: "shop" },
  rules: [rule(RBAC, ["clusterroles"], ["bind"])],
};

export const RBAC_VARIANTS: Variants = {
  "a role that can be bound adds to a right that is there": {
    ...named,
    isGained: true,
    objects: [...local(rule(RBAC, ["rolebindings"], ["create"]), rule(RBAC, ["roles"], ["bind"], ["binder"])), BINDER],
    run: bindTwice,
  },
  "a role that cannot be bound adds nothing": {
    ...named,
    isGained: false,
    objects: [...local(rule(RBAC, ["rolebindings"], ["create"]), rule(RBAC, ["roles"], ["bind"], ["other"])), BINDER],
    run: bindTwice,
  },
  "apply creates a binding whose name the rule gives": {
    ...named,
    isGained: true,
    objects: local(
      rule(RBAC, ["rolebindings"], ["create", "patch"], ["mine"]),
      rule(RBAC, ["clusterroles"], ["bind"], ["admin"]),
    ),
    run: (site) => applyBinding(site, "PATCH"),
  },
  "PUT creates it, too": {
    ...named,
    isGained: true,
    objects: local(
      rule(RBAC, ["rolebindings"], ["create", "update"], ["mine"]),
      rule(RBAC, ["clusterroles"], ["bind"], ["admin"]),
    ),
    run: (site) => applyBinding(site, "PUT"),
  },
  "a name on create alone creates no binding": {
    ...named,
    isGained: false,
    objects: local(
      rule(RBAC, ["rolebindings"], ["create"], ["mine"]),
      rule(RBAC, ["clusterroles"], ["bind"], ["admin"]),
    ),
    run: (site) => applyBinding(site, "PATCH"),
  },
  "a role that a binding waits for is created by name": {
    ...named,
    isGained: true,
    isComplete: true,
    objects: [
      ...local(rule(RBAC, ["roles"], ["create", "update", "escalate"], ["waiting"])),
      bound("Role", "waiting", [BUILDER], "waiting"),
    ],
    run: async (site) => {
      await putRole(site, "waiting");
      await useNamespaceAdmin(site, "shop");
    },
  },
  "without create, escalate does not make the role that a binding waits for": {
    ...named,
    isGained: false,
    isComplete: true,
    objects: [
      ...local(rule(RBAC, ["roles"], ["update", "patch", "escalate"], ["waiting"])),
      bound("Role", "waiting", [BUILDER], "waiting"),
    ],
    run: async (site) => {
      await putRole(site, "waiting");
      await useNamespaceAdmin(site, "shop");
    },
  },
  "a label on a role one does not hold is refused, though its rules stay": {
    ...named,
    isGained: false,
    objects: [
      ...cluster(rule(RBAC, ["clusterroles"], ["patch"])),
      { apiVersion, kind: "ClusterRole", metadata: { name: "strong" }, rules: EVERYTHING },
      bound("ClusterRole", "view", [BUILDER], "viewers"),
    ],
    run: async (site) => {
      const labels = { metadata: { labels: { "rbac.authorization.k8s.io/aggregate-to-view": "true" } } };
      accepted(await site.ask("PATCH", `${API}/clusterroles/${site.name("strong")}`, labels, MERGE), "to label it");
      await untilAllowed(site, "GET", `/api/v1/namespaces/${site.name("shop")}/secrets`);
    },
  },
  "an account is claimed together with its namespace": {
    attacker: ATTACKER,
    gains: "user system:serviceaccount:elsewhere:gone",
    isGained: true,
    isComplete: true,
    objects: [
      ...cluster(
        rule("", ["namespaces", "serviceaccounts"], ["create"]),
        rule("", ["serviceaccounts/token"], ["create"]),
      ),
      bound("ClusterRole", "view", [{ ...BUILDER, name: "gone", namespace: "elsewhere" }], "gone"),
    ],
    run: claimElsewhere,
  },
  "without the namespace, an account is not claimed": {
    attacker: ATTACKER,
    gains: "user system:serviceaccount:elsewhere:gone",
    isGained: false,
    isComplete: true,
    objects: [
      ...cluster(rule("", ["serviceaccounts", "serviceaccounts/token"], ["create"])),
      bound("ClusterRole", "view", [{ ...BUILDER, name: "gone", namespace: "elsewhere" }], "gone"),
    ],
    run: claimElsewhere,
  },
  "apply creates an account that a binding waits for": {
    attacker: ATTACKER,
    gains: "user system:serviceaccount:shop:gone",
    isGained: true,
    objects: [
      ...local(
        rule("", ["serviceaccounts"], ["create", "patch"], ["gone"]),
        rule("", ["serviceaccounts/token"], ["create"], ["gone"]),
      ),
      { ...DEPLOYER, metadata: { name: "builder", namespace: "shop" } },
      bound("ClusterRole", "admin", [{ ...BUILDER, name: "gone" }], "gone"),
    ],
    run: async (site) => {
      const path = `/api/v1/namespaces/${site.name("shop")}/serviceaccounts/gone`;
      const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "gone" } };
      accepted(await site.ask("PATCH", `${path}?fieldManager=attacker`, account, APPLY), "to create the account");
      const token = tokenIn(accepted(await site.ask("POST", `${path}/token`, TOKEN_REQUEST), "to get its token"));
      await expectUser(site, { token }, "system:serviceaccount:shop:gone");
    },
  },
};

async function claimElsewhere(site: Site): Promise<void> {
  const namespace = site.name("elsewhere");
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  const made = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
  await site.ask("POST", "/api/v1/namespaces", made); // where it is refused, the account is, too
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "gone" } };
  accepted(await site.ask("POST", path, account), "to create the account");
  const token = tokenIn(accepted(await site.ask("POST", `${path}/gone/token`, TOKEN_REQUEST), "to get its token"));
  await expectUser(site, { token }, "system:serviceaccount:elsewhere:gone");
}
