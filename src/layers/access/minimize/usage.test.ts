import { describe, expect, test } from "vitest";
import type { AuditEvent } from "./audit-event.ts";
import { auditUser, event, usageOf } from "./events.fixture.ts";
import { evidenceOf } from "./log-evidence.ts";

const PODS = "/api/v1/namespaces/shop/pods";

function actions(...events: readonly AuditEvent[]): readonly string[] {
  return usageOf(...events).identities.flatMap(({ identity, actions: used }) =>
    used.map(({ action, requests }) =>
      action.kind === "path"
        ? `${identity.user} ${action.verb} ${action.path} ${requests}`
        : `${identity.user} ${action.verb} ${action.resource}/${action.subresource} ${action.namespace} ${action.name} ${requests}`,
    ),
  );
}

describe("what counts is the authorizer's decision", () => {
  test.each([404, 409, 422, 429, 500])("a %i was authorized, and so it was used", (code) => {
    expect(actions(event("get", `${PODS}/web`, { code }))).toEqual(["alice get pods/ shop web 1"]);
  });

  test("a 403 of admission or quota was authorized too", () => {
    expect(actions(event("create", PODS, { code: 403 }))).toEqual(["alice create pods/ shop  1"]);
  });

  test("what the authorizer refused was not used, whatever the status", () => {
    const usage = usageOf(event("get", PODS, { decision: "forbid", code: 403 }));
    expect([usage.identities, usage.coverage.refused]).toEqual([[], 1]);
  });

  test("without the annotation, 401 and 403 are no use, and the rest is counted as undecided", () => {
    const without = [401, 403, 200].map((code) => event("list", PODS, { decision: "", code }));
    const { identities, coverage } = usageOf(...without);
    expect(identities).toHaveLength(1);
    expect(coverage).toMatchObject({ unauthenticated: 1, refused: 1, undecided: 1 });
  });
});

describe("what a request asked for stands in its URI", () => {
  test("the name in the body of a creation is no name of the request", () => {
    expect(actions(event("create", PODS, { name: "web", code: 201 }))).toEqual(["alice create pods/ shop  1"]);
  });

  test("a creation on a subresource has the name of its object", () => {
    expect(actions(event("create", `${PODS}/web/eviction`))).toEqual(["alice create pods/eviction shop web 1"]);
  });

  test("a list or watch of one name is one of that name", () => {
    expect(actions(event("watch", `${PODS}?fieldSelector=metadata.name%3Dweb&watch=true`))).toEqual([
      "alice watch pods/ shop web 1",
    ]);
  });

  test("a path is a path, without its query", () => {
    expect(actions(event("get", "/openapi/v3?hash=1"), event("get", "/openapi/v3?hash=2"))).toEqual([
      "alice get /openapi/v3 2",
    ]);
  });

  test("a dry run asks for what the real one would", () => {
    expect(actions(event("create", `${PODS}?dryRun=All`))).toEqual(["alice create pods/ shop  1"]);
  });

  test("a namespace is read in itself", () => {
    expect(actions(event("get", "/api/v1/namespaces/shop"))).toEqual(["alice get namespaces/ shop shop 1"]);
  });
});

describe("events become a set", () => {
  test("stages of one request are one request, and one that only began counts", () => {
    const watch = `${PODS}?watch=true`;
    const begun = event("watch", watch, { stage: "ResponseStarted", auditId: "w" });
    const received = event("watch", watch, { stage: "RequestReceived", auditId: "w" });
    const ended = event("watch", watch, { auditId: "w" });
    expect(actions(received)).toEqual([]);
    expect(actions(received, begun)).toEqual(["alice watch pods/ shop  1"]);
    expect(actions(received, begun, ended)).toEqual(["alice watch pods/ shop  1"]);
    expect(usageOf(begun, ended).coverage.repeated).toBe(1);
  });

  test("requests that a client gave one audit id are different uses", () => {
    const [list, get] = [event("list", PODS, { auditId: "x" }), event("get", `${PODS}/web`, { auditId: "x" })];
    expect(actions(list, get)).toEqual(["alice list pods/ shop  1", "alice get pods/ shop web 1"]);
  });

  test("a panic was authorized where the annotation says so, and else came before the authorizer", () => {
    const panic = event("list", PODS, { stage: "Panic", code: 500 });
    expect(actions(panic)).toEqual(["alice list pods/ shop  1"]);
    const { identities, coverage } = usageOf({ ...panic, decision: "" });
    expect([identities, coverage.panicked, evidenceOf(coverage, true)]).toEqual([[], 1, "none"]);
  });

  test("a user in other groups is judged with those", () => {
    const { identities } = usageOf(
      event("list", PODS, { user: auditUser("alice", ["ops"]) }),
      event("list", PODS),
      event("list", PODS, { user: auditUser("alice", ["ops"]) }),
    );
    expect(identities.map(({ identity, requests }) => [identity.groups.length, requests])).toEqual([
      [2, 2],
      [1, 1],
    ]);
  });

  test("more names than are kept apart become any name, with all their requests", () => {
    const events = Array.from({ length: 300 }, (_, index) => event("get", `${PODS}/web-${index}`));
    expect(actions(...events, event("get", `${PODS}/web-299`))).toEqual(["alice get pods/ shop  301"]);
  });
});

