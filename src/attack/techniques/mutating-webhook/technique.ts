// A mutating webhook rewrites every object on its way into the API server, before admission judges it: pods of any namespace
// run the attacker's image, as an account of the attacker's choice.

import { REWRITTEN_PODS, rewrittenPodSteps } from "../../rewritten-pods.ts";
import { clusterScoped, named, unnamed, type Power } from "../../power.ts";
import type { Technique } from "../../technique.ts";

const GROUP = "admissionregistration.k8s.io";
const RESOURCE = "mutatingwebhookconfigurations";
const CREATE: Power = clusterScoped(unnamed(["create"], GROUP, RESOURCE));
const CHANGE: Power = clusterScoped(named(["update", "patch"], GROUP, RESOURCE));

export const mutatingWebhook: Technique = {
  id: "mutating-webhook",
  attack: ["T1098", "T1610"],
  source: "k/apiserver pkg/admission/plugin/webhook/mutating/dispatcher.go",
  powers: () => [CREATE, CHANGE],
  *steps(world) {
    const { rights, objects } = world;
    const there = objects(GROUP, "MutatingWebhookConfiguration").map(({ resource }) => resource.id.name);
    const gives = REWRITTEN_PODS;
    for (const { holding } of rights.of(CREATE)) yield { needs: [holding], gives };
    for (const { holding, name } of rights.of(CHANGE))
      if (there.some((one) => name === "" || name === one)) yield { needs: [holding], gives };
    yield* rewrittenPodSteps(world);
  },
};
