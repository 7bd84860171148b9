// Verdicts of what something controls, given to the resource that answers for it: a Deployment with 300 pods is one
// resource. What a pod has in common with its template is counted; what only the pod has is reported, once, with one of
// the pods as evidence.

import type { ResourceId } from "../../cluster/resource-id.ts";
import type { Resource } from "../../cluster/resource.ts";
import type { OwnerReference } from "../../kubernetes/object.ts";
import type { Instances } from "../../verdicts/finding.ts";
import type { Message } from "../../verdicts/message.ts";
import { NOT_APPLICABLE, type Failure, type Outcome, type VerdictState } from "../../verdicts/outcome.ts";
import type { Rule } from "../../verdicts/rule.ts";
import { controllerOf, isControllerRevision, isPast, staticPodNode } from "./controller.ts";
import { differenceOrigin, originOf } from "./origin.ts";
import { createOwners, type Owner, type Standing } from "./owners.ts";
import { createSharedTable, type Difference, type Shared } from "./shared.ts";
import { createStates, placesOf } from "./states.ts";
import { twinText } from "./twins.ts";
import { foreignFailure, isFailure, recordsOf, wait, waitingFor, type Waiting } from "./waiting.ts";

/** What a record carries besides the outcomes. */
export interface RecordDetails {
  readonly origin?: Message;
  /** Filled in when everything was read; the same for all failures of one fingerprint. */
  readonly instancesOf?: (failure: Failure) => Instances | undefined;
  /** The rule's verdict so far, which this one corrects. */
  readonly before?: VerdictState;
}

/** Keeps the outcomes of a rule for a resource and counts its verdict, which it returns. */
export type Record = (
  rule: Rule,
  resource: Resource,
  outcomes: readonly Outcome[],
  details: RecordDetails,
) => VerdictState;

export interface CollapseOptions {
  readonly rules: readonly Rule[];
  readonly isInScope: (resource: Resource) => boolean;
  readonly record: Record;
}

export interface Collapse {
  /**
   * Takes notice of an object as it is read. Those that are `done` need not be judged: past, or as one before. The pods of
   * a `copy` were judged in the template it was made of.
   */
  readonly add: (resource: Resource) => "itself" | "owned" | "copy" | "done";
  /** Records at once, or under the resource that answers for this one, or at the end, when that is known. */
  readonly take: (rule: Rule, resource: Resource, outcomes: Iterable<Outcome>) => void;
  /** Whether it answers to nothing and nothing can answer to it: most of what is in files. */
  readonly isAlone: (resource: Resource) => boolean;
  /** No object comes any more; outcomes may. */
  readonly close: () => void;
  /** Records what only instances have. */
  readonly finish: () => void;
  /** What answers to another one and is no resource of its own in the report: all, and those that were evaluated. */
  readonly folded: () => { readonly objects: number; readonly evaluated: number };
}

interface Deferred {
  readonly rule: Rule;
  readonly resource: Resource;
  readonly outcomes: readonly Outcome[];
  readonly top: Owner;
}

const NO_DETAILS: RecordDetails = {};

function isAlone(resource: Resource): boolean {
  const { metadata } = resource.object;
  if (metadata?.uid) return false;
  // Without owners and annotations there is neither a controller nor a static pod.
  if (metadata?.ownerReferences == null && metadata?.annotations == null) return true;
  return controllerOf(resource) === undefined && staticPodNode(resource) === undefined;
}

