import { expect, test } from "vitest";
import { mistakesIn } from "./json-schemas.ts";
import { runRingwall } from "./run-ringwall.ts";

const scan = (...more: readonly string[]): ReturnType<typeof runRingwall> =>
  runRingwall(["scan", "examples/shop/insecure", ...more]);

interface JsonReport {
  readonly frameworks?: readonly {
    readonly id: string;
    readonly requirements: readonly {
      readonly id: string;
      readonly verdict: string;
      readonly rules: readonly string[];
    }[];
  }[];
}
const json = async (...more: readonly string[]): Promise<JsonReport> => {
  const report: unknown = JSON.parse((await scan("-o", "json", ...more)).stdout);
  expect(mistakesIn(report, "report.v1.json")).toEqual([]);
  return report as JsonReport; // by its schema
};

test.each([
  ["en", "5.2.2 +fail +No privileged containers · \\d+ resources?", "5.6.1 +manual "],
  ["zh-CN", "5.2.2 +未通过 +没有特权容器 · \\d+ 个资源", "5.6.1 +需人工确认 "],
])("a scan by framework lists its requirements, in %s", async (language, failed, manual) => {
  const { stdout } = await scan("--framework", "cis-kubernetes", "--lang", language);
  expect(stdout).toMatch(new RegExp(failed));
  expect(stdout).toMatch(new RegExp(manual));
  expect(stdout).not.toContain("pod-security-standards/");
});

test("JSON has them too, and only when they were asked for", async () => {
  expect((await json()).frameworks).toBeUndefined();
  const { frameworks } = await json("--framework", "cis-kubernetes/5.2.2", "--framework", "nsa-cisa");
  expect(frameworks?.map(({ id }) => id)).toEqual(["cis-kubernetes", "nsa-cisa"]);
  expect(frameworks?.[0]?.requirements).toMatchObject([
    { id: "5.2.2", verdict: "fail", rules: ["workloads/privileged-container"], verdicts: { fail: 4 } },
  ]);
});

test("a requirement that only a person can judge leaves the scan incomplete", async () => {
  const { exit, stdout } = await scan("--framework", "cis-kubernetes/5.6.1");
  expect(stdout).toMatch(/5\.6\.1 +manual/);
  expect(exit).toBe(3);
});
