import { describe, expect, test } from "vitest";
import { readDocument } from "../../sources/manifests/read-document.ts";
import { RULES } from "../registry.generated.ts";
import { createRun, type RunResult } from "../run.ts";
import { createExceptions, type ExceptionsOptions } from "./exceptions.ts";
import { readExceptions } from "./read-exceptions.ts";
import { createRuleNames } from "./rules-named.ts";

const RULE = "workloads/privileged-container";
const asked = RULES.filter(({ id }) => id === RULE || id === "workloads/host-pid");
const rulesNamed = createRuleNames(RULES);
const vocabulary = { rulesNamed, ruleIds: RULES.map(({ id }) => id), gapCodes: ["unknown-pod-carrier", "no-objects"] };

function values(text: string, file: string): ReturnType<typeof readDocument> {
  return text
    .split(/^---\n/m)
    .flatMap((part) =>
      readDocument({ kind: "document", file, format: "yaml", text: part, firstLine: 1, firstColumn: 1 }),
    );
}

function scan(objects: string, exceptions = "", options: Partial<ExceptionsOptions> = {}): RunResult {
  const [file] = values(exceptions, "e.yaml");
  const read = file?.kind === "value" ? readExceptions(file.value, file.locate, vocabulary) : undefined;
  expect(read?.mistakes ?? []).toEqual([]);
  const run = createRun({
    rules: asked,
    minor: 37,
    defaultNamespace: "default",
    isInScope: () => true,
    exceptions: createExceptions({
      exceptions: read?.exceptions ?? [],
      gaps: read?.gaps ?? [],
      rulesNamed,
      asked,
      today: "2026-06-01",
      hash: (text) => `h${text.length}`,
      fileOf: (name) => name,
      isWholeInput: true,
      ...options,
    }),
  });
  for (const one of values(objects, "o.yaml"))
    if (one.kind === "value") run.add(one.value, one.locate, { kind: "file", file: "o.yaml" });
  return run.finish();
}

function pod(name: string, { extra = "", annotations = "", containers = ["main"] } = {}): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels: { app: ${name} }
  annotations: { ${annotations} }
spec:
  ${extra}
  containers:
