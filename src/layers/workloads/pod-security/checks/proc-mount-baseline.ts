// Baseline: containers keep the masks over /proc. Since v1.35 a pod in its own user namespace may lift them.
// pod-security-admission/policy/check_procMount_baseline.go

import type { Check, Violation } from "../check.ts";
import { letPass } from "../let-pass.ts";
import { hasUserNamespace, type PodView } from "../pod-view.ts";
import { locateUnmaskedProc, unmaskedProc } from "../proc-mount.ts";

export const procMountBaseline: Check = {
  id: "procMount",
  level: "baseline",
  revisions: [
    { since: 0, evaluate, locate: locateUnmaskedProc },
    letPass(hasUserNamespace, { since: 35, evaluate, locate: locateUnmaskedProc }),
  ],
};

function evaluate(pod: PodView): Violation | undefined {
  return unmaskedProc(pod, "procMount");
}
