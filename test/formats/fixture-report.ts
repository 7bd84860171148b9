// Reports made by hand: one with everything a report can hold, under names that try to break every format.

import { createRun } from "../../src/controls/run.ts";
import { NEWEST_KNOWN_MINOR } from "../../src/kubernetes/kubernetes-version.ts";
import { emptyTally } from "../../src/controls/tally.ts";
import type { ResourceId } from "../../src/cluster/resource-id.ts";
import type { ExceptedFinding } from "../../src/verdicts/excepted.ts";
import { sortFindings, type Report } from "../../src/report/report.ts";
import type { Finding } from "../../src/verdicts/finding.ts";
import type { Gap } from "../../src/verdicts/gap.ts";
import type { PodRule } from "../../src/verdicts/rule.ts";
import { SEVERITIES, type Severity } from "../../src/verdicts/severity.ts";

/** Each must come out of every format readable, harmless and whole. */
export const HOSTILE_NAMES: readonly string[] = [
  `quotes-"'\``,
  "line\nbreak\r\nand\ttab",
  "cdata-]]>",
  "</script><script>alert(1)</script>",
  "<!--<script>",
  "emoji-🧱-wall",
  "rtl-\u202egnp.exe\u2066",
  "\u001b[31mred\u0007\u009b0m",
  "separators-\u2028\u2029",
  '=HYPERLINK("http://example.com")',
  "@everyone",
  "+1|2|3",
  "[link](http://example.com) {0} {name} $& $1",
  "::error file=x::boo %0A ##[error]x",
  "percent-%25-space here#frag?query",
  "&amp;<b>&#x41;",
  "high-surrogate-\ud800-alone",
  "\ufffe-no-xml",
  "名字 全角",
  "`````",
  "| --- |",
  "-",
];

export function fixtureRule(severity: Severity, name = `fixture-${severity}`): PodRule {
  return {
    id: `workloads/${name}`,
    severity,
    since: "0.1.0",
    scope: "pod",
    reads: ["pod templates"],
    frameworks: ["cis-kubernetes/5.2.2", "pod-security-standards/baseline"],
    references: ["upstream/path.go"],
    knownAs: { kubescape: ["C-0000"] },
    evaluate: () => [],
    text: {
      en: {
        title: `A ${severity} thing is wrong`,
        message: `Container {name} is wrong in a ${severity} way`,
        risk: "Somebody gets in.",
        fix: severity === "low" ? "" : "Remove {value}.",
      },
      "zh-CN": {
        title: "某处有误",
        message: "容器 {name} 有误",
        risk: "有人会进来。",
        fix: severity === "low" ? "" : "删除 {value}。",
      },
    },
  };
}

function resourceNamed(name: string): ResourceId {
  return { apiVersion: "apps/v1", group: "apps", kind: "Deployment", namespace: "shop", name };
}

export function fixtureFinding(rule: PodRule, name: string, index: number): Finding {
  const resource = resourceNamed(name);
  const position = { file: `deploy/${name}.yaml`, line: index + 1, column: 7 };
  const path = ["spec", "template", "spec", "containers", 0, "securityContext", "privileged"];
  const kinds = [
    { path, value: name, position },
    { path, absent: true as const, default: false, position },
    { path, redacted: true as const, position },
    { path: ["metadata", "annotations", name], value: { [name]: [name] } },
  ];
  return {
    rule,
    resource,
    key: name,
    arguments: { name, value: name },
    evidence: [
      kinds[index % kinds.length] ?? { path, value: true },
      {
        path: ["roleRef"],
        value: name,
        resource: resourceNamed(`other-${name}`),
        position: { ...position, line: 900 },
      },
    ],
  };
}

