// What every node may do regardless of its pods (k/k plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go NodeRules).

import type { AccessFeatures } from "./minor-differences.ts";
import type { PolicyRule } from "./policy-rule.ts";
import { createRuleSet, type RuleSet } from "./rule-set.ts";

const READ = ["get", "list", "watch"];
const CORE = "";

/** The Node authorizer's static rules. */
export function nodeRules(features: AccessFeatures): RuleSet {
  const certificates = "certificates.k8s.io";
  return createRuleSet([
    rule("authentication.k8s.io", ["tokenreviews"], ["create"]),
    rule("authorization.k8s.io", ["subjectaccessreviews", "localsubjectaccessreviews"], ["create"]),
    rule(CORE, ["services"], READ),
    rule(CORE, ["nodes"], ["create", ...READ, "update", "patch"]),
    rule(CORE, ["nodes/status"], ["update", "patch"]),
    rule(CORE, ["events"], ["create", "update", "patch"]),
    ...(features.nodeWritesNewEvents ? [rule("events.k8s.io", ["events"], ["create", "update", "patch"])] : []),
    rule(CORE, ["pods"], [...READ, "create", "delete"]),
    rule(CORE, ["pods/status"], ["update", "patch"]),
    rule(CORE, ["pods/eviction"], ["create"]),
    rule(CORE, ["endpoints"], ["get"]),
    rule(certificates, ["certificatesigningrequests"], ["create", ...READ]),
    rule("storage.k8s.io", ["csidrivers"], READ),
    rule("node.k8s.io", ["runtimeclasses"], READ),
    ...(features.clusterTrustBundles ? [rule(certificates, ["clustertrustbundles"], READ)] : []),
  ]);
}

function rule(apiGroup: string, resources: readonly string[], verbs: readonly string[]): PolicyRule {
  return { verbs, apiGroups: [apiGroup], resources, resourceNames: [], nonResourceURLs: [] };
}
