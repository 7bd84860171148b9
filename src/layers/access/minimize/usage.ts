// The reducer: events of an audit log become the set of what each identity asked for and was allowed, however many
// events there are. What counts is the authorizer's decision, not the status: a 404, a 409 or a quota's 403 was
// authorized, and so it was used.

import type { Action, ResourceAction } from "../action.ts";
import type { Identity } from "../identity.ts";
import { readReview } from "../questions/subject-access-review.ts";
import type { AuditEvent, AuditUser } from "./audit-event.ts";
import type { Beside } from "./beside.ts";
import { besidesOf, mayAskMore } from "./besides-of.ts";
import { createCoverage, type LogCoverage } from "./coverage.ts";
import { actionKey, eventAction } from "./event-action.ts";
import { createRecentMap, type RecentMap } from "./recent-map.ts";
import { createSeenWindow } from "./seen-window.ts";

export interface ActionUse {
  readonly action: Action;
  readonly requests: number;
  /** Another server asked on the subject's behalf, by a SubjectAccessReview. */
  readonly isAskedByOthers: boolean;
  /** So many names were used that they are not kept apart: any name. */
  readonly isAnyName: boolean;
}

export interface BesideUse {
  readonly beside: Beside;
  readonly requests: number;
}

/** One user with one set of groups. */
export interface IdentityUse {
  readonly identity: Identity;
  readonly actions: readonly ActionUse[];
  readonly besides: readonly BesideUse[];
  /** More distinct actions than are kept: the list is not complete. */
  readonly isCut: boolean;
  readonly requests: number;
}

export interface Usage {
  readonly identities: readonly IdentityUse[];
  readonly coverage: LogCoverage;
}

export interface UsageReducer {
  readonly add: (event: AuditEvent) => void;
  /** Of an event that nobody asks about, the log's coverage takes note. */
  readonly pass: (event: AuditEvent) => void;
  readonly result: () => Usage;
}

/** Beyond so many names of one verb, resource and namespace, names are no longer kept apart. */
export const MOST_NAMES = 100;
const MOST_ACTIONS = 50_000;
const MOST_BESIDES = 10_000;
const MOST_CACHED = 20_000;

interface Entry {
  readonly action: Action;
  readonly key: string;
  readonly mayAskMore: boolean;
}

/** Memory grows with the distinct tuples, never with the events. About a microsecond an event. */
export function createUsage(): UsageReducer {
  const coverage = createCoverage();
  const seen = createSeenWindow();
  const records = new Map<string, IdentityRecord>();
  const recordByUser = createRecentMap<AuditUser, IdentityRecord>(MOST_CACHED);
  const entries = new Map<string, RecentMap<string, Entry>>();

  const forget = (): void => {
    for (const record of records.values()) record.forget();
  };
  const entryOf = (verb: string, uri: string): Entry | undefined => {
    let byUri = entries.get(verb);
    if (byUri === undefined) entries.set(verb, (byUri = createRecentMap(MOST_CACHED, forget)));
    const known = byUri.get(uri);
    if (known !== undefined) return known;
    const action = eventAction(verb, uri);
    if (action === undefined) return undefined;
    const entry = { action, key: actionKey(action), mayAskMore: mayAskMore(action) };
    byUri.set(uri, entry);
    return entry;
  };

  const recordOf = (user: AuditUser): IdentityRecord => {
    const known = recordByUser.get(user);
    if (known !== undefined) return known;
    const record = recordOfIdentity({ user: user.username, groups: user.groups });
    recordByUser.set(user, record);
    return record;
  };
  const recordOfIdentity = (identity: Identity): IdentityRecord => {
    const key = JSON.stringify([identity.user, identity.groups.toSorted()]);
    let record = records.get(key);
    if (record === undefined) records.set(key, (record = createRecord(identity)));
    return record;
  };

  return {
    pass: coverage.see,
    add: (event) => {
      coverage.see(event);
      if (event.stage === "RequestReceived") return; // not decided yet
      if (event.decision === "forbid") return coverage.count("refused");
      if (event.decision !== "allow") {
        if (event.code === 401) return coverage.count("unauthenticated");
        if (event.code === 403) return coverage.count("refused");
        if (event.stage === "Panic") return coverage.count("panicked"); // the annotation comes before the handler
        coverage.count("undecided");
      }
      const entry = entryOf(event.verb, event.requestUri);
      const asker = event.impersonatedUser ?? event.user;
      if (entry === undefined || event.requestUri === "" || asker.username === "") return coverage.count("unreadable");
      const isRepeated = seen(event.auditId);
      if (isRepeated) coverage.count("repeated");
      const requests = isRepeated ? 0 : 1;
      recordOf(asker).use(entry, requests);
      if (!entry.mayAskMore && event.impersonatedUser === undefined) return;
      for (const beside of besidesOf(event, entry.action))
        recordOf(beside.kind === "impersonation" ? event.user : asker).ask(beside, requests);
      const review = reviewIn(event, entry.action);
      if (review === "unseen") coverage.count("unseenReviews");
      else if (review !== undefined) {
        const { action } = review;
        recordOfIdentity(review.identity).use({ action, key: actionKey(action), mayAskMore: false }, requests, true);
      }
    },
    result: () => ({ identities: [...records.values()].map((record) => record.result()), coverage: coverage.result() }),
  };
}

