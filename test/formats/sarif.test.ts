import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { catalogueOf } from "../../src/report/catalogue.ts";
import { reportedOf, type Report } from "../../src/report/report.ts";
import { fileLocation } from "../../src/report/sarif/artifact.ts";
import { sarifReport } from "../../src/report/sarif/sarif.ts";
import { LANGUAGES } from "../../src/verdicts/rule.ts";
import { cleanReport, HOSTILE_NAMES, hostileReport, nothingReport } from "./fixture-report.ts";
import { shopReport } from "./shop-report.ts";

/** The parts of a log that these tests look at. */
interface Run {
  readonly tool: {
    readonly driver: {
      readonly rules: readonly {
        readonly id: string;
        readonly help: { readonly text: string; readonly markdown: string };
        readonly properties: { readonly tags: readonly string[]; readonly "security-severity": string };
      }[];
      readonly notifications?: readonly { readonly id: string }[];
    };
  };
  readonly columnKind: string;
  readonly originalUriBaseIds: Readonly<Record<string, unknown>>;
  readonly invocations: readonly [
    {
      readonly exitCode: number;
      readonly toolExecutionNotifications: readonly {
        readonly descriptor: { readonly id: string; readonly index: number };
        readonly level: string;
      }[];
    },
  ];
  readonly results: readonly {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly kind: string;
    readonly level: string;
    readonly message: { readonly text: string };
    readonly locations: readonly [
      {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
          readonly region?: { readonly startLine: number; readonly startColumn: number };
        };
      },
    ];
    readonly partialFingerprints: { readonly primaryLocationLineHash: string };
    readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
  }[];
}

function logOf(report: Report, language: (typeof LANGUAGES)[number] = "en"): { readonly runs: readonly [Run] } {
  return JSON.parse([...sarifReport(report, catalogueOf(language))].join("")) as { readonly runs: readonly [Run] }; // as the schema test proves
}

const REPORTS: readonly (readonly [string, () => Report | Promise<Report>])[] = [
  ["the shop", shopReport],
  ["hostile names", hostileReport],
  ["a clean run", cleanReport],
  ["an empty input", nothingReport],
];

describe.each(REPORTS)("for %s", (_, make) => {
  test("every result names its rule, its place and itself", async () => {
    const report = await make();
    const [run] = logOf(report).runs;
    expect(run.results).toHaveLength([...reportedOf(report)].length);
    for (const { ruleId, ruleIndex, locations, kind, level } of run.results) {
      expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      const [{ physicalLocation }] = locations;
      const { uri, uriBaseId } = physicalLocation.artifactLocation;
      expect(new URL(uri, "file:///checkout/").href).toMatch(/^file:\/\/\//);
      if (uriBaseId !== undefined) expect(uri).not.toMatch(/^(?:\/|[a-z]+:)/);
      if (physicalLocation.region !== undefined) expect(physicalLocation.region.startLine).toBeGreaterThan(0);
      expect(level === "none").toBe(kind !== "fail");
    }
    const hashes = run.results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(run.columnKind).toBe("utf16CodeUnits");
  });

  test("every rule has what code scanning shows", async () => {
    const [{ tool }] = logOf(await make()).runs;
    expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length);
    for (const { help, properties } of tool.driver.rules) {
      expect(help.text).not.toBe("");
      expect(help.markdown).not.toBe("");
      expect(properties.tags.length).toBeLessThanOrEqual(20);
      expect(properties.tags).toContain("security");
      expect(Number(properties["security-severity"])).toBeGreaterThan(0);
      expect(Number(properties["security-severity"])).toBeLessThanOrEqual(10);
    }
  });

  test("every gap and note is a notification that names its descriptor", async () => {
    const report = await make();
    const [{ tool, invocations }] = logOf(report).runs;
    const { toolExecutionNotifications: notifications } = invocations[0];
    expect(notifications).toHaveLength(report.run.gaps.length + report.run.duplicates.length + report.run.notes.length);
    for (const { descriptor } of notifications)
      expect(tool.driver.notifications?.[descriptor.index]?.id).toBe(descriptor.id);
    const open = report.run.gaps.filter(({ isAccepted }) => isAccepted !== true).length;
    expect(notifications.filter(({ level }) => level === "warning")).toHaveLength(open);
  });
});

test("an excepted finding is a suppressed result with the reason", () => {
  const [{ results }] = logOf(hostileReport()).runs;
  const suppressed = results.filter(({ suppressions }) => suppressions !== undefined);
  expect(suppressed).toHaveLength(HOSTILE_NAMES.length);
  for (const { suppressions } of suppressed) expect(suppressions?.[0]?.justification).toMatch(/^because /);
});

test("file names become relative URIs that lead back to the file", () => {
  for (const name of HOSTILE_NAMES) {
    const { uri, uriBaseId } = fileLocation(`deploy/${name}.yaml`);
    expect(uri).toMatch(/^[\w\-.!~*'()%/]+$/);
    expect(uriBaseId).toBe("%SRCROOT%");
    expect(decodeURIComponent(uri)).toBe(`deploy/${name}.yaml`.toWellFormed());
  }
  expect(fileLocation("./a/b c.yaml")).toEqual({ uri: "a/b%20c.yaml", uriBaseId: "%SRCROOT%" });
  expect(fileLocation("/srv/a#b.yaml")).toEqual({ uri: "file:///srv/a%23b.yaml" });
  expect(fileLocation("C:\\deploy\\a.yaml")).toEqual({ uri: "file:///C:/deploy/a.yaml" });
  expect(fileLocation("-").uri).toBe("stdin");
});

test("a message holds no link and no placeholder that a name wrote", () => {
  for (const { message } of logOf(hostileReport()).runs[0].results) {
    expect(message.text).not.toMatch(/(?<!\\)\[[^\]]*\]\(/);
    expect(message.text).not.toMatch(/(?<!\{)\{\d+\}/);
  }
});

/** The schema as published, from a development package or the file that RINGWALL_SARIF_SCHEMA names. */
function publishedSchema(): string | undefined {
  const given = process.env["RINGWALL_SARIF_SCHEMA"];
  if (given !== undefined) return given;
  const { resolve } = createRequire(import.meta.url);
  try {
    const file = resolve("@microsoft/jest-sarif").replace(/index\.js$/, "schemas/sarif-2.1.0-rtm.5.json");
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

const schemaFile = publishedSchema();

const schemaTest = "every log is as the published SARIF 2.1.0 schema says";

test.skipIf(schemaFile === undefined)(schemaFile === undefined ? `${schemaTest} (no schema)` : schemaTest, async () => {
  // The schema is of draft 4, which differs only in the name of its id from what is checked here.
  const {
    $schema: _,
    id: __,
    ...schema
  } = JSON.parse(readFileSync(schemaFile ?? "", "utf8")) as Record<string, unknown>;
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(
    schema,
  );
  expect(validate({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  for (const [, make] of REPORTS) {
    for (const language of LANGUAGES) {
      validate(logOf(await make(), language));
      expect(validate.errors ?? []).toEqual([]);
    }
  }
});
