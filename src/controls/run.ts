// One run: objects in, one at a time; each is evaluated and released, but for what relations need of it.

import { createCluster, type Cluster } from "../cluster/cluster.ts";
import { readObject } from "../cluster/read-resource.ts";
import { keyOf, qualifiedName, type ResourceId } from "../cluster/resource-id.ts";
import type { Locator, Provenance, Resource } from "../cluster/resource.ts";
import type { KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import { createPathTable, formatPath } from "../kubernetes/path.ts";
import { isPodCarrierKind, looksLikePodCarrier } from "../kubernetes/pod-template.ts";
import type { ShapeProblem } from "../kubernetes/shape.ts";
import type { ExceptedFinding } from "../verdicts/excepted.ts";
import type { Finding, Instances } from "../verdicts/finding.ts";
import { findingOf } from "../verdicts/finding-of.ts";
import { fingerprint } from "../verdicts/fingerprint.ts";
import type { Gap } from "../verdicts/gap.ts";
import type { Message } from "../verdicts/message.ts";
import type { Note } from "../verdicts/note.ts";
import { NOT_APPLICABLE, PASS, type Outcome } from "../verdicts/outcome.ts";
import { podSubjectsOf } from "../verdicts/pod-subjects.ts";
import { provideProjections } from "../verdicts/projection.ts";
import type { ClusterRule, ObjectRule, PodRule, Rule } from "../verdicts/rule.ts";
import type { Exceptions } from "./exceptions/exceptions.ts";
import { createKeeper } from "./keep-facts.ts";
import { createCollapse, type RecordDetails } from "./owners/collapse.ts";
import { emptyTally, type Tally } from "./tally.ts";
import { cannotAnswer, isConcerned } from "./unread-kinds.ts";

export interface RunOptions {
  readonly rules: readonly Rule[];
  readonly minor: KubernetesMinor;
  /** Where a namespaced object that names no namespace would be created. */
  readonly defaultNamespace: string;
  /** Objects outside it are read (relations may need them) but not judged. */
  readonly isInScope: (resource: Resource) => boolean;
  /** Findings and gaps that somebody answers for; none by default. */
  readonly exceptions?: Exceptions;
}

/** What a run found. */
export interface RunResult {
  readonly objects: number;
  readonly resources: number;
  readonly workloads: number;
  readonly namespaces: readonly string[];
  readonly notKubernetes: number;
  readonly findings: readonly Finding[];
  readonly manual: readonly Finding[];
  /** Failing verdicts, and checks for a person, that an exception covers. */
  readonly excepted: readonly ExceptedFinding[];
  readonly gaps: readonly Gap[];
  /** Identities met more than once, each evaluated each time. */
  readonly duplicates: readonly string[];
  /** Whether an object of this identity was read, in scope or not. */
  readonly wasRead: (id: ResourceId) => boolean;
  readonly notes: readonly Note[];
  readonly tallies: ReadonlyMap<Rule, Tally>;
}

export interface Run {
  /** Whether the value was a Kubernetes object. */
  readonly add: (value: unknown, locate: Locator, provenance: Provenance) => boolean;
  readonly addGap: (gap: Gap) => void;
  readonly finish: () => RunResult;
}

const MOST_PROBLEMS_SHOWN = 20;
const NO_DETAILS: RecordDetails = {};

/** Starts a run. Memory grows with findings, gaps and what cluster rules read; not with objects that pass. */
export function createRun({ rules, minor, defaultNamespace, isInScope, exceptions }: RunOptions): Run {
  const clusterRules = rules.filter((rule): rule is ClusterRule => rule.scope === "cluster");
  const retained: Resource[] = [];
  const isRetained = retention(clusterRules);
  const keeper = createKeeper(clusterRules);
  const tallies = new Map<Rule, Tally>(rules.map((rule) => [rule, emptyTally()]));
  const findings: Finding[] = [];
  const manual: Finding[] = [];
  const excepted: ExceptedFinding[] = [];
  const gaps: Gap[] = [];
  const unanswered = new Map<string, string[]>();
  /** Rules whose answers would be guesses, because a kind they relate could not be read. */
  const blind = new Set<ClusterRule>();
  // Fingerprints, not names: a name may be a slice that keeps its whole document in memory.
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  const namespaces = new Set<string>();
  const context = { minor };
  const samePath = createPathTable();
  let objects = 0;
  let workloads = 0;
  let notKubernetes = 0;

  const tallyOf = (rule: Rule): Tally => tallies.get(rule) ?? emptyTally();
  const podRules = rules
    .filter((rule): rule is PodRule => rule.scope === "pod")
    .map((rule) => ({ rule, tally: tallyOf(rule) }));
  const objectRules = byKind(rules.filter((rule): rule is ObjectRule => rule.scope === "object"));
  /** What keeps several rules from an answer about a resource is said once. */
  const addUnanswered = (rule: Rule, resource: Resource, reason: Message): void => {
    const key = JSON.stringify([reason.id, keyOf(resource.id), reason.arguments]);
    const known = unanswered.get(key);
    if (known !== undefined) {
      if (!known.includes(rule.id)) known.push(rule.id);
      return;
    }
    const unansweredRules = [rule.id as string];
    unanswered.set(key, unansweredRules);
    const position = resource.locate([]);
    gaps.push({
      code: reason.id,
      what: qualifiedName(resource.id),
      reason,
      resource: resource.id,
      rules: unansweredRules,
      ...(position && { position }),
    });
  };
  const recordNow = (
    rule: Rule,
    resource: Resource,
    outcomes: readonly Outcome[],
    details: RecordDetails,
  ): keyof Tally => {
    const { before, origin } = details;
    const tally = tallyOf(rule);
    let state: keyof Tally = before ?? "pass";
    for (const outcome of outcomes) {
      if (outcome.kind === "fail" || outcome.kind === "manual") {
        const found = findingOf(rule, resource, outcome, samePath);
        const finding = findingWith(found, details.instancesOf?.(outcome), origin);
        const exception = exceptions?.find(finding, resource);
        if (exception !== undefined) {
          excepted.push({ ...finding, exception });
          if (state === "pass") state = "excepted";
          continue;
        }
        (outcome.kind === "fail" ? findings : manual).push(finding);
      } else if (outcome.kind === "not-evaluated") {
        addUnanswered(rule, resource, outcome.reason);
      }
      if (state !== "fail") state = outcome.kind;
    }
    if (before !== undefined) tally[before]--;
    tally[state]++;
    return state;
  };
  const collapse = createCollapse({ rules, isInScope, record: recordNow });
  const record = collapse.take;

  const addInvalid = (what: string, problems: readonly ShapeProblem[], locate: Locator, resource?: Resource): void => {
    for (const problem of problems.slice(0, MOST_PROBLEMS_SHOWN)) {
      const position = locate(problem.path);
      const { path, expected, found } = problem;
      gaps.push({
        code: "invalid-field",
        what,
        reason: { id: "invalid-field", arguments: { path: formatPath(path), expected, found } },
        ...(position && { position }),
        ...(resource && { resource: resource.id }),
      });
    }
  };

  const evaluatePods = (resource: Resource): void => {
    const { pods, problems } = podSubjectsOf(resource, minor);
    if (problems.length > 0) {
      addInvalid(qualifiedName(resource.id), problems, resource.locate, resource);
      for (const { tally } of podRules) tally["not-evaluated"]++;
    }
    workloads++;
    if (pods.length === 0) return;
    // Most rules pass for most pods: that is counted without further ado.
    const isAlone = collapse.isAlone(resource);
    const [only] = pods;
    for (const { rule, tally } of podRules) {
      const outcomes =
        pods.length === 1 && only !== undefined
          ? rule.evaluate(only, context)
          : pods.flatMap((pod) => [...rule.evaluate(pod, context)]);
      if (isAlone && outcomes === PASS) tally.pass++;
      else if (isAlone && outcomes === NOT_APPLICABLE) tally["not-applicable"]++;
      else if (isAlone) recordNow(rule, resource, Array.isArray(outcomes) ? outcomes : [...outcomes], NO_DETAILS);
      else record(rule, resource, outcomes);
    }
  };

  const evaluateObject = (resource: Resource): void => {
    const { kind, apiVersion } = resource.object;
    if (isPodCarrierKind(apiVersion, kind)) evaluatePods(resource);
    else if (looksLikePodCarrier(resource.object)) gaps.push(unknownCarrier(resource));
    evaluateOwnFields(resource);
  };

  const evaluateOwnFields = (resource: Resource): void => {
    for (const rule of objectRules.get(resource.object.kind) ?? [])
      record(rule, resource, rule.evaluate(resource, context));
  };

  return {
    add: (value, locate, provenance) => {
      // What a server has is in the namespace it names, or in none.
      const read = readObject(value, provenance.kind === "server" ? "" : defaultNamespace);
      if (read.kind === "not-kubernetes") {
        notKubernetes++;
        return false;
      }
      objects++;
      if (read.kind === "invalid") {
        addInvalid(provenance.kind === "file" ? provenance.file : provenance.server, read.problems, locate);
        return true;
      }
      const resource: Resource = { id: read.id, object: read.object, provenance, locate };
      const identity = fingerprint("", read.id, "");
      if (seen.has(identity)) duplicates.add(keyOf(read.id));
      else seen.add(identity);
      if (read.id.namespace !== "") namespaces.add(read.id.namespace);
      if (isRetained(resource)) retained.push(resource);
      const unread = keeper.add(resource);
      if (unread.length > 0 && isInScope(resource)) addInvalid(qualifiedName(read.id), unread, locate, resource);
      const isJudged = isInScope(resource);
      if (isJudged) exceptions?.see(resource);
      // What answers to another resource is judged for that one's sake, whatever is in scope.
      const standing = collapse.add(resource);
      if (standing === "owned" || (standing === "itself" && isJudged)) evaluateObject(resource);
      else if (standing === "copy") evaluateOwnFields(resource);
      return true;
    },
    addGap: (gap) => {
      const { unread } = gap;
      if (unread === undefined) gaps.push(gap);
      else {
        const concerned = rules.filter((rule) => isConcerned(rule, unread)).map(({ id }) => id);
        if (concerned.length > 0 || gap.isAccepted !== true) gaps.push({ ...gap, rules: concerned });
        // What is left out by design, rules know how to do without.
        if (gap.isAccepted === true) return;
        for (const rule of clusterRules) if (cannotAnswer(rule, unread)) blind.add(rule);
      }
    },
    finish: () => {
      collapse.close();
      if (clusterRules.length > 0) {
        const cluster = createCluster(retained);
        provideProjections(cluster, keeper.kept);
        for (const rule of blind)
          for (const subject of rule.subjects(cluster)) if (isInScope(subject)) tallyOf(rule)["not-evaluated"]++;
        evaluateCluster(
          cluster,
          clusterRules.filter((rule) => !blind.has(rule)),
          { minor, record },
        );
      }
      collapse.finish();
      return {
        objects,
        resources: seen.size - collapse.folded().objects,
        workloads: workloads - collapse.folded().evaluated,
        namespaces: [...namespaces].sort(),
        notKubernetes,
        findings,
        manual,
        excepted,
        gaps: exceptions === undefined ? gaps : gaps.map(exceptions.accept),
        tallies,
        duplicates: [...duplicates],
        wasRead: (id) => seen.has(fingerprint("", id, "")),
        notes: exceptions?.notes() ?? [],
      };
    },
  };
}

/** Written out where it is frequent: an object that is spread takes twice the memory. */
function findingWith(found: Finding, instances: Instances | undefined, origin: Message | undefined): Finding {
  if (origin !== undefined) return { ...found, ...(instances && { instances }), origin };
  if (instances === undefined) return found;
  const { rule, resource, key, arguments: values, evidence } = found;
  return { rule, resource, key, arguments: values, evidence, instances };
}

/** In the order of the rules. */
function byKind(rules: readonly ObjectRule[]): ReadonlyMap<string, readonly ObjectRule[]> {
  const kinds = new Set(rules.flatMap((rule) => rule.kinds));
  return new Map([...kinds].map((kind) => [kind, rules.filter((rule) => rule.kinds.includes(kind))]));
}

interface ClusterEvaluation {
  readonly minor: KubernetesMinor;
  readonly record: (rule: Rule, resource: Resource, outcomes: Iterable<Outcome>) => void;
}

function evaluateCluster(cluster: Cluster, rules: readonly ClusterRule[], evaluation: ClusterEvaluation): void {
  for (const rule of rules) {
    const outcomes = new Map<Resource, Outcome[]>();
    for (const subject of rule.subjects(cluster)) outcomes.set(subject, []);
    for (const { resource, outcome } of rule.evaluate(cluster, { minor: evaluation.minor })) {
      const list = outcomes.get(resource);
      if (list === undefined) outcomes.set(resource, [outcome]);
      else list.push(outcome);
    }
    for (const [resource, list] of outcomes) evaluation.record(rule, resource, list);
  }
}

function retention(rules: readonly ClusterRule[]): (resource: Resource) => boolean {
  const kinds = new Set(rules.filter(({ projections }) => projections === undefined).flatMap((rule) => rule.reads));
  const readsPods = kinds.has("pod templates");
  return ({ object }) => kinds.has(object.kind) || (readsPods && isPodCarrierKind(object.apiVersion, object.kind));
}

function unknownCarrier(resource: Resource): Gap {
  const position = resource.locate([]);
  const { kind, apiVersion } = resource.id;
  return {
    code: "unknown-pod-carrier",
    what: qualifiedName(resource.id),
    resource: resource.id,
    reason: { id: "unknown-pod-carrier", arguments: { kind, apiVersion } },
    ...(position && { position }),
  };
}
