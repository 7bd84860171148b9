import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuditEvent } from "../../layers/access/minimize/audit-event.ts";
import { createEventReader } from "./event-reader.ts";
import type { LineProblem } from "./line-problem.ts";

type Told = Omit<AuditEvent, "objectName" | "requestObject" | "responseObject" | "mentionsBlockingOwner"> & {
  readonly objectName: string;
  readonly requestObject: unknown;
  readonly responseObject: unknown;
};

function told(event: AuditEvent): Told {
  const { objectName, requestObject, responseObject, mentionsBlockingOwner: _, ...rest } = event;
  return {
    ...rest,
    objectName: objectName(),
    requestObject: requestObject(),
    responseObject: responseObject(),
  };
}

/** Reads bytes by scanning, and the same value by JSON.parse. */
function bothWays(line: string): { readonly scanned: unknown; readonly parsed: unknown } {
  const read = (run: (sink: Parameters<ReturnType<typeof createEventReader>["readValue"]>[1]) => void): unknown => {
    const events: Told[] = [];
    const problems: LineProblem[] = [];
    run({ event: (event) => events.push(told(event)), problem: (problem) => problems.push(problem) });
    return { events, problems };
  };
  const bytes = Buffer.from(line).toString("latin1");
  return {
    scanned: read((sink) => createEventReader().read(bytes, 0, bytes.length, sink)),
    parsed: read((sink) => createEventReader().readValue(JSON.parse(line), sink)),
  };
}

const look = {
  verb: "delete",
  requestURI: "/fake",
  annotations: { "authorization.k8s.io/decision": "forbid" },
  items: [],
};
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom('"', "\\", '\\"', "}", '"},"verb":"fake"', "é", "\u2028", "😀", "/api/v1/pods?a=b&c=<d>"),
);
const user = fc.record(
  { username: text, uid: text, groups: fc.array(text, { maxLength: 3 }), extra: fc.dictionary(text, fc.array(text)) },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.constant(look),
  fc.constant(null),
  fc.jsonValue(),
  fc.record({ spec: fc.constant(look), text }),
);
const event = fc
  .record(
    {
      kind: fc.constant("Event"),
      apiVersion: fc.constant("audit.k8s.io/v1"),
      level: fc.constantFrom("Metadata", "Request"),
      auditID: text,
      stage: fc.constantFrom("ResponseComplete", "ResponseStarted"),
      requestURI: text,
      verb: fc.constantFrom("get", "list", "create"),
      user,
      impersonatedUser: fc.oneof(user, fc.constant(null)),
      authenticationMetadata: fc.record({ impersonationConstraint: text }, { requiredKeys: [] }),
      sourceIPs: fc.array(text),
      userAgent: text,
      objectRef: fc.record({ resource: text, name: text }, { requiredKeys: [] }),
      responseStatus: fc.record({ metadata: fc.constant({}), code: fc.nat(), message: text }, { requiredKeys: [] }),
      requestObject: body,
      responseObject: body,
      requestReceivedTimestamp: fc.constantFrom("2026-11-25T02:48:49.000001Z", "é"),
      annotations: fc.record(
        {
          "authorization.k8s.io/decision": fc.constantFrom("allow", "forbid"),
          "authorization.k8s.io/reason": text,
          other: text,
        },
        { requiredKeys: [] },
      ),
      unknown: body,
    },
    { requiredKeys: ["kind", "apiVersion"] },
  )
  .chain((value) => fc.shuffledSubarray(Object.entries(value), { minLength: Object.keys(value).length }))
  .map((entries) => Object.fromEntries(entries));

/** `&`, `<` and `>` as Go's encoder writes them. */
function asGo(json: string): string {
  return json.replaceAll("&", "\\u0026").replaceAll("<", "\\u003c").replaceAll(">", "\\u003e");
}

test("scanning an event tells what parsing it tells, in any order of keys, with any text", () => {
  fc.assert(
    fc.property(event, fc.constantFrom(0, 0, 0, 1), fc.boolean(), (value, indent, isGo) => {
      const json = JSON.stringify(value, null, indent);
      const { scanned, parsed } = bothWays(isGo ? asGo(json) : json);
      expect(scanned).toEqual(parsed);
    }),
    { numRuns: 2000, seed: 8 },
  );
});

test("a list of events on one line is read event by event", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 4 }), (events) => {
      const items = events.map(({ kind: _1, apiVersion: _2, ...item }) => item);
      const list = { kind: "EventList", apiVersion: "audit.k8s.io/v1", metadata: {}, items };
      const { scanned, parsed } = bothWays(JSON.stringify(list));
      expect(scanned).toEqual(parsed);
    }),
    { numRuns: 300, seed: 8 },
  );
});

describe("what is no event is told, and never thrown", () => {
  test.each([
    ["{", "not-json"],
    ["I1125 02:48:49 1 log.go:12] a line of klog", "not-json"],
    ['{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"get"', "not-json"],
    ['{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"get"}}', "not-json"],
    ["3", "not-an-event"],
    ["null", "not-an-event"],
    ['{"a":1}', "not-an-event"],
    ['{"kind":"Pod","apiVersion":"v1"}', "not-an-event"],
    ['{"kind":"Event","apiVersion":"v1"}', "not-an-event"],
    ['{"kind":"Event","apiVersion":"audit.k8s.io/v1beta1","verb":"get"}', "version"],
    ['{"kind":"Event","apiVersion":"audit.k8s.io/v1","requestURI":"/x","verb":3}', "malformed"],
    ['{"kind":"Event","apiVersion":"audit.k8s.io/v1","requestURI":"/x","user":"alice"}', "malformed"],
    ['{"kind":"Event","apiVersion":"audit.k8s.io/v1","requestURI":"/x","user":{"groups":[3]}}', "malformed"],
    ['{"kind":"Event","apiVersion":"audit.k8s.io/v1","requestURI":"/x","responseStatus":{"code":"200"}}', "malformed"],
    ['{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":3}', "malformed"],
  ])("%s", (line, kind) => {
    const problems: LineProblem[] = [];
    createEventReader().read(line, 0, line.length, { event: () => {}, problem: (problem) => problems.push(problem) });
    expect(problems.map((problem) => problem.kind)).toEqual([kind]);
  });
});

test("any line is taken without an error", () => {
  const reader = createEventReader();
  const sink = { event: () => {}, problem: () => {} };
  fc.assert(
    fc.property(event, fc.nat(), fc.nat(), fc.string({ maxLength: 3 }), (value, from, to, put) => {
      const line = Buffer.from(JSON.stringify(value)).toString("latin1");
      const [start, end] = [from % line.length, to % line.length].toSorted((one, other) => one - other);
      const broken = line.slice(0, start) + put + line.slice(end);
      reader.read(broken, 0, broken.length, sink);
    }),
    { numRuns: 2000, seed: 8 },
  );
});
