// From a line of an audit log to events (audit.k8s.io/v1 Event, or an EventList of them). Fields are found by scanning;
// fragments seen before, byte for byte, are not parsed again. What the scan does not understand goes to JSON.parse.

import {
  narrow,
  array,
  map,
  object,
  string,
  anything,
  integer,
  jsonTypeOf,
  type Shape,
  type ShapeProblem,
} from "../../kubernetes/shape.ts";
import {
  annotationsShape,
  auditUserOf,
  auditUserShape,
  authenticationMetadataShape,
  decidingUri,
  objectReferenceShape,
  responseStatusShape,
  type AuditEvent,
  type AuditUser,
} from "../../layers/access/minimize/audit-event.ts";
import { createFragmentCache, type FragmentCache } from "./fragment-cache.ts";
import { createReadTime } from "./event-time.ts";
import type { LineProblem } from "./line-problem.ts";
import { createSpans, indexOf, scanEvent, skipValue } from "./scan-event.ts";

export interface EventSink {
  readonly event: (event: AuditEvent) => void;
  readonly problem: (problem: LineProblem) => void;
}

export interface EventReader {
  /** Reads the line `text[start, end)`, one byte a character. */
  readonly read: (text: string, start: number, end: number, sink: EventSink) => void;
  /** Reads a parsed document. */
  readonly readValue: (value: unknown, sink: EventSink) => void;
}

const API_VERSION = "audit.k8s.io/v1";
const SHAPE = object({
  level: string,
  auditID: string,
  stage: string,
  requestURI: string,
  verb: string,
  user: auditUserShape,
  impersonatedUser: auditUserShape,
  authenticationMetadata: authenticationMetadataShape,
  objectRef: objectReferenceShape,
  responseStatus: object({ code: integer }),
  requestReceivedTimestamp: string,
  annotations: map(string),
  requestObject: anything,
  responseObject: anything,
});
const LIST_SHAPE = object({ items: array(anything) });

const [API, KIND, LEVEL, ID] = [indexOf("apiVersion"), indexOf("kind"), indexOf("level"), indexOf("auditID")] as const;
const [STAGE, URI, VERB, USER] = [indexOf("stage"), indexOf("requestURI"), indexOf("verb"), indexOf("user")] as const;
const [IMPERSONATED, AUTHENTICATION] = [indexOf("impersonatedUser"), indexOf("authenticationMetadata")] as const;
const [REFERENCE, STATUS, ANNOTATIONS] = [
  indexOf("objectRef"),
  indexOf("responseStatus"),
  indexOf("annotations"),
] as const;
const [REQUEST, RESPONSE] = [indexOf("requestObject"), indexOf("responseObject")] as const;
const [RECEIVED, ITEMS] = [indexOf("requestReceivedTimestamp"), indexOf("items")] as const;

const ONLY_ALLOWED = '{"authorization.k8s.io/decision":"allow"}';
const ALLOWED = '{"authorization.k8s.io/decision":"allow","authorization.k8s.io/reason":';
const LETTER_N = 110;
/** Any escape but those of `&`, `<` and `>` by Go. */
const ODD_ESCAPE = /\\(?!u0026|u003[ce])/;
const NOTHING = (): undefined => undefined;

/** audit.k8s.io/v1 knows no other. */
const STAGES: ReadonlySet<string> = new Set(["RequestReceived", "ResponseStarted", "ResponseComplete", "Panic"]);

