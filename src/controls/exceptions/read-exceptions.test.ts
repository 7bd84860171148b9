import { expect, test } from "vitest";
import { readDocument } from "../../sources/manifests/read-document.ts";
import { RULES } from "../registry.generated.ts";
import { readExceptions, type ExceptionsFile } from "./read-exceptions.ts";
import { createRuleNames } from "./rules-named.ts";

const vocabulary = {
  rulesNamed: createRuleNames(RULES),
  ruleIds: RULES.map(({ id }) => id),
  gapCodes: ["helm-not-rendered", "unknown-pod-carrier"],
};

function read(text: string): ExceptionsFile {
  const [first] = readDocument({
    kind: "document",
    file: "e.yaml",
    format: "yaml",
    text,
    firstLine: 1,
    firstColumn: 1,
  });
  if (first?.kind !== "value") throw new Error("not read");
  return readExceptions(first.value, first.locate, vocabulary);
}

test("an entry is read with its place", () => {
  const { exceptions, gaps, mistakes } = read(`exceptions:
  - rule: C-0057
    resource: { kind: DaemonSet, namespace: [kube-system, "mon-*"], name: node-*, labels: { app: exporter } }
    container: agent
    reason: reads devices
    owner: platform
    expires: 2027-01-31
    evidence: ABC
gaps:
  - { kind: Widget, path: crds, reason: no pods, owner: platform, expires: 2027-01-31 }
`);
  expect(mistakes).toEqual([]);
  expect(exceptions).toEqual([
    {
      origin: "file",
      rule: "C-0057",
      ruleIds: new Set(["workloads/privileged-container"]),
      isEveryRule: false,
      selector: {
        kinds: ["daemonset"],
        namespaces: ["kube-system", "mon-*"],
        names: ["node-*"],
        labels: { app: "exporter" },
      },
      containers: ["agent"],
      reason: "reads devices",
      owner: "platform",
      expires: "2027-01-31",
      evidence: ["abc"],
      position: { file: "e.yaml", line: 2, column: 5 },
    },
  ]);
  expect(gaps).toMatchObject([{ codes: [], kinds: ["Widget"], paths: ["crds"], owner: "platform" }]);
});

test.each<[string, string, object]>([
  [
    "an unknown key",
    "exceptions:\n  - rule: host-pid\n    expiry: 2027-01-01\n",
    { id: "error.setting-unknown", suggestion: "expires", position: { line: 3 }, values: { value: '"expiry"' } },
  ],
  [
    "an unknown rule",
    "exceptions:\n  - rule: [host-pid, privilegd-container]\n",
    {
      id: "error.setting-value",
      suggestion: "workloads/privileged-container",
      position: { line: 2, column: 22 },
      values: { path: "exceptions[0].rule[1]" },
    },
  ],
  [
    "no rule",
    "exceptions:\n  - reason: x\n",
    { id: "error.setting-type", values: { expected: "rule id", found: "null" } },
  ],
  [
    "a day that is none",
    "exceptions:\n  - { rule: host-pid, expires: 2027-02-29 }\n",
    { values: { path: "exceptions[0].expires" } },
  ],
  [
    "a list that is none",
    "exceptions: host-pid\n",
    { values: { path: "exceptions", expected: "array", found: "string" } },
  ],
  [
    "an owner that is a number",
    "exceptions:\n  - { rule: host-pid, owner: 7 }\n",
    { values: { expected: "string (put it in quotes)" } },
  ],
  ["a gap without a selector", "gaps:\n  - reason: x\n", { values: { expected: "code, kind or path" } }],
  ["an unknown gap", "gaps:\n  - code: helm-not-renderd\n", { suggestion: "helm-not-rendered" }],
])("%s is a mistake with its place", (_, text, expected) => {
  expect(read(text).mistakes[0]).toMatchObject(expected);
});
