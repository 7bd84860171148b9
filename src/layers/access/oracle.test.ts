// The real authorizer's answers: k8s.io/kubernetes v1.36.3 and component-helpers v0.36.3 (rbac oracle).

import { expect } from "vitest";
import { readOracle, readOracleLines, testWithOracle } from "../../../test/oracles/oracle.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { RBAC_API_VERSION, type StoredPolicyRule, type StoredSubject } from "../../kubernetes/rbac.ts";
import { createAccess, type Access } from "./access-engine.ts";
import type { Action } from "./action.ts";
import { compactRules } from "./compact-rules.ts";
import { covers } from "./cover.ts";
import { policyRuleOf, type PolicyRule } from "./policy-rule.ts";
import type { ErrorWording } from "./resolution-error.ts";
import { pathCovers, ruleAllows } from "./rule-match.ts";
import { firstApplying, subjectOf } from "./subject.ts";
import { locateSubjects } from "./who-can.ts";

type Rules = readonly StoredPolicyRule[] | null;

interface World {
  readonly roles: readonly object[] | null;
  readonly roleBindings: readonly object[] | null;
  readonly clusterRoles: readonly object[] | null;
  readonly clusterRoleBindings: readonly object[] | null;
}

interface OracleRequest {
  readonly resourceRequest: boolean;
  readonly verb: string;
  readonly apiGroup?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly path?: string;
  readonly user: string;
  readonly groups: readonly string[] | null;
}

interface AuthorizeCase {
  readonly request: OracleRequest;
  readonly allowed: boolean;
  readonly reason: string;
}

interface EscalationCase {
  readonly user: string;
  readonly groups: readonly string[] | null;
  readonly namespace: string;
  readonly rules: Rules;
  readonly allowed: boolean;
  readonly uncovered: Rules;
  readonly message?: string;
  readonly ownRuleCount: number;
}

interface CoverCase {
  readonly owner: Rules;
  readonly servant: Rules;
  readonly covered: boolean;
  readonly uncovered: Rules;
  readonly atoms?: number;
}

interface WorldLine {
  readonly type: "world";
  readonly id: string;
  readonly world: World;
  readonly authorize: readonly AuthorizeCase[];
  readonly whoCan: readonly { request: OracleRequest; subjects: readonly StoredSubject[]; error?: string }[];
  readonly escalation: readonly EscalationCase[];
}

interface Facts {
  readonly authorizer: readonly { world: World; cases: readonly AuthorizeCase[] }[];
  readonly ruleAllows: readonly { rule: StoredPolicyRule; request: OracleRequest; allowed: boolean }[];
  readonly covers: readonly CoverCase[];
  readonly nonResourceURLCovers: readonly { owner: string; sub: string; covered: boolean }[];
  readonly appliesTo: readonly {
    user: string;
    groups: readonly string[] | null;
    namespace: string;
    subjects: readonly StoredSubject[];
    applies: boolean;
    index: number;
  }[];
  readonly compact: readonly { rules: Rules; compacted: Rules }[];
}

const FACTS = "rbac/facts.json";
const WORLDS = "rbac/worlds.dev.ndjson.gz";
const facts = () => JSON.parse(readOracle(FACTS)) as Facts; // the oracle's README is the contract

// The recorded answers come from the resolver's own test double, which words missing roles so.
const testDoubleWording: ErrorWording = ({ kind, binding }) => {
  if (kind === "cluster-role-not-found") return "clusterrole not found";
  return binding.resource.namespace === "" ? "must provide namespace when getting role" : "role not found";
};

const typed = (kind: string, list: readonly object[] | null) =>
  (list ?? []).map((object) => ({
    object: { apiVersion: RBAC_API_VERSION, kind, ...object } as KubernetesObject, // the recorded objects omit their type
    source: undefined,
  }));

function accessOf(world: World): Access<undefined> {
  return createAccess(
    [
      ...typed("Role", world.roles),
      ...typed("RoleBinding", world.roleBindings),
      ...typed("ClusterRole", world.clusterRoles),
      ...typed("ClusterRoleBinding", world.clusterRoleBindings),
    ],
    { wording: testDoubleWording, authorizer: "rbac" },
  );
}

function actionOf(request: OracleRequest): Action {
  if (!request.resourceRequest) return { kind: "path", verb: request.verb, path: request.path ?? "" };
  const { verb, apiGroup = "", resource = "", subresource = "", namespace = "", name = "" } = request;
  return { kind: "resource", verb, apiGroup, resource, subresource, namespace, name };
}

const identityOf = ({ user, groups }: { user: string; groups: readonly string[] | null }) => ({
  user,
  groups: groups ?? [],
});
const rulesOf = (rules: Rules): readonly PolicyRule[] => (rules ?? []).map(policyRuleOf);

