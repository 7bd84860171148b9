import { describe, expect, test } from "vitest";
import { mistakesIn, SCHEMA_NAMES, schemaOf } from "./json-schemas.ts";
import { runRingwall } from "./run-ringwall.ts";

const INPUTS: Readonly<Record<string, string>> = {
  "an empty input": "",
  "a comment only": "# nothing\n",
  "YAML that is no object": "- 1\n- 2\n",
  "a tab": "kind: Pod\napiVersion: v1\nmetadata:\n\tname: x\n",
  "fields of the wrong type":
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {template: {spec: {containers: 3}}}\n",
  "metadata of the wrong type": "apiVersion: v1\nkind: Pod\nmetadata: {name: 3, namespace: [x]}\n",
  "no kind": "apiVersion: v1\nmetadata: {name: x}\n",
  "an unknown kind with containers":
    "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {a: {containers: [{name: a, image: b}]}}\n",
  "the same object twice":
    "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: x}\n",
  "a pod without a name":
    "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: b, securityContext: {privileged: true}}]}\n",
  "names with control and direction characters":
    'apiVersion: v1\nkind: Pod\nmetadata: {name: "x\\u0007\\u202e\\u009b31m"}\nspec: {containers: [{name: "a\\u2028", image: b, securityContext: {privileged: true}}]}\n',
  "broken JSON": '{"apiVersion": "v1", "kind": "Po',
};

const parse = (text: string): unknown => JSON.parse(text);
const lines = (text: string): readonly unknown[] => text.trimEnd().split("\n").map(parse);

const valid = async (): Promise<Record<string, unknown>> => {
  const { stdout } = await runRingwall(["scan", "examples/shop/insecure", "-o", "json"]);
  return parse(stdout) as Record<string, unknown>; // a report, by the tests above
};
const first = (report: Record<string, unknown>): Record<string, unknown> =>
  (report["findings"] as Record<string, unknown>[])[0] ?? {}; // findings are objects

test("every schema compiles strictly", () => {
  expect(SCHEMA_NAMES).toEqual(expect.arrayContaining(["admit.v1.json", "report-line.v1.json", "report.v1.json"]));
  for (const name of SCHEMA_NAMES) expect(schemaOf(name)).toBeTypeOf("function");
});

describe.each(["en", "zh-CN"])("in %s", (language) => {
  test("the report of the example shop is as its schema says", async () => {
    const { stdout } = await runRingwall(["scan", "examples/shop/insecure", "-o", "json", "--lang", language]);
    const report = parse(stdout) as { readonly findings: readonly unknown[] };
    expect(mistakesIn(report, "report.v1.json")).toEqual([]);
    expect(report.findings.length).toBeGreaterThan(0);
  });

  test("so is every line of its ndjson", async () => {
    const { stdout } = await runRingwall(["scan", "examples/shop/insecure", "-o", "ndjson", "--lang", language]);
    const values = lines(stdout);
    expect(values.length).toBeGreaterThan(1);
    for (const value of values) expect(mistakesIn(value, "report-line.v1.json")).toEqual([]);
  });

  test("and its admission, as json and as ndjson", async () => {
    const admit = ["workloads", "admit", "examples/shop/insecure", "--level", "restricted", "--lang", language, "-o"];
    const { stdout } = await runRingwall([...admit, "json"]);
    expect(mistakesIn(parse(stdout), "admit.v1.json")).toEqual([]);
    for (const value of lines((await runRingwall([...admit, "ndjson"])).stdout))
      expect(mistakesIn(value, "admit.v1.json#/$defs/result")).toEqual([]);
  });
});

describe.each(Object.entries(INPUTS))("for %s", (_, input) => {
  test("json, ndjson and admit are as their schemas say", async () => {
    const report = await runRingwall(["scan", "-", "-o", "json"], input);
    expect(mistakesIn(parse(report.stdout), "report.v1.json")).toEqual([]);
    for (const value of lines((await runRingwall(["scan", "-", "-o", "ndjson"], input)).stdout))
      expect(mistakesIn(value, "report-line.v1.json")).toEqual([]);
    const admit = await runRingwall(["workloads", "admit", "-", "--level", "baseline", "-o", "json"], input);
    expect(mistakesIn(parse(admit.stdout), "admit.v1.json")).toEqual([]);
  });
});

describe("a schema refuses", () => {
  test.each<[string, (report: Record<string, unknown>) => void]>([
    ["an unknown key", (report) => void (report["extra"] = 1)],
    ["a missing list of gaps", (report) => void delete report["incomplete"]],
    ["an unknown key in a finding", (report) => void (first(report)["extra"] = 1)],
    ["an unknown severity", (report) => void (first(report)["severity"] = "awful")],
    ["a finding with the status of another list", (report) => void (first(report)["status"] = "manual")],
    ["an exception in a finding", (report) => void (first(report)["exception"] = { reason: "x" })],
    [
      "evidence that is both absent and a value",
      (report) => void (first(report)["evidence"] = [{ path: "a", value: 1, absent: true }]),
    ],
    [
      "evidence with a file and no line",
      (report) => void (first(report)["evidence"] = [{ path: "a", value: 1, file: "x" }]),
    ],
    [
      "an excepted finding without its exception",
      (report) => void (report["excepted"] = [{ ...first(report), status: "excepted" }]),
    ],
  ])("%s", async (_, breakIt) => {
    const report = await valid();
    expect(mistakesIn(report, "report.v1.json")).toEqual([]);
    breakIt(report);
    expect(mistakesIn(report, "report.v1.json")).not.toEqual([]);
  });
});