/** Caches are bounded: memory does not grow with the log. */
export function createEventReader(): EventReader {
  const spans = createSpans();
  const readTime = createReadTime();
  const { starts, ends } = spans;
  const texts = createFragmentCache(decodeText);
  // Without the closing quote, which a fragment cut at its query does not have.
  const uris = createFragmentCache((json) => mapped(decodeText(`${json}"`), decidingUri));
  const users = createFragmentCache((json) => decoded(json, auditUserShape, (user): AuditUser => auditUserOf(user)));
  const codes = createFragmentCache((json) => decoded(json, responseStatusShape, ({ code }) => code ?? 0));
  const decisions = createFragmentCache((json) => decoded(json, annotationsShape, decisionOf));
  const constraints = createFragmentCache((json) =>
    decoded(json, authenticationMetadataShape, ({ impersonationConstraint }) => impersonationConstraint ?? ""),
  );

  /** The event the spans describe; `undefined` where a field is not what it should be. */
  const scanned = (text: string): AuditEvent | undefined => {
    const level = optional(texts, text, LEVEL, "");
    const stage = optional(texts, text, STAGE, "");
    const verb = optional(texts, text, VERB, "");
    const requestUri = uriIn(text);
    const user = optional(users, text, USER, NOBODY);
    const impersonated = optional<AuditUser | null>(users, text, IMPERSONATED, null);
    const code = optional(codes, text, STATUS, 0);
    const decision = isPlainlyAllowed(text) ? "allow" : optional(decisions, text, ANNOTATIONS, "");
    const impersonationConstraint = optional(constraints, text, AUTHENTICATION, "");
    if (level === undefined || stage === undefined || verb === undefined || requestUri === undefined) return undefined;
    if (user === undefined || impersonated === undefined || code === undefined) return undefined;
    if (decision === undefined || impersonationConstraint === undefined || requestUri === "") return undefined;
    const auditId = plainText(text, ID);
    const receivedAt = plainText(text, RECEIVED);
    if (auditId === undefined || receivedAt === undefined || !STAGES.has(stage)) return undefined;
    const time = receivedAt === "" ? "" : readTime(receivedAt);
    if (time === undefined) return undefined;
    const request = body(text, REQUEST);
    return {
      level,
      stage,
      auditId,
      verb,
      requestUri,
      user,
      impersonatedUser: impersonated ?? undefined,
      impersonationConstraint,
      code,
      decision,
      receivedAt: time,
      objectName: nameIn(text),
      requestObject: request,
      responseObject: body(text, RESPONSE),
      mentionsBlockingOwner: blockingOwnerIn(text),
    };
  };

  const optional = <T>(cache: FragmentCache<T>, text: string, field: number, absent: T): T | undefined => {
    const start = starts[field] as number; // one per field
    const isAbsent = start === -1 || text.charCodeAt(start) === LETTER_N; // null reads as absent
    return isAbsent ? absent : cache(text.slice(start, ends[field]));
  };
  /** The API server writes annotations in the order of their keys, so this is how nearly all begin. */
  const isPlainlyAllowed = (text: string): boolean => {
    const start = starts[ANNOTATIONS] as number; // one per field
    return start !== -1 && (text.startsWith(ALLOWED, start) || text.startsWith(ONLY_ALLOWED, start));
  };
  const uriIn = (text: string): string | undefined => {
    const [start, end] = [starts[URI] as number, (ends[URI] as number) - 1]; // one per field
    if (start === -1 || text.charCodeAt(start) !== 34) return undefined;
    const whole = text.slice(start, end);
    const question = whole.indexOf("?");
    if (question === -1) return uris(whole);
    const query = whole.slice(question);
    // Every watch has a query of its own; without a field selector, and without letters in disguise, it says nothing more.
    return query.includes("fieldSelector") || ODD_ESCAPE.test(query) ? uris(whole) : uris(whole.slice(0, question));
  };
  /** A string of ASCII without escapes. */
  const plainText = (text: string, field: number): string | undefined => {
    const start = starts[field] as number; // one per field
    if (start === -1 || text.charCodeAt(start) === LETTER_N) return "";
    const value = text.slice(start + 1, (ends[field] as number) - 1); // as above
    return text.charCodeAt(start) !== 34 || !isPlain(value) ? undefined : value;
  };
  const body = (text: string, field: number): (() => unknown) => {
    const [start, end] = [starts[field] as number, ends[field] as number]; // one per field
    if (start === -1) return NOTHING;
    return () => presentOr(parsed(text.slice(start, end)));
  };
  const nameIn = (text: string): (() => string) => {
    const [start, end] = [starts[REFERENCE] as number, ends[REFERENCE] as number]; // one per field
    if (start === -1) return () => "";
    return () => decoded(text.slice(start, end), objectReferenceShape, ({ name }) => name ?? "") ?? "";
  };
  const blockingOwnerIn = (text: string): (() => boolean) => {
    const [start, end] = [starts[REQUEST] as number, ends[REQUEST] as number]; // one per field
    if (start === -1) return () => false;
    return () => text.slice(start, end).includes('"blockOwnerDeletion"');
  };

  const readValue = (value: unknown, sink: EventSink): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) readOne(item, sink, index);
    else readOne(value, sink, undefined);
  };

  /** An event, or a list of events that is in none itself. */
  const readOne = (value: unknown, sink: EventSink, item: number | undefined, isInList = false): void => {
    const told = createTelling(sink, item);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return told({ kind: "not-an-event", found: jsonTypeOf(value) });
    const { kind, apiVersion } = value as { readonly kind?: unknown; readonly apiVersion?: unknown }; // any object may have any field
    // Items of a list may leave out what the list says.
    const type = isInList ? { kind: kind ?? "Event", apiVersion: apiVersion ?? API_VERSION } : { kind, apiVersion };
    const problem = typeProblem(type.kind, type.apiVersion, isInList);
    if (problem !== undefined) return told(problem);
    if (kind === "EventList") {
      const list = narrow(LIST_SHAPE, value);
      if (!list.ok) return tellFirst(list.problems, told);
      for (const [index, one] of (list.value.items ?? []).entries()) readOne(one, sink, index, true);
      return;
    }
    const read = narrow(SHAPE, value);
    if (!read.ok) return tellFirst(read.problems, told);
    const stored = read.value;
    const lacking = lackingField(stored);
    if (lacking !== undefined) return told({ kind: "malformed", problem: lacking });
    const given = stored.requestReceivedTimestamp ?? "";
    const receivedAt = given === "" ? "" : readTime(given);
    if (receivedAt === undefined) told({ kind: "time", found: JSON.stringify(given.slice(0, 60)) });
    sink.event({
      level: stored.level ?? "",
      stage: stored.stage ?? "",
      auditId: stored.auditID ?? "",
      verb: stored.verb ?? "",
      requestUri: decidingUri(stored.requestURI ?? ""),
      user: auditUserOf(stored.user),
      impersonatedUser: stored.impersonatedUser == null ? undefined : auditUserOf(stored.impersonatedUser),
      impersonationConstraint: stored.authenticationMetadata?.impersonationConstraint ?? "",
      code: stored.responseStatus?.code ?? 0,
      decision: decisionOf(stored.annotations ?? {}),
      receivedAt: receivedAt ?? "",
      objectName: () => stored.objectRef?.name ?? "",
      requestObject: () => presentOr(stored.requestObject),
      responseObject: () => presentOr(stored.responseObject),
      mentionsBlockingOwner: () => mentions(stored.requestObject, "blockOwnerDeletion"),
    });
  };

  const readSlowly = (text: string, start: number, end: number, sink: EventSink): void => {
    const value = parsed(text.slice(start, end));
    if (value === undefined) sink.problem({ kind: "not-json" });
    else readValue(value, sink);
  };

  const readItems = (text: string, start: number, end: number, sink: EventSink): boolean => {
    const items: (readonly [number, number])[] = [];
    let from = start + 1;
    if (text.charCodeAt(start) !== 91) return false;
    while (from < end - 1) {
      const to = skipValue(text, from, end);
      if (to === -1) return false;
      items.push([from, to]);
      const next = text.charCodeAt(to);
      if (next !== 44 && to !== end - 1) return false;
      from = to + 1;
    }
    for (const [index, [itemStart, itemEnd]] of items.entries()) {
      const event = scanEvent(text, itemStart, itemEnd, spans) ? scanned(text) : undefined;
      const isItem = starts[KIND] === -1 && starts[API] === -1;
      if (event !== undefined && isItem) sink.event(event);
      else readOne(parsed(text.slice(itemStart, itemEnd)), sink, index, true);
    }
    return true;
  };

  return {
    read: (text, start, end, sink) => {
      if (!scanEvent(text, start, end, spans)) return readSlowly(text, start, end, sink);
      if (optional(texts, text, API, "") !== API_VERSION) return readSlowly(text, start, end, sink);
      const kind = optional(texts, text, KIND, "");
      if (kind === "EventList" && starts[ITEMS] !== -1) {
        const isRead = readItems(text, starts[ITEMS] as number, ends[ITEMS] as number, sink); // checked just now
        if (!isRead) readSlowly(text, start, end, sink);
        return;
      }
      const event = kind === "Event" ? scanned(text) : undefined;
      if (event === undefined) readSlowly(text, start, end, sink);
      else sink.event(event);
    },
    readValue,
  };
}