describe("acting as another", () => {
  const acted = event("list", PODS, { impersonatedUser: auditUser("carol", ["devs"]) });

  test("the request is the other's, and the right to act so is one's own", () => {
    const [carol, alice] = usageOf(acted).identities;
    expect([carol?.identity.user, carol?.actions.length, carol?.besides.length]).toEqual(["carol", 1, 0]);
    expect([alice?.identity.user, alice?.actions.length]).toEqual(["alice", 0]);
    expect(alice?.besides[0]?.beside).toMatchObject({
      kind: "impersonation",
      wanted: { user: "carol", groups: ["devs"] },
      constraint: "",
    });
  });
});

describe("questions of other servers", () => {
  const review = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
  const request = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    spec: {
      user: "prometheus",
      groups: ["system:authenticated"],
      nonResourceAttributes: { path: "/metrics", verb: "get" },
    },
  };

  test("one that was answered yes is a use of whom it was about", () => {
    const asked = event("create", review, { request, response: { status: { allowed: true } }, code: 201 });
    const { identities } = usageOf(asked);
    const prometheus = identities.find(({ identity }) => identity.user === "prometheus");
    expect(prometheus?.actions).toEqual([
      {
        action: { kind: "path", verb: "get", path: "/metrics" },
        requests: 1,
        isAskedByOthers: true,
        isAnyName: false,
      },
    ]);
  });

  test("one answered no is none, and one without its body is counted", () => {
    const refused = event("create", review, { request, response: { status: { allowed: false } } });
    const unseen = event("create", review);
    const { identities, coverage } = usageOf(refused, unseen);
    expect(identities.map(({ identity }) => identity.user)).toEqual(["alice"]);
    expect(coverage.unseenReviews).toBe(1);
  });
});

test("the window, its gaps, levels and stages are told", () => {
  const at = (time: string, level = "Metadata") =>
    event("list", PODS, { receivedAt: `2026-02-${time}:00.000000Z`, level });
  const { coverage } = usageOf(at("28T23:50"), at("28T10:00"), at("28T10:14", "Request"), at("28T23:58"));
  expect(coverage).toMatchObject({
    events: 4,
    from: "2026-02-28T10:00:00.000000Z",
    to: "2026-02-28T23:58:00.000000Z",
    gaps: [{ from: "2026-02-28T10:14Z", to: "2026-02-28T23:50Z", minutes: 816 }],
    levels: { Metadata: 3, Request: 1 },
    stages: { ResponseComplete: 4 },
  });
  expect(usageOf(at("28T23:59"), event("list", PODS, { receivedAt: "2026-03-01T00:01:00Z" })).coverage.gaps).toEqual(
    [],
  );
});

test("an event without a user or a URI is counted, and nobody's", () => {
  const { identities, coverage } = usageOf(
    event("get", ""),
    event("get", PODS, { user: { username: "", groups: [] } }),
  );
  expect([identities, coverage.unreadable]).toEqual([[], 2]);
});

test("only a log that was read whole and holds completed requests can prove that something is unused", () => {
  const of = (...stages: readonly string[]) =>
    evidenceOf(usageOf(...stages.map((stage) => event("watch", PODS, { stage }))).coverage, true);
  expect([of(), of("RequestReceived")]).toEqual(["none", "none"]);
  expect([of("ResponseStarted"), of("Panic"), of("RequestReceived", "ResponseStarted")]).toEqual([
    "part",
    "part",
    "part",
  ]);
  expect(of("RequestReceived", "ResponseComplete")).toBe("whole");
  expect(evidenceOf(usageOf(event("list", PODS)).coverage, false)).toBe("part");
});

test("levels that do not exist are counted together once there are many", () => {
  const { levels } = usageOf(
    ...Array.from({ length: 50 }, (_, index) => event("list", PODS, { level: `L${index}` })),
  ).coverage;
  expect([Object.keys(levels).length, levels["…"]]).toEqual([9, 42]);
});
