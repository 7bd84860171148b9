// Requests of those who write roles, bindings, approvals and policies.

import { APPLY, binding, core, get, MERGE, RBAC_PATH, READ_PODS, role } from "./request-builders.ts";
import type { UsedRequest } from "./used-request.ts";

/** Writes roles and bindings: with escalate and bind where there is no other way, and by rights of his own. */
export function bobRequests(): readonly UsedRequest[] {
  const as = "bob";
  const roles = `${RBAC_PATH}/namespaces/billing/roles`;
  const bindings = `${RBAC_PATH}/namespaces/billing/rolebindings`;
  return [
    // Within his own rights: he may read pods himself.
    { as, method: "POST", path: roles, body: role("pods", READ_PODS), fresh: `${roles}/pods` },
    { as, method: "PUT", path: `${roles}/pods`, body: role("pods", [...READ_PODS, ...READ_PODS]) },
    { as, method: "POST", path: bindings, body: binding("pods", "Role", "pods"), fresh: `${bindings}/pods` },
    // `bind` on editor, which he does not have.
    { as, method: "POST", path: bindings, body: binding("edit", "ClusterRole", "editor"), fresh: `${bindings}/edit` },
    { as, method: "PATCH", path: `${bindings}/edit`, body: { metadata: { labels: { a: "b" } } }, contentType: MERGE },
    {
      as,
      method: "PATCH",
      path: `${bindings}/applied?fieldManager=test`,
      body: binding("applied", "ClusterRole", "editor"),
      contentType: APPLY,
      fresh: `${bindings}/applied`,
    },
    // `escalate` in ops.
    {
      as,
      method: "POST",
      path: `${RBAC_PATH}/namespaces/ops/roles`,
      body: role("escalated", [{ apiGroups: [""], resources: ["secrets"], verbs: ["*"] }]),
      fresh: `${RBAC_PATH}/namespaces/ops/roles/escalated`,
    },
    {
      as,
      method: "PUT",
      path: `${RBAC_PATH}/namespaces/ops/roles/escalated`,
      body: role("escalated", [{ apiGroups: [""], resources: ["secrets", "pods/exec"], verbs: ["*"] }]),
    },
    ...get(as, roles, `${roles}/pods`, bindings, core("billing", "pods")),
    { as, method: "DELETE", path: `${roles}/none` },
  ];
}

export function approverRequests(request: string): readonly UsedRequest[] {
  const as = "approver";
  const requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  const signing = (name: string, signerName: string) => ({
    apiVersion: "certificates.k8s.io/v1",
    kind: "CertificateSigningRequest",
    metadata: { name },
    spec: { request, signerName, usages: ["client auth", "digital signature"] },
  });
  const approved = (name: string, signerName: string) => ({
    ...signing(name, signerName),
    status: {
      conditions: [{ type: "Approved", status: "True", reason: "Test", message: "test", lastUpdateTime: null }],
    },
  });
  const [client, custom] = ["kubernetes.io/kube-apiserver-client", "example.com/custom"];
  const given = (name: string, signer: string) => ({ path: requests, body: signing(name, signer) });
  return [
    { as, method: "POST", path: requests, body: signing("made", client), fresh: `${requests}/made` },
    ...get(as, requests, `${requests}/made`),
    {
      as,
      method: "PUT",
      path: `${requests}/client/approval`,
      body: approved("client", client),
      fresh: `${requests}/client`,
      given: given("client", client),
    },
    {
      as,
      method: "PATCH",
      path: `${requests}/custom/approval`,
      body: { status: approved("custom", custom).status },
      contentType: MERGE,
      fresh: `${requests}/custom`,
      given: given("custom", custom),
    },
    {
      as,
      method: "PATCH",
      path: `${requests}/failed/status`,
      body: {
        status: { conditions: [{ type: "Failed", status: "True", reason: "Test", message: "test" }] },
      },
      contentType: MERGE,
      fresh: `${requests}/failed`,
      given: given("failed", custom),
    },
    {
      as,
      method: "POST",
      path: "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
      body: {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicy",
        metadata: { name: "with-parameters" },
        spec: {
          paramKind: { apiVersion: "v1", kind: "ConfigMap" },
          matchConstraints: {
            resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["widgets"] }],
          },
          validations: [{ expression: "true" }],
        },
      },
      fresh: "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/with-parameters",
    },
  ];
}
