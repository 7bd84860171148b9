// Every framework, and which rules speak for a requirement. To add one: a file beside this, and a line here.

import type { Rule } from "../../verdicts/rule.ts";
import { cisKubernetes } from "./cis-kubernetes.ts";
import type { Framework, Requirement } from "./framework.ts";
import { nsaCisa } from "./nsa-cisa.ts";
import { podSecurityStandards } from "./pod-security-standards.ts";

export const FRAMEWORKS: readonly Framework[] = [cisKubernetes, nsaCisa, podSecurityStandards];

/** `cis-kubernetes/5.2.2` */
export function requirementName(framework: Framework, requirement: Requirement): string {
  return `${framework.id}/${requirement.id}`;
}

/** Every name `--framework` and `explain` take: frameworks, then their requirements. */
export function frameworkNames(): readonly string[] {
  return FRAMEWORKS.flatMap((framework) => [
    framework.id,
    ...framework.requirements.map((requirement) => requirementName(framework, requirement)),
  ]);
}

/** The rules that speak for a requirement, those of the requirements it includes among them, in the order given. */
export function rulesFor(framework: Framework, requirement: Requirement, rules: readonly Rule[]): readonly Rule[] {
  const names = new Set([requirement.id, ...(requirement.includes ?? [])].map((id) => `${framework.id}/${id}`));
  return rules.filter((rule) => rule.frameworks.some((name) => names.has(name)));
}

export interface AskedFramework {
  readonly framework: Framework;
  readonly requirements: readonly Requirement[];
}

/** What names of frameworks and requirements stand for; names that are not known stand for nothing. */
export function askedFrameworks(names: readonly string[]): readonly AskedFramework[] {
  return FRAMEWORKS.flatMap((framework) => {
    const requirements = framework.requirements.filter(
      (requirement) => names.includes(framework.id) || names.includes(requirementName(framework, requirement)),
    );
    return requirements.length > 0 ? [{ framework, requirements }] : [];
  });
}
