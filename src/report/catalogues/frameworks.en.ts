// Sentences about frameworks: how requirements are decided, and what became of them.

export const frameworksEn = {
  "no-rules": "no rule is selected by all of these filters together",
  "requirement.pass": "pass",
  "requirement.fail": "fail",
  "requirement.not-applicable": "not applicable",
  "requirement.not-evaluated": "not evaluated",
  "requirement.manual": "manual",
  "requirement.excepted": "excepted",
  "framework.failing": "{count} {count|resource|resources}",
  "framework.counts": "{pass} of {total} {total|requirement|requirements} met",
  "explain.frameworks-title": "Frameworks",
  "explain.requirements": "{count} {count|requirement|requirements}",
  "explain.by-rules": "{count} {count|rule|rules}",
  "explain.by-person": "a person",
  "explain.by-both": "{count} {count|rule|rules} and a person",
  "explain.by-nobody": "not decidable from objects",
  "explain.decided-by": "Decided by {count} {count|rule|rules}; one finding fails it:",
  "explain.includes": "With everything of {list}.",
  "explain.look": "A person must look at: {text}.",
  "explain.undecidable": "Not decidable from objects: {text}.",
} as const;
