// Every recorded answer of the upstream evaluator: its own fixtures and unit tests, and generated pods at all levels and
// versions, before and after API defaulting.

import { load } from "js-yaml";
import { expect } from "vitest";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { oraclePath, readOracle, readOracleLines, testWithOracle } from "../../../../test/oracles/oracle.ts";
import { defaultPod, defaultTemplate } from "../../../kubernetes/pod-defaults.ts";
import { valueAt } from "../../../kubernetes/path.ts";
import { podTemplate, type PodTemplate } from "../../../kubernetes/pod.ts";
import { narrow } from "../../../kubernetes/shape.ts";
import type { CheckId } from "./check.ts";
import { viewPod } from "./pod-view.ts";
import { aggregate, evaluatePod, parsePolicyVersion, type PolicyLevel, type PolicyVersion } from "./pod-security.ts";
import { CHECKS, revisionAt } from "./registry.ts";

interface Answer {
  readonly allowed: boolean;
  readonly reason?: string;
  readonly detail?: string;
}

const MAXIMUM_SHOWN = 5;

function mismatch(pod: PodTemplate, level: PolicyLevel, version: PolicyVersion, expected: Answer): string | undefined {
  const evaluation = evaluatePod(pod, level, version);
  const { reason, detail } = aggregate(evaluation);
  const { reason: expectedReason = "", detail: expectedDetail = "" } = expected;
  if (evaluation.allowed === expected.allowed && reason === expectedReason && detail === expectedDetail) return;
  return `${level} ${version}: ${detail || "allowed"}, upstream: ${expectedDetail || "allowed"}`;
}

function versionOf(text: string): PolicyVersion {
  const version = parsePolicyVersion(text);
  if (version === undefined) throw new Error(`not a policy version: ${text}`);
  return version;
}

function wellFormed(value: unknown): PodTemplate {
  const narrowed = narrow(podTemplate, value);
  if (!narrowed.ok) throw new Error(JSON.stringify(narrowed.problems));
  return narrowed.value;
}