function differences<T>(cases: Iterable<T>, isSame: (item: T) => boolean): readonly T[] {
  return [...cases].filter((item) => !isSame(item));
}

testWithOracle(FACTS)("the authorizer's unit tests: worlds and requests", () => {
  let count = 0;
  for (const { world, cases } of facts().authorizer) {
    const access = accessOf(world);
    for (const { request, allowed, reason } of cases) {
      const decision = access.authorize(identityOf(request), actionOf(request));
      expect({ request, allowed: decision.allowed, reason: decision.reason }).toEqual({ request, allowed, reason });
      count++;
    }
  }
  expect(count).toBe(34);
});

testWithOracle(FACTS)("one rule against one request", () => {
  const cases = facts().ruleAllows;
  expect(cases).toHaveLength(70);
  expect(
    differences(cases, (one) => ruleAllows(policyRuleOf(one.rule), actionOf(one.request)) === one.allowed),
  ).toEqual([]);
});

testWithOracle(FACTS)("rules that cover rules, and the remainder", () => {
  const cases = facts().covers;
  expect(cases).toHaveLength(30);
  for (const one of cases) expect(coverageOf(one)).toEqual(expectedCoverage(one));
});

testWithOracle(FACTS)("paths that cover paths", () => {
  const cases = facts().nonResourceURLCovers;
  expect(cases).toHaveLength(14);
  expect(differences(cases, (one) => pathCovers(one.owner, one.sub) === one.covered)).toEqual([]);
});

testWithOracle(FACTS)("the first subject that applies", () => {
  const cases = facts().appliesTo;
  expect(cases).toHaveLength(9);
  for (const one of cases) {
    const index = firstApplying(identityOf(one), one.subjects.map(subjectOf), one.namespace);
    expect(index).toBe(one.applies ? one.index : -1);
  }
});

const sorted = (rules: readonly PolicyRule[]) => rules.map((rule) => JSON.stringify(rule)).toSorted();

testWithOracle(FACTS)("compaction of rules", () => {
  const cases = facts().compact;
  expect(cases).toHaveLength(6);
  for (const one of cases) expect(sorted(compactRules(rulesOf(one.rules)))).toEqual(sorted(rulesOf(one.compacted)));
});

testWithOracle(WORLDS)("generated worlds: every authorization, who-can and escalation verdict", () => {
  const counts = { authorize: 0, whoCan: 0, escalation: 0 };
  for (const line of worldLines()) {
    const access = accessOf(line.world);
    for (const { request, allowed, reason } of line.authorize) {
      const decision = access.authorize(identityOf(request), actionOf(request));
      expect({ request, allowed: decision.allowed, reason: decision.reason }).toEqual({ request, allowed, reason });
      counts.authorize++;
    }
    for (const one of line.whoCan) {
      const { located } = locateSubjects(access.state.rbac, actionOf(one.request));
      expect(located.map(({ subject }) => subject)).toEqual(one.subjects.map(subjectOf));
      counts.whoCan++;
    }
    for (const one of line.escalation) {
      const verdict = access.checkEscalation(identityOf(one), one.namespace, rulesOf(one.rules));
      expect({
        allowed: verdict.covered,
        uncovered: verdict.uncovered,
        message: verdict.message,
        ownRuleCount: verdict.own.rules.length,
      }).toEqual({
        allowed: one.allowed,
        uncovered: rulesOf(one.uncovered),
        message: one.message,
        ownRuleCount: one.ownRuleCount,
      });
      counts.escalation++;
    }
  }
  expect(counts).toEqual({ authorize: 18_000, whoCan: 3_600, escalation: 4_500 });
});

testWithOracle(WORLDS)("generated cover questions, and the remainder", () => {
  let count = 0;
  for (const line of readOracleLines<WorldLine | ({ readonly type: "covers" } & CoverCase)>(WORLDS)) {
    if (line.type !== "covers") continue;
    expect(coverageOf(line)).toEqual(expectedCoverage(line));
    count++;
  }
  expect(count).toBe(4_000);
});

function coverageOf({ owner, servant, atoms }: CoverCase) {
  const found = covers(rulesOf(owner), rulesOf(servant));
  return { covered: found.covered, uncovered: found.uncovered, atoms: atoms === undefined ? undefined : found.atoms };
}

function expectedCoverage({ covered, uncovered, atoms }: CoverCase) {
  return { covered, uncovered: rulesOf(uncovered), atoms };
}

function* worldLines(): Generator<WorldLine> {
  for (const line of readOracleLines<WorldLine | { readonly type: "covers" }>(WORLDS)) {
    if (line.type === "world") yield line;
  }
}
