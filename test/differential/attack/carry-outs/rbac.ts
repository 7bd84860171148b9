// Roles and bindings: written by the attacker, then used.

import { randomBytes } from "node:crypto";
import { waitFor } from "../../../servers/wait-for.ts";
import { MERGE, RBAC, useNamespaceAdmin } from "../use.ts";
import type { CarryOuts } from "../carry-out.ts";
import { accepted, settle, type Site } from "../site.ts";

const EVERYTHING = [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }];
const API = `/apis/${RBAC}/v1`;
const apiVersion = `${RBAC}/v1`;

const self = (site: Site) => [{ kind: "ServiceAccount", name: "builder", namespace: site.name("shop") }];
const rbacPath = (site: Site, resource: string) => `${API}/namespaces/${site.name("shop")}/${resource}`;

async function bindToSelf(site: Site, kind: "Role" | "ClusterRole", name: string): Promise<void> {
  const body = {
    apiVersion,
    kind: "RoleBinding",
    metadata: { name: "taken" },
    roleRef: { apiGroup: RBAC, kind, name },
    subjects: self(site),
  };
  accepted(await site.ask("POST", rbacPath(site, "rolebindings"), body), "to bind");
}

/** Waits until somebody else to whom `view` is bound may read Secrets, which `view` does not give by itself. */
async function untilViewersMay(site: Site, isAllowed: boolean): Promise<void> {
  const user = `${site.name("shop")}-viewer`;
  const subjects = [{ kind: "User", apiGroup: RBAC, name: user }];
  const roleRef = { apiGroup: RBAC, kind: "ClusterRole", name: "view" };
  const binding = { apiVersion, kind: "RoleBinding", metadata: { name: "witness" }, roleRef, subjects };
  await site.admin("POST", rbacPath(site, "rolebindings"), binding); // the second time it is there
  await waitFor("the controller of aggregated roles", async () => {
    const resourceAttributes = { verb: "list", resource: "secrets", namespace: site.name("shop") };
    const review = { apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview" };
    const path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    const answer = await site.admin("POST", path, { ...review, spec: { user, resourceAttributes } });
    const { status } = accepted<{ readonly status: { readonly allowed: boolean } }>(answer, "to review");
    return status.allowed === isAllowed ? true : undefined;
  });
}

export const RBAC_CARRY_OUTS: CarryOuts = {
  "aggregate-role": {
    isAlone: true,
    run: async (site) => {
      const name = `${site.name("shop")}-aggregated`;
      const labels = { "rbac.authorization.k8s.io/aggregate-to-view": "true" };
      const body = { apiVersion, kind: "ClusterRole", metadata: { name, labels }, rules: EVERYTHING };
      accepted(await site.ask("POST", `${API}/clusterroles`, body), "to create the role");
      try {
        await untilViewersMay(site, true);
        accepted(await site.ask("GET", `/api/v1/namespaces/${site.name("shop")}/secrets`), "to read Secrets");
        await useNamespaceAdmin(site, "shop");
      } finally {
        accepted(await site.admin("DELETE", `${API}/clusterroles/${name}`), "to clean up");
        await untilViewersMay(site, false);
      }
    },
  },
  "bind-cluster-role": {
    run: async (site) => {
      await bindToSelf(site, "ClusterRole", "admin");
      await useNamespaceAdmin(site, "shop");
    },
  },
  "bind-role": {
    run: async (site) => {
      await bindToSelf(site, "Role", "secret-reader");
      // Bound or not, the role may have been narrowed: one answer, once the authorizer knows.
      await settle(site.cluster, `settled-${randomBytes(4).toString("hex")}`);
      accepted(await site.ask("GET", `/api/v1/namespaces/${site.name("shop")}/secrets`), "to read Secrets");
    },
  },
  "change-binding": {
    run: async (site) => {
      const path = `${rbacPath(site, "rolebindings")}/auditors`;
      accepted(await site.ask("PATCH", path, { subjects: self(site) }, MERGE), "to change the binding");
      await useNamespaceAdmin(site, "shop");
    },
  },
  "escalate-new-role": {
    run: async (site) => {
      const body = { apiVersion, kind: "Role", metadata: { name: "everything" }, rules: EVERYTHING };
      accepted(await site.ask("POST", rbacPath(site, "roles"), body), "to create the role");
      await bindToSelf(site, "Role", "everything");
      await useNamespaceAdmin(site, "shop");
    },
  },
  "escalate-role": {
    run: async (site) => {
      const path = `${rbacPath(site, "roles")}/builder`;
      accepted(await site.ask("PATCH", path, { rules: EVERYTHING }, MERGE), "to rewrite the role");
      await useNamespaceAdmin(site, "shop");
    },
  },
  "hold-cluster-admin": {
    run: async (site) => {
      accepted(await site.ask("GET", "/api/v1/secrets"), "to read every Secret");
      const labels = { metadata: { labels: { taken: "true" } } };
      const path = `/api/v1/namespaces/${site.name("shop")}`;
      accepted(await site.ask("PATCH", path, labels, MERGE), "to change a namespace");
    },
  },
  "hold-namespace-admin": {
    run: async (site) => {
      accepted(await site.ask("GET", `/api/v1/namespaces/${site.name("shop")}/secrets`), "to read Secrets");
      await bindToSelf(site, "ClusterRole", "admin");
    },
  },
};
