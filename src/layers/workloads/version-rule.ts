// The template of rules about API versions that end, by the target version of Kubernetes.

import { apiLifecycleOf, KINDS_WITH_ENDING_VERSIONS, type ApiLifecycle } from "../../kubernetes/api-removals.ts";
import type { KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import { PASS } from "../../verdicts/outcome.ts";
import type { ObjectRule } from "../../verdicts/rule.ts";

export interface VersionRuleOptions extends Omit<ObjectRule, "scope" | "reads" | "kinds" | "evaluate"> {
  readonly isEnding: (lifecycle: ApiLifecycle, minor: KubernetesMinor) => boolean;
}

/** A rule over the apiVersion of every object whose kind has, or had, a version with an end. */
export function versionRule({ isEnding, ...metadata }: VersionRuleOptions): ObjectRule {
  return {
    ...metadata,
    scope: "object",
    reads: KINDS_WITH_ENDING_VERSIONS,
    kinds: KINDS_WITH_ENDING_VERSIONS,
    evaluate: ({ object: { apiVersion, kind } }, { minor }) => {
      const lifecycle = apiLifecycleOf(apiVersion, kind);
      if (lifecycle === undefined || !isEnding(lifecycle, minor)) return PASS;
      const { deprecated, removed, replacement = NOTHING } = lifecycle;
      return [
        {
          kind: "fail",
          key: "",
          arguments: {
            name: replacement,
            version: apiVersion,
            kind,
            deprecated: deprecated ?? NOTHING,
            removed: removed ?? NOTHING,
            removal: removed === undefined ? NOTHING : `1.${removed}`,
            replacement,
          },
          evidence: [{ path: ["apiVersion"], value: apiVersion }],
        },
      ];
    },
  };
}

const NOTHING = "–";
