// Every technique, in alphabetical order of its id.

import type { AttackWorld } from "./attack-world.ts";
import type { Power } from "./power.ts";
import type { Technique } from "./technique.ts";
import { aggregateRole } from "./techniques/aggregate-role/technique.ts";
import { approveCertificate } from "./techniques/approve-certificate/technique.ts";
import { attachPod } from "./techniques/attach-pod/technique.ts";
import { awsAuth } from "./techniques/aws-auth/technique.ts";
import { bindClusterRole } from "./techniques/bind-cluster-role/technique.ts";
import { bindRole } from "./techniques/bind-role/technique.ts";
import { bootstrapToken } from "./techniques/bootstrap-token/technique.ts";
import { changeBinding } from "./techniques/change-binding/technique.ts";
import { changeTokenSecret } from "./techniques/change-token-secret/technique.ts";
import { claimServiceAccount } from "./techniques/claim-service-account/technique.ts";
import { constrainedImpersonation } from "./techniques/constrained-impersonation/technique.ts";
import { controlPlaneNode } from "./techniques/control-plane-node/technique.ts";
import { corePattern } from "./techniques/core-pattern/technique.ts";
import { createNamespace } from "./techniques/create-namespace/technique.ts";
import { createPod } from "./techniques/create-pod/technique.ts";
import { createTokenSecret } from "./techniques/create-token-secret/technique.ts";
import { createWorkload } from "./techniques/create-workload/technique.ts";
import { ephemeralContainer } from "./techniques/ephemeral-container/technique.ts";
import { escalateNewRole } from "./techniques/escalate-new-role/technique.ts";
import { escalateRole } from "./techniques/escalate-role/technique.ts";
import { execPod } from "./techniques/exec-pod/technique.ts";
import { holdClusterAdmin } from "./techniques/hold-cluster-admin/technique.ts";
import { holdNamespaceAdmin } from "./techniques/hold-namespace-admin/technique.ts";
import { hostLogSymlink } from "./techniques/host-log-symlink/technique.ts";
import { hostPathRead } from "./techniques/host-path-read/technique.ts";
import { hostPathWrite } from "./techniques/host-path-write/technique.ts";
import { hostPidPeers } from "./techniques/host-pid-peers/technique.ts";
import { hostPidPtrace } from "./techniques/host-pid-ptrace/technique.ts";
import { impersonateGroup } from "./techniques/impersonate-group/technique.ts";
import { impersonateMasters } from "./techniques/impersonate-masters/technique.ts";
import { impersonateServiceAccount } from "./techniques/impersonate-service-account/technique.ts";
import { impersonateUser } from "./techniques/impersonate-user/technique.ts";
import { loadKernelModule } from "./techniques/load-kernel-module/technique.ts";
import { mountCapability } from "./techniques/mount-capability/technique.ts";
import { mountSecret } from "./techniques/mount-secret/technique.ts";
import { mutatingAdmissionPolicy } from "./techniques/mutating-admission-policy/technique.ts";
import { mutatingWebhook } from "./techniques/mutating-webhook/technique.ts";
import { nodeAuthorizer } from "./techniques/node-authorizer/technique.ts";
import { nodeCertificate } from "./techniques/node-certificate/technique.ts";
import { nodeCredentials } from "./techniques/node-credentials/technique.ts";
import { nodePods } from "./techniques/node-pods/technique.ts";
import { nodeProxy } from "./techniques/node-proxy/technique.ts";
import { patchNamespace } from "./techniques/patch-namespace/technique.ts";
import { patchPod } from "./techniques/patch-pod/technique.ts";
import { patchWorkload } from "./techniques/patch-workload/technique.ts";
import { persistentVolume } from "./techniques/persistent-volume/technique.ts";
import { podDeputy } from "./techniques/pod-deputy/technique.ts";
import { podSecrets } from "./techniques/pod-secrets/technique.ts";
import { podServiceAccount } from "./techniques/pod-service-account/technique.ts";
import { podToken } from "./techniques/pod-token/technique.ts";
import { privilegedContainer } from "./techniques/privileged-container/technique.ts";
import { privilegedPod } from "./techniques/privileged-pod/technique.ts";
import { readAnyFile } from "./techniques/read-any-file/technique.ts";
import { readSecrets } from "./techniques/read-secrets/technique.ts";
import { reconcileDeputy } from "./techniques/reconcile-deputy/technique.ts";
import { runtimeSocket } from "./techniques/runtime-socket/technique.ts";
import { secretToken } from "./techniques/secret-token/technique.ts";
import { shareProcessNamespace } from "./techniques/share-process-namespace/technique.ts";
import { stealPods } from "./techniques/steal-pods/technique.ts";
import { tokenRequest } from "./techniques/token-request/technique.ts";

export const TECHNIQUES: readonly Technique[] = [
  aggregateRole,
  approveCertificate,
  attachPod,
  awsAuth,
  bindClusterRole,
  bindRole,
  bootstrapToken,
  changeBinding,
  changeTokenSecret,
  claimServiceAccount,
  constrainedImpersonation,
  controlPlaneNode,
  corePattern,
  createNamespace,
  createPod,
  createTokenSecret,
  createWorkload,
  ephemeralContainer,
  escalateNewRole,
  escalateRole,
  execPod,
  holdClusterAdmin,
  holdNamespaceAdmin,
  hostLogSymlink,
  hostPathRead,
  hostPathWrite,
  hostPidPeers,
  hostPidPtrace,
  impersonateGroup,
  impersonateMasters,
  impersonateServiceAccount,
  impersonateUser,
  loadKernelModule,
  mountCapability,
  mountSecret,
  mutatingAdmissionPolicy,
  mutatingWebhook,
  nodeAuthorizer,
  nodeCertificate,
  nodeCredentials,
  nodePods,
  nodeProxy,
  patchNamespace,
  patchPod,
  patchWorkload,
  persistentVolume,
  podDeputy,
  podSecrets,
  podServiceAccount,
  podToken,
  privilegedContainer,
  privilegedPod,
  readAnyFile,
  readSecrets,
  reconcileDeputy,
  runtimeSocket,
  secretToken,
  shareProcessNamespace,
  stealPods,
  tokenRequest,
];

/** The powers of all techniques, each once. */
export function powersOf(
  techniques: readonly Technique[],
  world: Pick<AttackWorld, "features" | "minor">,
): readonly Power[] {
  return [...new Map(techniques.flatMap((one) => one.powers(world)).map((power) => [power.id, power])).values()];
}
