// Restricted, since v1.35: containers keep the masks over /proc even in a user namespace, as before baseline allowed it.
// pod-security-admission/policy/check_procMount_restricted.go

import type { Check } from "../check.ts";
import { locateUnmaskedProc, unmaskedProc } from "../proc-mount.ts";

export const procMountRestricted: Check = {
  id: "procMount_restricted",
  level: "restricted",
  revisions: [
    {
      since: 35,
      overrides: ["procMount"],
      evaluate: (pod) => unmaskedProc(pod, "procMount_restricted"),
      locate: locateUnmaskedProc,
    },
  ],
};