${containers.map((container) => `    - { name: ${container}, image: x, securityContext: { privileged: true } }`).join("\n")}
`;
}

const entry = (fields: string): string => `exceptions:\n  - { rule: ${RULE}, ${fields} }\n`;
const answered = "reason: needs it, owner: team, expires: 2026-06-01";
const codes = ({ notes }: RunResult): readonly string[] => notes.map(({ code }) => code);
const open = ({ findings }: RunResult): readonly string[] =>
  findings.map(({ rule, resource, key }) => `${rule.id} ${resource.name} ${key}`);

describe("a matching finding is excepted", () => {
  test("until the end of its last day, and then open again, with a note", () => {
    const exceptions = entry(`resource: { name: a }, ${answered}`);
    const today = scan(pod("a"), exceptions);
    expect(open(today)).toEqual([]);
    expect(today.excepted).toMatchObject([
      {
        exception: {
          reason: "needs it",
          owner: "team",
          expires: "2026-06-01",
          origin: "file",
          position: { file: "e.yaml", line: 2 },
        },
      },
    ]);
    expect(today.notes).toEqual([]);
    const tomorrow = scan(pod("a"), exceptions, { today: "2026-06-02" });
    expect(open(tomorrow)).toEqual([`${RULE} a main`]);
    expect(tomorrow.excepted).toEqual([]);
    expect(tomorrow.notes).toMatchObject([
      { code: "exception-expired", message: { arguments: { count: 1, expires: "2026-06-01" } }, position: { line: 2 } },
    ]);
  });

  test.each([
    ["kind: pod", true],
    ["kind: Deployment", false],
    ["namespace: default", true],
    ["namespace: 'def*'", true],
    ["namespace: shop", false],
    ["name: [b, 'a*']", true],
    ["labels: { app: a }", true],
    ["labels: { app: '*' }", true],
    ["labels: { tier: '*' }", false],
    ["name: a, namespace: shop", false],
  ])("by resource { %s }: %s", (selector, isExcepted) => {
    const result = scan(pod("a"), entry(`resource: { ${selector} }, ${answered}`));
    expect(result.excepted.length).toBe(isExcepted ? 1 : 0);
    expect(result.findings.length).toBe(isExcepted ? 0 : 1);
  });

  test("by container: the others stay open, and the verdict fails until all are covered", () => {
    const two = pod("a", { containers: ["main", "agent"] });
    const rule = asked.find(({ id }) => id === RULE);
    const tallyOf = ({ tallies }: RunResult) => rule && tallies.get(rule);
    const one = scan(two, entry(`resource: { name: a }, container: ag*, ${answered}`));
    expect(open(one)).toEqual([`${RULE} a main`]);
    expect(tallyOf(one)).toMatchObject({ fail: 1, excepted: 0 });
    const both = scan(two, entry(`resource: { name: a }, container: [agent, main], ${answered}`));
    expect(open(both)).toEqual([]);
    expect(tallyOf(both)).toMatchObject({ fail: 0, excepted: 1 });
  });
});

describe("an exception is reported", () => {
  test.each([
    [
      "unused: its resource is there, its finding is not",
      pod("b").replace("true", "false"),
      "resource: { name: b }",
      ["exception-unused"],
    ],
    ["without a resource", pod("b").replace("true", "false"), "resource: { name: c }", ["exception-without-resource"]],
    ["too broad: every resource", pod("a"), "resource: { name: '*' }", ["exception-over-broad"]],
    ["too broad: no selector at all", pod("a"), "", ["exception-over-broad"]],
  ])("as %s", (_, objects, selector, expected) => {
    expect(codes(scan(objects, entry(`${selector === "" ? "" : `${selector}, `}${answered}`)))).toEqual(expected);
  });

  test("as too broad for a rule that stands for all of them", () => {
    const result = scan(pod("a"), `exceptions: [{ rule: "*", resource: { name: a }, ${answered} }]\n`);
    expect(open(result)).toEqual([]);
    expect(codes(result)).toEqual(["exception-over-broad"]);
  });

  test("as incomplete, naming what is missing; it holds all the same", () => {
    const result = scan(pod("a"), entry("resource: { name: a }, reason: x"));
    expect(open(result)).toEqual([]);
    expect(result.notes).toMatchObject([
      { code: "exception-incomplete", message: { arguments: { missing: "owner, expires" } } },
    ]);
  });

  test("not as unused when its rule was not asked, nor as gone when only a part was read", () => {
    const other = `exceptions: [{ rule: host-ipc, resource: { name: a }, ${answered} }]\n`;
    expect(codes(scan(pod("a"), other))).toEqual([]);
    const gone = entry(`resource: { name: c }, ${answered}`);
    expect(codes(scan(pod("a"), gone, { isWholeInput: false }))).toEqual([]);
  });
});

describe("an exception with evidence", () => {
  const hostPid = (evidence: string): string =>
    `exceptions: [{ rule: host-pid, resource: { name: a }, evidence: ${evidence}, ${answered} }]\n`;
  const calm = pod("a", { extra: "hostPID: true" }).replace("privileged: true", "privileged: false");

  test("holds for that evidence", () => {
    let hashed = "";
    const hash = (text: string): string => {
      hashed = text;
      return "same";
    };
    expect(open(scan(calm, hostPid("SAME"), { hash }))).toEqual([]);
    expect(hashed).toContain("hostPID");
  });

  test("re-opens when it changes, with a note that quotes the new hash", () => {
    const result = scan(calm, hostPid("other"), { hash: () => "now" });
    expect(open(result)).toEqual(["workloads/host-pid a hostPID"]);
    expect(result.notes).toMatchObject([
      { code: "exception-changed", message: { arguments: { hash: "now", name: "Pod default/a" } } },
    ]);
  });
});

describe("annotations", () => {
  test("except the rules they list, for the object they stand on", () => {
    const annotations = `ringwall.dev/except: "host-pid, C-0057", ringwall.dev/except-reason: r, ringwall.dev/except-owner: o, ringwall.dev/except-expires: "2026-12-31"`;
    const result = scan(`${pod("a", { annotations, extra: "hostPID: true" })}---\n${pod("b")}`);
    expect(open(result)).toEqual([`${RULE} b main`]);
    expect(result.excepted).toHaveLength(2);
    expect(result.excepted[0]).toMatchObject({
      exception: { reason: "r", owner: "o", expires: "2026-12-31", origin: "annotation", position: { line: 6 } },
    });
    expect(result.notes).toEqual([]);
  });

  test("except one rule with its own answers, by short id or layer.id", () => {
    const annotations = `ringwall.dev/except.host-pid: r1, ringwall.dev/except.host-pid.owner: o1, ringwall.dev/except.host-pid.expires: "2026-12-31", ringwall.dev/except.workloads.privileged-container: r2, ringwall.dev/except.workloads.privileged-container.container: main, ringwall.dev/except-owner: o, ringwall.dev/except-expires: "2026-12-30"`;
    const containers = ["main", "other"];
    const result = scan(pod("a", { annotations, extra: "hostPID: true", containers }));
    expect(open(result)).toEqual([`${RULE} a other`]);
    expect(
      new Set(result.excepted.map(({ exception: { reason, owner, expires } }) => `${reason} ${owner} ${expires}`)),
    ).toEqual(new Set(["r1 o1 2026-12-31", "r2 o 2026-12-30"]));
    expect(result.notes).toEqual([]);
  });

  test.each([
    ["an unknown rule", "ringwall.dev/except: privilegd-container", ["annotation-unknown-rule"]],
    ["a day that is none", `ringwall.dev/except: ${RULE}, ringwall.dev/except-expires: soon`, ["annotation-no-day"]],
  ])("with %s except nothing and say so", (_, annotations, expected) => {
    const result = scan(pod("a", { annotations }));
    expect(open(result)).toHaveLength(1);
    expect(codes(result)).toEqual(expected);
  });

  test("that cover nothing are unused", () => {
    const annotations = `ringwall.dev/except: host-pid, ringwall.dev/except-reason: r, ringwall.dev/except-owner: o, ringwall.dev/except-expires: "2026-12-31"`;
    expect(codes(scan(pod("a", { annotations })))).toEqual(["exception-unused"]);
  });
});

describe("an accepted gap", () => {
  const widget =
    "apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\nspec: { a: { containers: [{ name: a, image: b }] } }\n";

  test.each([
    [`kind: Widget`, true],
    [`code: unknown-pod-carrier, path: ./o.yaml`, true],
    [`path: "o*", kind: widget`, true],
    [`kind: Gadget`, false],
    [`path: other`, false],
  ])("by { %s }: %s", (selector, isAccepted) => {
    const { gaps } = scan(widget, `gaps: [{ ${selector}, ${answered} }]\n`);
    expect(gaps[0]?.isAccepted === true).toBe(isAccepted);
    if (isAccepted) expect(gaps[0]?.acceptance).toMatchObject({ owner: "team", reason: "needs it" });
  });

  test("expires, is reported as unused, incomplete or too broad", () => {
    const expired = scan(widget, `gaps: [{ kind: Widget, reason: r, owner: o, expires: 2026-05-31 }]\n`);
    expect(expired.gaps[0]?.isAccepted).toBeUndefined();
    expect(codes(expired)).toEqual(["gap-expired"]);
    expect(codes(scan(pod("a"), `gaps: [{ kind: Widget, ${answered} }]\n`))).toEqual(["gap-unused"]);
    expect(codes(scan(widget, "gaps: [{ path: ., reason: r }]\n"))).toEqual(["gap-over-broad", "gap-incomplete"]);
  });
});
