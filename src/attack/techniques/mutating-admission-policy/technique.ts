// A MutatingAdmissionPolicy rewrites objects inside the API server: no webhook has to be reachable. On by default since 1.36.

import type { AttackWorld } from "../../attack-world.ts";
import { clusterScopedCreation, creations, powersToCreate } from "../../creation.ts";
import { REWRITTEN_PODS, rewrittenPodSteps } from "../../rewritten-pods.ts";
import { clusterScoped, named, type Power } from "../../power.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

const GROUP = "admissionregistration.k8s.io";
const POLICIES = "mutatingadmissionpolicies";
const BINDINGS = "mutatingadmissionpolicybindings";
const CREATE_POLICIES = clusterScopedCreation(GROUP, POLICIES);
const CHANGE_POLICIES: Power = clusterScoped(named(["update", "patch"], GROUP, POLICIES));
const CREATE_BINDINGS = clusterScopedCreation(GROUP, BINDINGS);
const POWERS: readonly Power[] = [
  ...powersToCreate(CREATE_POLICIES),
  ...powersToCreate(CREATE_BINDINGS),
  CHANGE_POLICIES,
];
const SINCE = 36;

const NEW_POLICY = { kind: "means", of: "new-mutating-policy", namespace: "", name: "" } as const;

export const mutatingAdmissionPolicy: Technique = {
  id: "mutating-admission-policy",
  attack: ["T1546", "T1610"],
  source: "k/apiserver pkg/features/kube_features.go MutatingAdmissionPolicy; pkg/admission/plugin/policy/mutating",
  powers: ({ minor }) => (minor < SINCE ? [] : POWERS),
  *steps(world) {
    if (world.minor < SINCE) return;
    yield* policySteps(world);
    yield* rewrittenPodSteps(world);
  },
};

/** A policy does something once a binding names it. */
function* policySteps({ rights, objects }: AttackWorld): Generator<Step> {
  const policies = objects(GROUP, "MutatingAdmissionPolicy").map(({ resource }) => resource.id.name);
  const bound = new Set(
    objects(GROUP, "MutatingAdmissionPolicyBinding").flatMap(({ object }) => {
      const spec = object["spec"];
      return spec !== null && typeof spec === "object" && "policyName" in spec ? [spec.policyName] : [];
    }),
  );
  const gives = REWRITTEN_PODS;
  for (const { needs } of creations(rights, CREATE_POLICIES)) yield { needs, gives: NEW_POLICY, isMeant: true };
  for (const { holding, name } of rights.of(CHANGE_POLICIES)) {
    const own = policies.filter((policy) => name === "" || policy === name);
    if (own.length > 0) yield { needs: [holding], gives: NEW_POLICY, isMeant: true };
    if (own.some((policy) => bound.has(policy))) yield { needs: [holding], gives };
  }
  for (const { needs } of creations(rights, CREATE_BINDINGS)) yield { needs: [...needs, NEW_POLICY], gives };
}