/** The files of a tar archive by name; names and sizes stand in each file's 512-byte header. */
function readTar(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0;) {
    const field = (from: number, length: number): string =>
      archive.toString("utf8", at + from, at + from + length).replace(/\0.*$/s, "");
    const size = Number.parseInt(field(124, 12), 8);
    files.set(
      [field(345, 155), field(0, 100)].filter(Boolean).join("/"),
      archive.toString("utf8", at + 512, at + 512 + size),
    );
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

interface Fixture {
  readonly path: string;
  readonly level: PolicyLevel;
  readonly version: string;
  readonly want: "pass" | "fail";
  readonly raw: Answer;
  readonly messageContains: string;
  readonly afterPodDefaults?: Answer;
  readonly afterTemplateDefaults?: Answer;
}

const FIXTURES = "pod-security/fixtures.expected.ndjson.gz";

testWithOracle(FIXTURES)("the 4,537 upstream fixtures get upstream's verdict and message", () => {
  const files = readTar(gunzipSync(readFileSync(oraclePath("pod-security/testdata.tar.gz"))));
  const parsed = new Map<string, PodTemplate>(); // most fixtures are the same few files at other versions
  const wrong: string[] = [];
  let count = 0;
  for (const fixture of readOracleLines<Fixture>(FIXTURES)) {
    const text = files.get(fixture.path) ?? files.get(`./${fixture.path}`);
    if (text === undefined) throw new Error(`missing ${fixture.path}`);
    const pod = parsed.get(text) ?? wellFormed(load(text));
    parsed.set(text, pod);
    const version = versionOf(fixture.version);
    const defaulted = evaluatePod(defaultPod(pod), fixture.level, version);
    const found = [
      mismatch(pod, fixture.level, version, fixture.raw),
      mismatch(defaultPod(pod), fixture.level, version, fixture.afterPodDefaults ?? fixture.raw),
      mismatch(defaultTemplate(pod), fixture.level, version, fixture.afterTemplateDefaults ?? fixture.raw),
      defaulted.allowed === (fixture.want === "pass") ? undefined : `want ${fixture.want}`,
      defaulted.allowed || aggregate(defaulted).detail.includes(fixture.messageContains) ? undefined : "message",
    ];
    for (const text of found) if (text !== undefined) wrong.push(`${fixture.path}: ${text}`);
    count++;
  }
  expect(wrong.slice(0, MAXIMUM_SHOWN)).toEqual([]);
  expect(count).toBe(4537);
});

interface MessageCase extends Answer {
  readonly test: string;
  readonly check: CheckId;
  readonly fromVersion: string;
  readonly toVersion: string | null;
  readonly pod: unknown;
}

const MESSAGES = "pod-security/messages.json";

testWithOracle(MESSAGES)("the 151 cases of upstream's unit tests get its reasons and details", () => {
  const cases = JSON.parse(readOracle(MESSAGES)) as MessageCase[]; // the oracle's README is the contract
  const wrong: unknown[] = [];
  for (const { test, check: id, fromVersion, toVersion, pod, allowed, reason, detail } of cases) {
    const check = CHECKS.find((candidate) => candidate.id === id);
    const versions = [versionOf(fromVersion), versionOf(toVersion ?? "v1.37")];
    for (const minor of versions.filter((version) => version !== "latest")) {
      const revision = check === undefined ? undefined : revisionAt(check, minor);
      const violation = revision?.evaluate(viewPod(wellFormed(pod)));
      const expected = allowed ? undefined : { check: id, reason, detail };
      if (revision === undefined || JSON.stringify(violation) !== JSON.stringify(expected)) {
        wrong.push({ test, minor, violation, expected });
      }
    }
  }
  expect(wrong.slice(0, MAXIMUM_SHOWN)).toEqual([]);
  expect(cases).toHaveLength(151);
});

type Range = Answer & { readonly from: number; readonly to: number };
type Verdicts = Readonly<Record<"baseline" | "restricted", readonly Range[]>>;
interface Mutant extends Verdicts {
  readonly id: string;
  readonly pod: PodTemplate;
  readonly afterPodDefaults?: Verdicts;
  readonly afterTemplateDefaults?: Verdicts;
}

const MUTANTS = "pod-security/mutants.dev.ndjson.gz";

testWithOracle(MUTANTS)("all 1,621,460 verdicts on generated pods agree, as given and after API defaulting", () => {
  const wrong: string[] = [];
  let count = 0;
  const compare = (id: string, pod: PodTemplate, verdicts: Verdicts): number => {
    let compared = 0;
    for (const level of ["baseline", "restricted"] as const) {
      for (const range of verdicts[level]) {
        for (let minor = range.from; minor <= range.to; minor++) {
          const found = mismatch(pod, level, minor, range);
          if (found !== undefined) wrong.push(`${id} ${found}`);
          compared++;
        }
      }
    }
    return compared;
  };
  for (const { id, pod, afterPodDefaults, afterTemplateDefaults, ...verdicts } of readOracleLines<Mutant>(MUTANTS)) {
    count += compare(id, wellFormed(pod), verdicts);
    for (const [defaulted, expected] of [
      [defaultPod(pod), afterPodDefaults],
      [defaultTemplate(pod), afterTemplateDefaults],
    ] as const) {
      if (defaulted !== pod || expected !== undefined) compare(`${id} defaulted`, defaulted, expected ?? verdicts);
    }
    for (const level of ["baseline", "restricted"] as const) {
      const newest = verdicts[level].at(-1);
      for (const version of ["latest", 99] as const) {
        const found = newest === undefined ? "no range" : mismatch(pod, level, version, newest);
        if (found !== undefined) wrong.push(`${id} ${found}`);
      }
    }
  }
  expect(wrong.slice(0, MAXIMUM_SHOWN)).toEqual([]);
  expect(count).toBe(1_621_460);
});

testWithOracle(MUTANTS)(
  "every revision of every check locates an offender in exactly the generated pods it refuses",
  () => {
    const wrong: string[] = [];
    for (const { id, pod } of readOracleLines<Mutant>(MUTANTS)) {
      const view = viewPod(pod);
      for (const check of CHECKS) {
        for (const revision of check.revisions) {
          const offenders = revision.locate(view);
          const refused = revision.evaluate(view) !== undefined;
          const misplaced = offenders.some(({ path, value }) => (valueAt(pod, path) ?? undefined) !== value);
          if (refused !== offenders.length > 0 || misplaced) wrong.push(`${id} ${check.id} since v1.${revision.since}`);
        }
      }
    }
    expect(wrong.slice(0, MAXIMUM_SHOWN)).toEqual([]);
  },
);