const NOBODY: AuditUser = { username: "", groups: [] };

type Telling = (problem: LineProblem) => void;

function createTelling({ problem }: EventSink, item: number | undefined): Telling {
  return item === undefined ? problem : (found) => problem({ ...found, item });
}

function tellFirst([problem]: readonly ShapeProblem[], told: Telling): void {
  if (problem !== undefined) told({ kind: "malformed", problem });
}

/** What every event has. */
function lackingField({ stage, requestURI }: { readonly stage?: unknown; readonly requestURI?: unknown }) {
  if (typeof stage !== "string" || !STAGES.has(stage))
    return {
      path: ["stage"],
      expected: [...STAGES].join(", "),
      found: stage == null ? "nothing" : JSON.stringify(stage),
    };
  return requestURI == null || requestURI === ""
    ? { path: ["requestURI"], expected: "string", found: "nothing" }
    : undefined;
}

function typeProblem(kind: unknown, apiVersion: unknown, isInList: boolean): LineProblem | undefined {
  if (kind !== "Event" && (kind !== "EventList" || isInList))
    return { kind: "not-an-event", found: nameOf(kind, "kind") };
  if (apiVersion === API_VERSION) return undefined;
  const isAudit = typeof apiVersion === "string" && apiVersion.startsWith("audit.k8s.io/");
  return isAudit
    ? { kind: "version", apiVersion }
    : { kind: "not-an-event", found: `${kind} ${nameOf(apiVersion, "apiVersion")}` };
}