/** Memory: a counter per finding of an owner, and, whole, what comes before the owners it has. */
export function createCollapse({ rules, isInScope, record }: CollapseOptions): Collapse {
  const owners = createOwners(isInScope);
  const places = placesOf(rules);
  const states = createStates(places);
  const shared = createSharedTable();
  const waiting: Waiting[] = [];
  /** What was added last: its outcomes come next. */
  let last: { readonly source: Resource; readonly standing: Standing; readonly waiting?: Waiting } | undefined;
  /** The pod before, of its controller: lists come in the order of names, so that twins follow each other. */
  let pod: { readonly controller: string; readonly text: string; readonly shared: Shared[] } | undefined;
  const deferred: Deferred[] = [];
  let isClosed = false;
  let folded = 0;
  let evaluated = 0;

  const takeItself = (rule: Rule, resource: Resource, outcomes: readonly Outcome[], missing?: OwnerReference): void => {
    const origin = originOf(resource, missing);
    const owner = owners.get(resource);
    if (owner === undefined) {
      record(rule, resource, outcomes, origin === undefined ? NO_DETAILS : { origin });
      return;
    }
    const instancesOf = ({ key }: Failure): Instances => {
      const one: Shared = { owner, count: 0, total: 0 };
      shared.set(owner, rule, key, one);
      return one;
    };
    states.set(owner, rule, record(rule, resource, outcomes, { ...(origin && { origin }), instancesOf }));
  };

  const takeUnder = ({ rule, resource, outcomes, top }: Deferred): void => {
    for (const outcome of outcomes) {
      if (outcome.kind === "not-evaluated" && states.get(top, rule) === "pass")
        states.set(top, rule, record(rule, resource, [outcome], { before: "pass" }));
      if (!isFailure(outcome)) continue;
      let one = shared.get(top, rule, outcome.key);
      if (one === undefined) {
        one = { owner: top, count: 0, total: 0, difference: differenceOf(rule, resource, outcome) };
        shared.set(top, rule, outcome.key, one);
      } else if (one.difference !== undefined && isBetterExample(resource.id, one.difference.example)) {
        one.difference = differenceOf(rule, resource, outcome);
      }
      if (resource.id.kind === "Pod") {
        one.count++;
        if (resource === last?.source) pod?.shared.push(one);
      } else one.revision ??= resource.id;
    }
  };

  const takeSettled = (rule: Rule, resource: Resource, outcomes: readonly Outcome[], standing: Standing): void => {
    if (standing.kind === "under") {
      if (outcomes.length === 0 || outcomes === NOT_APPLICABLE) return;
      // Once everything is read, owners may come after what they own.
      const entry = { rule, resource, outcomes, top: standing.top };
      if (isClosed) deferred.push(entry);
      else takeUnder(entry);
    } else if (standing.kind === "itself" && isInScope(resource))
      takeItself(rule, resource, outcomes, standing.missing);
  };

  /** Whether anything of it runs. */
  const settle = (resource: Resource, top: Owner, isPast: boolean): boolean => {
    folded++;
    if (!isPast && resource.id.kind === "Pod") top.pods++;
    return !isPast;
  };

  /** Counts a pod that is the one before again. */
  const isTwin = (resource: Resource): boolean => {
    const controller = controllerOf(resource)?.uid ?? "";
    const text = twinText(resource);
    const same = pod?.controller === controller && pod.text === text ? pod.shared : undefined;
    if (same?.some((one) => one.difference && isBetterExample(resource.id, one.difference.example)) === false) {
      for (const one of same) one.count++;
      return true;
    }
    pod = { controller, text, shared: [] };
    return false;
  };

  return {
    add: (resource) => {
      if (isControllerRevision(resource)) {
        folded++;
        return "done";
      }
      owners.add(resource);
      const standing = owners.standingOf(resource);
      last = { source: resource, standing };
      if (standing.kind === "itself") return "itself";
      if (standing.kind === "under" && !settle(resource, standing.top, isPast(resource))) return "done";
      if (standing.kind === "under" && resource.id.kind === "Pod" && isTwin(resource)) return "done";
      if (standing.kind === "under" && owners.isCopy(resource, standing.top)) return "copy";
      if (standing.kind === "open") {
        const one = waitingFor(resource, places);
        last = { source: resource, standing, waiting: one };
        waiting.push(one);
      } else evaluated++;
      return "owned";
    },
    isAlone,
    take: (rule, resource, outcomes) => {
      if (isAlone(resource)) {
        if (isInScope(resource)) record(rule, resource, listOf(outcomes), NO_DETAILS);
        return;
      }
      const known = last?.source === resource ? last : undefined;
      if (known?.waiting !== undefined) wait(known.waiting, resource, places.of(rule), rule, listOf(outcomes));
      else takeSettled(rule, resource, listOf(outcomes), known?.standing ?? owners.standingOf(resource));
    },
    close: () => {
      owners.close();
      isClosed = true;
      last = undefined;
      for (const one of waiting) {
        const { resource, isPast } = one;
        const standing = owners.standingOf(resource);
        if (standing.kind === "under" || !isInScope(resource)) evaluated++;
        if (standing.kind === "under" && !settle(resource, standing.top, isPast)) continue;
        for (const { rule, outcomes } of recordsOf(one, places)) takeSettled(rule, resource, outcomes, standing);
      }
      waiting.length = 0;
    },
    finish: () => {
      for (const entry of deferred) takeUnder(entry);
      for (const one of shared.values()) {
        const { owner, difference, revision } = one;
        one.total = owner.pods;
        if (difference === undefined) continue;
        const { rule, failure } = difference;
        const before = states.get(owner, rule);
        const details = {
          instancesOf: () => one,
          origin: differenceOrigin(revision),
          ...(before !== undefined && { before }),
        };
        states.set(owner, rule, record(rule, owner.resource, [failure], details));
      }
    },
    folded: () => ({ objects: folded, evaluated }),
  };
}

function listOf(outcomes: Iterable<Outcome>): readonly Outcome[] {
  return Array.isArray(outcomes) ? outcomes : [...outcomes];
}

function differenceOf(rule: Rule, resource: Resource, failure: Failure): Difference {
  return { rule, failure: foreignFailure(resource, failure), example: resource.id };
}

/** A pod rather than the template it was made of, and always the same one: a server lists in another order each time. */
function isBetterExample(id: ResourceId, than: ResourceId): boolean {
  if (id.kind !== than.kind) return id.kind === "Pod";
  return id.name < than.name;
}
