// The cluster the requests are made in: objects they meet, and the broad rights their subjects have at first.

import type { ControlPlane } from "../../servers/control-plane.ts";
import { ACCOUNTS, NAMESPACES } from "./subjects.ts";

const apiGroup = "rbac.authorization.k8s.io";
const RBAC = `/apis/${apiGroup}/v1`;

/** Namespaces, accounts and a few objects, the same in each cluster. */
export async function makeObjects(plane: ControlPlane): Promise<void> {
  for (const namespace of NAMESPACES) await plane.createNamespace(namespace);
  for (const { namespace, name } of ACCOUNTS)
    await must(plane, `/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name } });
  for (const name of ["one", "two"]) await must(plane, "/api/v1/namespaces/shop/configmaps", { metadata: { name } });
  await must(plane, "/api/v1/namespaces/billing/configmaps", { metadata: { name: "shared" } });
  await must(plane, "/api/v1/namespaces/shop/pods", {
    metadata: { name: "web" },
    spec: { containers: [{ name: "web", image: "web:1" }] },
  });
  await must(plane, "/api/v1/nodes", { metadata: { name: "node-1" } });
  // Without a controller manager, nothing gathers the rules of `view` and `edit`.
  for (const [name, verbs] of [
    ["viewer", ["get", "list", "watch"]],
    ["editor", ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"]],
  ])
    await must(plane, `${RBAC}/clusterroles`, {
      metadata: { name },
      rules: [{ apiGroups: ["", "apps", "batch"], resources: ["*"], verbs }],
    });
  // What groups have is the same before and after.
  await must(plane, `${RBAC}/namespaces/shop/rolebindings`, {
    metadata: { name: "devs" },
    roleRef: { apiGroup, kind: "ClusterRole", name: "viewer" },
    subjects: [{ apiGroup, kind: "Group", name: "devs" }],
  });
}

/** What the subjects may do at first: far more than they use. */
export async function makeBroadRights(plane: ControlPlane): Promise<void> {
  const sa = (namespace: string, name: string) => ({ kind: "ServiceAccount", namespace, name });
  const user = (name: string) => ({ apiGroup, kind: "User", name });
  const clusterRole = (name: string, rules: readonly object[]) =>
    must(plane, `${RBAC}/clusterroles`, { metadata: { name }, rules });
  const everywhere = (name: string, role: string, ...subjects: readonly object[]) =>
    must(plane, `${RBAC}/clusterrolebindings`, {
      metadata: { name },
      roleRef: { apiGroup, kind: "ClusterRole", name: role },
      subjects,
    });
  const inside = (namespace: string, name: string, role: string, ...subjects: readonly object[]) =>
    must(plane, `${RBAC}/namespaces/${namespace}/rolebindings`, {
      metadata: { name },
      roleRef: { apiGroup, kind: "ClusterRole", name: role },
      subjects,
    });
  const rule = (apiGroups: string, resources: string, verbs: string, ...resourceNames: readonly string[]) => ({
    apiGroups: apiGroups.split(","),
    resources: resources.split(","),
    verbs: verbs.split(","),
    ...(resourceNames.length > 0 && { resourceNames }),
  });
  await inside("shop", "reader", "editor", sa("shop", "reader"), sa("shop", "deployer"));
  await everywhere("reader", "reader", sa("shop", "reader"));
  await clusterRole("reader", [rule(",storage.k8s.io", "*", "get,list,watch")]);
  await inside("shop", "deployer", "cluster-admin", sa("shop", "deployer"));
  await everywhere("operator", "operator", sa("ops", "operator"));
  await clusterRole("operator", [
    rule(",apps,apiextensions.k8s.io,example.com", "*", "*"),
    rule("", "nodes/proxy,nodes/metrics", "get"),
    { nonResourceURLs: ["/metrics"], verbs: ["get"] },
  ]);
  await everywhere("alice", "cluster-admin", user("alice"), { apiGroup, kind: "Group", name: "platform" });
  await inside("billing", "bob", "bob", user("bob"));
  await clusterRole("bob", [
    rule(apiGroup, "roles,rolebindings", "*"),
    rule("", "pods,configmaps", "get,list,watch"),
    rule(apiGroup, "clusterroles", "bind", "editor", "viewer"),
  ]);
  await inside("ops", "bob", "bob-escalates", user("bob"));
  await clusterRole("bob-escalates", [rule(apiGroup, "roles", "create,update,escalate")]);
  await everywhere("approver", "approver", user("approver"));
  await clusterRole("approver", [
    rule(
      "certificates.k8s.io",
      "certificatesigningrequests,certificatesigningrequests/approval,certificatesigningrequests/status",
      "*",
    ),
    rule("certificates.k8s.io", "signers", "approve,sign", "kubernetes.io/kube-apiserver-client", "example.com/*"),
    rule("admissionregistration.k8s.io", "*", "*"),
    rule("", "configmaps,secrets", "get,list"),
  ]);
  await everywhere("acting", "acting", user("acting"));
  await clusterRole("acting", [
    rule("", "users,groups,serviceaccounts", "impersonate", "carol", "devs", "reader", "platform"),
    rule("authentication.k8s.io", "users", "impersonate:user-info", "constrained"),
    rule("", "*", "impersonate-on:user-info:get,impersonate-on:user-info:list"),
    rule("", "namespaces,pods", "get,list"),
  ]);
  await inside("billing", "constrained", "viewer", user("constrained"));
  await inside("billing", "carol", "editor", user("carol"));
}

async function must(plane: ControlPlane, path: string, body: object): Promise<void> {
  const answer = await plane.request("POST", path, body);
  if (answer.status !== 201 && answer.status !== 409) throw new Error(`${path}: ${answer.status} ${answer.text}`);
}
