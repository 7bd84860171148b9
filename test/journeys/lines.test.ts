import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkYamlLines } from "./check-lines.ts";
import { generateWorkloads, hasGenerator } from "./generated-workloads.ts";
import { ringwall } from "./program.ts";

const withGenerator = hasGenerator() ? test : test.skip;

withGenerator.each([1_000, 10_000])(
  "every line of every finding on %d generated workloads points into the object it names",
  async (workloads) => {
    const folder = mkdtempSync(join(tmpdir(), "ringwall-lines-"));
    try {
      const file = join(folder, "w.yaml");
      generateWorkloads(workloads, file, "yaml");
      await ringwall(["scan", file, "-o", `json=${join(folder, "report.json")}`]);
      const report = JSON.parse(readFileSync(join(folder, "report.json"), "utf8")) as {
        summary: { objects: number };
        findings: Parameters<typeof checkYamlLines>[1];
      };
      const { wrong, looked } = checkYamlLines(file, report.findings);
      expect(wrong.slice(0, 10)).toEqual([]);
      expect(looked).toBeGreaterThan(workloads);
      expect(report.summary.objects).toBe(workloads + 20);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

withGenerator("YAML and JSON of the same objects give the same findings", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ringwall-lines-"));
  try {
    const ids = async (format: "yaml" | "json-list"): Promise<readonly string[]> => {
      const file = join(folder, `w.${format}`);
      generateWorkloads(300, file, format);
      const { stdout } = await ringwall(["scan", file, "-o", "ndjson"]);
      return stdout
        .split("\n")
        .filter((line) => line.includes('"type":"finding"'))
        .map((line) => (JSON.parse(line) as { id: string }).id);
    };
    const yaml = await ids("yaml");
    expect(await ids("json-list")).toEqual(yaml);
    expect(yaml.length).toBeGreaterThan(300);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
