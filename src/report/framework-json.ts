// Frameworks in JSON: each requirement that was asked for, its verdict, and the rules that speak for it.

import type { JudgedFramework } from "../controls/frameworks/judge.ts";
import type { Catalogue } from "./catalogue.ts";

export function frameworkJson({ framework, requirements }: JudgedFramework, { language }: Catalogue): object {
  return {
    id: framework.id,
    title: framework.title[language],
    requirements: requirements.map(({ requirement, verdict, rules, tally }) => {
      const { manual, undecidable } = requirement;
      return {
        id: requirement.id,
        title: requirement.title[language],
        verdict,
        rules: rules.map(({ id }) => id),
        verdicts: tally,
        ...(manual && { manual: manual[language] }),
        ...(undecidable && { undecidable: undecidable[language] }),
      };
    }),
  };
}
