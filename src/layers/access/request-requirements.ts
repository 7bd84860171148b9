// Requests that ask for more than their own verb: connections to pods, writes that create, certificates and trust
// bundles, admission policies with parameters, owner references.

import { resourceAction, type ResourceAction } from "./action.ts";
import type { AccessFeatures } from "./minor-differences.ts";
import type { Requirement } from "./requirement.ts";

const CERTIFICATES = "certificates.k8s.io";

function request(action: ResourceAction): Requirement {
  return { kind: "action", purpose: "request", action };
}

/**
 * pods/exec, attach and portforward. kubectl and other WebSocket clients send GET, SPDY clients POST; where the minor
 * asks so, GET needs `create` as well (k/k pkg/registry/core/pod/rest/authorize.go). pods/proxy is not among them.
 */
export function podConnectRequirement(
  features: AccessFeatures,
  connect: {
    readonly verb: "get" | "create";
    readonly subresource: "exec" | "attach" | "portforward";
    readonly namespace: string;
    readonly name: string;
  },
): Requirement {
  const { verb, ...pod } = connect;
  const own = request(resourceAction(verb, "pods", pod));
  if (verb === "create" || !features.execNeedsCreate) return own;
  return {
    kind: "all",
    of: [own, { kind: "action", purpose: "connect-needs-create", action: resourceAction("create", "pods", pod) }],
  };
}

/**
 * A PUT or server-side apply of an object that does not exist yet also needs `create`, with the object's name: a rule
 * with names can grant it (k8s.io/apiserver/pkg/endpoints/handlers/update.go, patch.go).
 */
export function createOnUpdateRequirement(update: ResourceAction): Requirement {
  return {
    kind: "all",
    of: [request(update), { kind: "action", purpose: "create-on-update", action: { ...update, verb: "create" } }],
  };
}

/** Approving or signing a CertificateSigningRequest (k/k plugin/pkg/admission/certificates/{approval,signing}). */
export function certificateRequirement(
  purpose: "approve" | "sign",
  verb: "update" | "patch",
  name: string,
  signerName: string,
): Requirement {
  const subresource = purpose === "approve" ? "approval" : "status";
  const action = resourceAction(verb, "certificatesigningrequests", { apiGroup: CERTIFICATES, subresource, name });
  return { kind: "all", of: [request(action), signerRequirement(purpose, signerName)] };
}

/** Signing a PodCertificateRequest (k/k pkg/registry/certificates/podcertificaterequest/strategy.go). */
export function podCertificateRequirement(
  verb: "update" | "patch",
  namespace: string,
  name: string,
  signerName: string,
): Requirement {
  const target = { apiGroup: CERTIFICATES, subresource: "status", namespace, name };
  return {
    kind: "all",
    of: [request(resourceAction(verb, "podcertificaterequests", target)), signerRequirement("sign", signerName)],
  };
}

/** Writing a ClusterTrustBundle that names a signer (k/k plugin/pkg/admission/certificates/ctbattest). */
export function trustBundleRequirement(write: ResourceAction, signerName: string): Requirement {
  if (signerName === "") return request(write);
  return { kind: "all", of: [request(write), signerRequirement("attest", signerName)] };
}

/** The verb on the signer itself, or on every signer of its domain (k/k pkg/certauthorization). */
export function signerRequirement(purpose: "approve" | "sign" | "attest", signerName: string): Requirement {
  const domain = signerName.split("/")[0] ?? "";
  return {
    kind: "any",
    of: [signerName, `${domain}/*`].map((name) => ({
      kind: "action",
      purpose,
      action: resourceAction(purpose, "signers", { apiGroup: CERTIFICATES, name }),
    })),
  };
}

/**
 * Writing a validating or mutating admission policy with a paramKind: its author must be able to read every object of
 * that kind (k/k pkg/registry/admissionregistration/*policy/authz.go). `*` where the kind does not resolve.
 */
export function policyParametersRequirement(write: ResourceAction, apiGroup: string, resource: string): Requirement {
  const read = resourceAction("get", resource, { apiGroup, namespace: "*", name: "*" });
  return withMastersExempt(write, { kind: "action", purpose: "read-parameters", action: read });
}

/** Writing a policy binding with a paramRef: its author must be able to read what it refers to. */
export function policyBindingRequirement(
  write: ResourceAction,
  parameters: {
    readonly apiGroup: string;
    readonly resource: string;
    readonly namespace: string;
    readonly name: string;
  },
): Requirement {
  const { resource, ...rest } = parameters;
  const read = resourceAction(rest.name === "" ? "list" : "get", resource, rest);
  return withMastersExempt(write, { kind: "action", purpose: "read-parameters", action: read });
}

function withMastersExempt(write: ResourceAction, check: Requirement): Requirement {
  return { kind: "all", of: [request(write), { kind: "any", of: [{ kind: "masters" }, check] }] };
}

const finalize = (action: ResourceAction): Requirement => ({ kind: "action", purpose: "finalize-owner", action });

/**
 * Changing owner references where the OwnerReferencesPermissionEnforcement admission plugin is on (off by default):
 * an update needs `delete` on the object, and blockOwnerDeletion needs `update` on the owners' finalizers.
 */
export function ownerReferenceRequirement(
  write: ResourceAction,
  blockingOwners: readonly ResourceAction[],
): Requirement {
  const of: Requirement[] = [request(write)];
  if (write.verb !== "create")
    of.push({ kind: "action", purpose: "delete-to-own", action: { ...write, verb: "delete" } });
  if (blockingOwners.length > 0) {
    const everything = resourceAction("update", "*", { apiGroup: "*", subresource: "finalizers", name: "*" });
    const each = blockingOwners.map((owner) => finalize({ ...owner, verb: "update", subresource: "finalizers" }));
    of.push({ kind: "any", of: [finalize(everything), { kind: "all", of: each }] });
  }
  return { kind: "all", of };
}