/** Whom another server asked about, where it was told yes. */
function reviewIn(event: AuditEvent, action: Action) {
  if (action.kind === "path" || action.apiGroup !== "authorization.k8s.io" || action.verb !== "create")
    return undefined;
  if (action.resource !== "subjectaccessreviews" && action.resource !== "localsubjectaccessreviews") return undefined;
  const request = event.requestObject();
  if (request === undefined) return "unseen";
  const read = readReview(request);
  if (!read.ok || isRefusal(event.responseObject())) return undefined;
  return { identity: read.identity, action: withoutSelector(read.action) };
}

function isRefusal(answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null || !("status" in answer)) return false;
  const { status } = answer;
  return typeof status === "object" && status !== null && "allowed" in status && status.allowed !== true;
}

function withoutSelector(action: Action): Action {
  if (action.kind === "path" || action.fieldSelector === undefined) return action;
  const { fieldSelector: _, ...rest } = action;
  return rest;
}

interface IdentityRecord {
  readonly use: (entry: Entry, requests: number, isAskedByOthers?: boolean) => void;
  readonly ask: (beside: Beside, requests: number) => void;
  /** Lets go of what only made it faster. */
  readonly forget: () => void;
  readonly result: () => IdentityUse;
}

interface Counted {
  readonly action: Action;
  requests: number;
  isAskedByOthers: boolean;
  isAnyName: boolean;
}

function createRecord(identity: Identity): IdentityRecord {
  const byEntry = new Map<Entry, Counted>();
  const actions = new Map<string, Counted>();
  const names = new Map<string, Counted[] | Counted>();
  const besides = new Map<string, { readonly beside: Beside; requests: number }>();
  let isCut = false;
  let total = 0;

  /** The counter of an action seen for the first time: its own, or that of all names. */
  const counterOf = ({ action, key }: Entry): Counted | undefined => {
    const known = actions.get(key);
    if (known !== undefined) return known;
    if (action.kind === "resource" && action.name !== "") {
      const unnamed: ResourceAction = { ...action, name: "" };
      const group = actionKey(unnamed);
      const others = names.get(group);
      if (others !== undefined && !Array.isArray(others)) return others;
      if (others !== undefined && others.length >= MOST_NAMES) return merge(group, unnamed, others);
      const counted = added(key, action);
      if (counted !== undefined) names.set(group, [...(others ?? []), counted]);
      return counted;
    }
    return added(key, action);
  };
  const added = (key: string, action: Action): Counted | undefined => {
    if (actions.size >= MOST_ACTIONS) {
      isCut = true;
      return undefined;
    }
    const counted = { action, requests: 0, isAskedByOthers: false, isAnyName: false };
    actions.set(key, counted);
    return counted;
  };
  const merge = (group: string, unnamed: ResourceAction, others: readonly Counted[]): Counted => {
    const all = actions.get(group) ?? { action: unnamed, requests: 0, isAskedByOthers: false, isAnyName: true };
    all.isAnyName = true;
    for (const one of others) {
      all.requests += one.requests;
      actions.delete(actionKey(one.action));
    }
    actions.set(group, all);
    names.set(group, all);
    byEntry.clear(); // it points at the counters just merged
    return all;
  };

  return {
    use: (entry, requests, isAskedByOthers = false) => {
      total += requests;
      let counted = byEntry.get(entry);
      if (counted === undefined) {
        counted = counterOf(entry);
        if (counted === undefined) return;
        if (!isAskedByOthers) byEntry.set(entry, counted);
      }
      // Clients may choose the audit id: what was used is used once at least, whatever its id.
      counted.requests += counted.requests === 0 ? 1 : requests;
      if (isAskedByOthers) counted.isAskedByOthers = true;
    },
    ask: (beside, requests) => {
      const key = JSON.stringify(beside);
      const known = besides.get(key);
      if (known !== undefined) known.requests += requests;
      else if (besides.size < MOST_BESIDES) besides.set(key, { beside, requests: 1 });
      else isCut = true;
    },
    forget: () => byEntry.clear(),
    result: () => ({
      identity,
      actions: [...actions.values()],
      besides: [...besides.values()],
      isCut,
      requests: total,
    }),
  };
}
