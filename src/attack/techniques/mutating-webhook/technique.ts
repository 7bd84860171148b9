// A mutating webhook rewrites every object on its way into the API server, before admission judges it: pods of any namespace
// run the attacker's image, as an account of the attacker's choice.

import { clusterScopedCreation, creations, powersToCreate } from "../../creation.ts";
import { REWRITTEN_PODS, rewrittenPodSteps } from "../../rewritten-pods.ts";
import { clusterScoped, named, type Power } from "../../power.ts";
import type { Technique } from "../../technique.ts";

const GROUP = "admissionregistration.k8s.io";
const RESOURCE = "mutatingwebhookconfigurations";
const CREATE = clusterScopedCreation(GROUP, RESOURCE);
const CHANGE: Power = clusterScoped(named(["update", "patch"], GROUP, RESOURCE));

export const mutatingWebhook: Technique = {
  id: "mutating-webhook",
  attack: ["T1546", "T1610"],
  source: "k/apiserver pkg/admission/plugin/webhook/mutating/dispatcher.go",
  powers: () => [...powersToCreate(CREATE), CHANGE],
  *steps(world) {
    const { rights, objects } = world;
    const there = objects(GROUP, "MutatingWebhookConfiguration").map(({ resource }) => resource.id.name);
    const gives = REWRITTEN_PODS;
    for (const { needs } of creations(rights, CREATE)) yield { needs, gives };
    for (const { holding, name } of rights.of(CHANGE))
      if (there.some((one) => name === "" || name === one)) yield { needs: [holding], gives };
    yield* rewrittenPodSteps(world);
  },
};
