// Baseline: volumes must not mount a directory of the node.
// pod-security-admission/policy/check_hostPathVolumes.go

import type { Volume } from "../../../../kubernetes/pod.ts";
import type { Check, Violation } from "../check.ts";
import { podOffender, type Offender } from "../offender.ts";
import type { PodView } from "../pod-view.ts";
import { plural, quoteAll } from "../wording.ts";

export const hostPathVolumes: Check = {
  id: "hostPathVolumes",
  level: "baseline",
  revisions: [{ since: 0, evaluate, locate }],
};

const mountsNode = (volume: Volume | null): boolean => volume?.hostPath != null;

function evaluate(pod: PodView): Violation | undefined {
  const volumes = pod.spec.volumes;
  if (volumes == null || !volumes.some(mountsNode)) return undefined;
  const names = volumes.filter(mountsNode).map((volume) => volume?.name ?? "");
  return {
    check: "hostPathVolumes",
    reason: "hostPath volumes",
    detail: `${plural(names.length, "volume", "volumes")} ${quoteAll(names)}`,
  };
}

function locate(pod: PodView): Offender[] {
  return (pod.spec.volumes ?? []).flatMap((volume, index) =>
    mountsNode(volume) ? [podOffender(pod, ["spec", "volumes", index, "hostPath"])] : [],
  );
}