function nameOf(value: unknown, field: string): string {
  return typeof value === "string" ? value.slice(0, 60) : `no ${field}`;
}

function decisionOf(annotations: { readonly [key: string]: string | null }): string {
  return annotations["authorization.k8s.io/decision"] ?? "";
}

/** Whether a field of that name is anywhere in the value. By hand: a recursion ends with the stack. */
function mentions(value: unknown, field: string): boolean {
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== "object" || one === null) continue;
    if (Object.hasOwn(one, field)) return true;
    for (const inner of Object.values(one)) left.push(inner);
  }
  return false;
}

function presentOr(value: unknown): unknown {
  return value ?? undefined;
}

function decoded<T, R>(json: string, shape: Shape<T>, read: (value: T) => R) {
  const value = parsed(json);
  if (value === undefined) return undefined;
  const narrowed = narrow(shape, value);
  return narrowed.ok ? read(narrowed.value) : undefined;
}

function decodeText(json: string): string | undefined {
  const value = parsed(json);
  if (value === null) return "";
  return typeof value === "string" ? value : undefined;
}

/** Parses JSON given one byte a character; `undefined` where it is none. */
function parsed(bytes: string): unknown {
  try {
    return JSON.parse(isAscii(bytes) ? bytes : Buffer.from(bytes, "latin1").toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}

function mapped<T, R>(value: T | undefined, map: (value: T) => R): R | undefined {
  return value === undefined ? undefined : map(value);
}

function isPlain(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit === 92 || unit > 126) return false;
  }
  return true;
}

function isAscii(bytes: string): boolean {
  return !/[\u0080-\u00ff]/.test(bytes);
}
