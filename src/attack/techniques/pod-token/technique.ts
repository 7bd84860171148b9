// Code in a container reads the service account token mounted there.

import { changeVolume, withoutToken } from "../../pod-change.ts";
import { seesToken } from "../../pod-identity.ts";
import type { TokenMount } from "../../container-facts.ts";
import type { PodFacts } from "../../pod-facts.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const podToken: Technique = {
  id: "pod-token",
  attack: ["T1528"],
  source: "k/k plugin/pkg/admission/serviceaccount/admission.go",
  powers: () => [],
  *steps(world) {
    for (const pod of world.pods) {
      const { containers } = pod;
      let shared: Omit<Step, "needs"> | undefined;
      for (const container of containers) {
        if (!seesToken(world, pod, container)) continue;
        const { token } = container;
        const needs: Step["needs"] = [container.holding];
        if (token.kind === "volume" && !token.isAdded) yield { needs, ...readBy(pod, token) };
        else yield { needs, ...(shared ??= readBy(pod, token)) };
      }
    }
  },
};

function readBy(pod: PodFacts, token: TokenMount): Omit<Step, "needs"> {
  const { namespace, account, resource, template, title } = pod;
  const isOwnVolume = token.kind === "volume" && !token.isAdded;
  return {
    gives: pod.user,
    says: { pod: title, account: `${namespace}/${account}` },
    facts: () => [
      {
        kind: "field",
        resource,
        path: token.kind === "volume" ? token.path : [...template, "spec", "serviceAccountName"],
      },
    ],
    controls: () => [isOwnVolume ? changeVolume(pod, token.volume) : withoutToken(pod)],
  };
}
