// The three Pod Security levels, ordered by strictness (pod-security-admission/api/helpers.go).

export const POLICY_LEVELS = ["privileged", "baseline", "restricted"] as const;
export type PolicyLevel = (typeof POLICY_LEVELS)[number];

/** `undefined` when the text is no level; levels are case-sensitive. */
export function parsePolicyLevel(text: string): PolicyLevel | undefined {
  return POLICY_LEVELS.find((level) => level === text);
}

/** Negative when `a` is less strict than `b`, zero when equal, positive when stricter. */
export function compareLevels(a: PolicyLevel, b: PolicyLevel): number {
  return POLICY_LEVELS.indexOf(a) - POLICY_LEVELS.indexOf(b);
}