function gapNamed(name: string, index: number): Gap {
  return {
    code: "unreadable",
    what: name,
    reason: { id: "unreadable", arguments: { detail: `cannot read ${name}` } },
    ...(index % 2 === 0 && { position: { file: `deploy/${name}.yaml`, line: 1, column: 1 } }),
    ...(index % 3 === 0 && { resource: resourceNamed(name), rules: ["workloads/fixture-high"] }),
    ...(index % 5 === 4 && { isAccepted: true }),
  };
}

const EMPTY_RUN = createRun({
  rules: [],
  minor: NEWEST_KNOWN_MINOR,
  defaultNamespace: "default",
  isInScope: () => true,
}).finish();

const BASE: Omit<Report, "rules" | "findings" | "run"> = {
  version: "0.1.0",
  target: { kind: "files", names: ["deploy"], kubernetes: "v1.37" },
  elapsedMilliseconds: 100,
  failOn: "high",
};

export function reportWith(parts: {
  readonly rules: readonly PodRule[];
  readonly findings: readonly Finding[];
  readonly manual?: readonly Finding[];
  readonly excepted?: readonly ExceptedFinding[];
  readonly gaps?: readonly Gap[];
  readonly duplicates?: readonly string[];
  readonly objects?: number;
}): Report {
  const { rules, manual = [], excepted = [], gaps = [], duplicates = [], objects = 10 } = parts;
  const findings = sortFindings(parts.findings);
  const tallies = new Map(
    rules.map((rule) => {
      const count = (list: readonly Finding[]): number => list.filter((one) => one.rule === rule).length;
      const answers = { fail: count(findings), manual: count(manual), excepted: count(excepted) };
      return [rule, { ...emptyTally(), ...answers, pass: objects === 0 ? 0 : 3 }];
    }),
  );
  return {
    ...BASE,
    rules,
    findings,
    run: {
      ...EMPTY_RUN,
      objects,
      resources: objects,
      workloads: objects,
      namespaces: ["shop"],
      findings,
      manual,
      excepted,
      gaps,
      duplicates,
      tallies,
    },
  };
}

/** Findings of every severity, checks for a person, exceptions, gaps and notes under every hostile name. */
export function hostileReport(): Report {
  const rules = SEVERITIES.map((severity) => fixtureRule(severity));
  const [worst = fixtureRule("critical")] = rules;
  const manualRule = fixtureRule("medium", "fixture-manual");
  return reportWith({
    rules: [...rules, manualRule],
    findings: HOSTILE_NAMES.flatMap((name, index) => fixtureFinding(rules[index % rules.length] ?? worst, name, index)),
    manual: HOSTILE_NAMES.map((name, index) => fixtureFinding(manualRule, `manual ${name}`, index)),
    excepted: HOSTILE_NAMES.map((name, index) => ({
      ...fixtureFinding(worst, `excepted ${name}`, index),
      exception: { reason: `because ${name}`, owner: `team ${name}`, expires: "2027-01-31" },
    })),
    gaps: HOSTILE_NAMES.map(gapNamed),
    duplicates: HOSTILE_NAMES.map((name) => `apps/Deployment/shop/${name}`),
  });
}

/** `count` findings in as many resources, over ten rules. */
export function largeReport(count: number): Report {
  const rules = Array.from({ length: 10 }, (_, index) =>
    fixtureRule(SEVERITIES[index % 4] ?? "low", `fixture-large-${index}`),
  );
  return reportWith({
    rules,
    objects: count,
    findings: Array.from({ length: count }, (_, index) =>
      fixtureFinding(rules[index % 10] ?? fixtureRule("low"), `app-${index}`, index),
    ),
  });
}

/** Objects were read, every rule passed. */
export function cleanReport(): Report {
  return reportWith({ rules: [fixtureRule("high")], findings: [] });
}

/** Nothing was read at all. */
export function nothingReport(): Report {
  const counts = { targets: "deploy", files: 2, others: 2 };
  return reportWith({
    rules: [fixtureRule("high")],
    findings: [],
    objects: 0,
    gaps: [{ code: "no-objects", what: "deploy", reason: { id: "no-objects", arguments: counts } }],
  });
}
