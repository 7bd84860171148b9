// Reads each format back as its consumers do, into what every report must hold: who failed, who is to be checked, who
// is excepted, and what was not evaluated.

import { printable } from "../../src/report/printable.ts";
import { readCsv } from "./csv-reader.ts";
import { readXml } from "./xml-reader.ts";

/** The names of resources (of what, for gaps) as the format shows them, in its order. */
export interface Contents {
  readonly fail: readonly string[];
  readonly manual: readonly string[];
  readonly excepted: readonly string[];
  readonly gaps: readonly string[];
  /** Without what is said of them. */
  readonly notes: readonly string[];
}

const SAID = /: given more than once[^]*$/;

export interface FormatReader {
  readonly read: (output: string) => Contents;
  /** How a name comes back: as it is, or with its dangerous characters made visible. */
  readonly shown: (name: string) => string;
}

const asItIs = (name: string): string => name;
const visible = (name: string): string => printable(name);

interface JsonFinding {
  readonly status: string;
  readonly resource: { readonly name: string };
}
interface JsonGap {
  readonly what: string;
}

const namesOf = (findings: readonly JsonFinding[]): readonly string[] => findings.map(({ resource }) => resource.name);

function readJson(output: string): Contents {
  const report = JSON.parse(output) as Record<"findings" | "manual" | "excepted", JsonFinding[]> & {
    incomplete: JsonGap[];
    notes?: JsonGap[];
  }; // schemas.test.ts holds the shape
  return {
    fail: namesOf(report.findings),
    manual: namesOf(report.manual),
    excepted: namesOf(report.excepted),
    gaps: report.incomplete.map(({ what }) => what),
    notes: (report.notes ?? []).map(({ what }) => what),
  };
}

function readNdjson(output: string): Contents {
  const lines = output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as JsonFinding & JsonGap & { type: string }); // schemas.test.ts holds the shape
  const ofType = (type: string) => lines.filter((line) => line.type === type);
  return {
    fail: namesOf(ofType("finding")),
    manual: namesOf(ofType("manual")),
    excepted: namesOf(ofType("excepted")),
    gaps: ofType("incomplete").map(({ what }) => what),
    notes: ofType("note").map(({ what }) => what),
  };
}

interface SarifResult {
  readonly kind: string;
  readonly suppressions?: readonly unknown[];
  readonly locations: readonly [{ readonly logicalLocations: readonly [{ readonly name: string }] }];
}

function readSarif(output: string): Contents {
  const log = JSON.parse(output) as {
    runs: [
      {
        results: SarifResult[];
        invocations: [{ toolExecutionNotifications: { descriptor: { id: string }; message: { text: string } }[] }];
      },
    ];
  }; // sarif.test.ts holds the shape
  const [{ results, invocations }] = log.runs;
  const names = (list: readonly SarifResult[]) => list.map(({ locations: [first] }) => first.logicalLocations[0].name);
  return {
    fail: names(results.filter(({ kind, suppressions }) => kind === "fail" && suppressions === undefined)),
    manual: names(results.filter(({ kind }) => kind === "review")),
    excepted: names(results.filter(({ suppressions }) => suppressions !== undefined)),
    gaps: invocations[0].toolExecutionNotifications
      .filter(({ descriptor }) => descriptor.id !== "duplicate")
      .map(({ message }) =>
        messageOf(message.text).replace(/^Not evaluated: ([^]*): (?:cannot read|no Kubernetes)[^]*$/, "$1"),
      ),
    notes: invocations[0].toolExecutionNotifications
      .filter(({ descriptor }) => descriptor.id === "duplicate")
      .map(({ message }) => messageOf(message.text).replace(SAID, "")),
  };
}

/** What a viewer shows of a message: escaped brackets and doubled braces stand for themselves (SARIF 2.1.0, 3.11). */
function messageOf(text: string): string {
  return text.replaceAll("\\[", "[").replace(/\{\{(\d+)\}\}/g, "{$1}");
}

function readJunit(output: string): Contents {
  const inside = readXml(output).children.flatMap(({ children }) => children);
  const cases = inside.filter(({ name }) => name === "testcase");
  const named = (test: (message: string | undefined, isFailure: boolean) => boolean) =>
    cases
      .filter(
        ({ children: [child] }) => child !== undefined && test(child.attributes["message"], child.name === "failure"),
      )
      .map(({ attributes }) => attributes["name"] ?? "");
  const resource = (name: string) => /^Deployment shop\/([^]*): Container /.exec(name)?.[1] ?? name;
  return {
    fail: named((_, isFailure) => isFailure).map(resource),
    manual: named((message, isFailure) => !isFailure && message === "to be checked by a person").map(resource),
    excepted: named((message, isFailure) => !isFailure && message?.startsWith("excepted: ") === true).map(resource),
    gaps: cases
      .filter(({ attributes }) => attributes["classname"] === "not evaluated")
      .map(({ attributes }) => attributes["name"]?.replace(/ {2}deploy\/[^]*:1:1$/, "") ?? ""),
    notes: inside
      .filter(({ name }) => name === "system-out")
      .flatMap(({ text }) => text.trimEnd().split("\n"))
      .map((line) => line.replace(SAID, "")),
  };
}

function readCsvReport(output: string): Contents {
  const rows = readCsv(output);
  const names = (status: string, column: string) =>
    rows.filter((row) => row["status"] === status).map((row) => (row[column] ?? "").replace(/^'/, ""));
  return {
    fail: names("fail", "name"),
    manual: names("manual", "name"),
    excepted: names("excepted", "name"),
    gaps: names("not-evaluated", "message"),
    notes: names("note", "name"),
  };
}

function readMarkdown(output: string): Contents {
  const folds = output.split("<details").slice(1);
  const cells = (label: RegExp, column: number) =>
    folds
      .filter((fold) => label.test(fold))
      .flatMap((fold) =>
        fold
          .split("\n")
          .filter((line) => line.startsWith("| "))
          .slice(2),
      )
      .map((line) => codeOf(line.slice(2, -2).split(/(?<!\\) \| /)[column] ?? ""));
  const resource = (text: string) => text.replace(/^Deployment shop\//, "");
  return {
    fail: cells(/<b>(?:critical|high|medium|low)<\/b>/, 0).map(resource),
    manual: cells(/<b>to be checked by a person<\/b>/, 0).map(resource),
    excepted: cells(/<b>excepted<\/b>/, 0).map(resource),
    gaps: cells(/<b>not evaluated<\/b>/, 1),
    notes: cells(/<b>note<\/b>/, 1).map((text) => text.replace(SAID, "")),
  };
}

function codeOf(cell: string): string {
  const fence = /^`+/.exec(cell)?.[0] ?? "";
  const inside = cell.slice(fence.length, -fence.length);
  return (fence.length > 1 ? inside.slice(1, -1) : inside).replaceAll("\\|", "|");
}

function readGithub(output: string): Contents {
  const commands = output
    .split("\n")
    .filter((line) => /^::(?:error|warning|notice) /.test(line))
    .map((line) => /^::\w+ (?:.*,)?title=([^:,]*)::(.*)$/.exec(line) ?? [])
    .map(([, title = "", message = ""]) => ({ title, message: decodeData(message).split("\n")[0] ?? "" }));
  const inLog = output
    .split("\n")
    .filter((line) =>
      /^(?:critical|high|medium|low|excepted|not evaluated|note|to be checked by a person) {2}/.test(line),
    );
  const named = (label: RegExp) => [
    ...commands.filter(({ title }) => label.test(title)).map(({ message }) => message),
    ...inLog
      .filter((line) => label.test(line))
      .map((line) => line.slice(Math.max(0, line.indexOf("Deployment shop/")))),
  ];
  const resource = (text: string) => /^Deployment shop\/([^]*?): Container /.exec(text)?.[1] ?? text;
  const gap = (text: string) =>
    /^(?:not evaluated {2}(?:deploy\/[^]*:1:1 {2})?)?([^]*?)(?:: | {2})cannot read/.exec(text)?.[1] ?? text;
  return {
    fail: named(/^(?:critical|high|medium|low)\b/).map(resource),
    manual: named(/^to be checked by a person/).map(resource),
    excepted: named(/^excepted/).map(resource),
    gaps: named(/^not evaluated/).map(gap),
    notes: named(/^note\b/).map((text) => text.replace(/^note {2}/, "").replace(SAID, "")),
  };
}

function decodeData(text: string): string {
  return text.replace(/%(25|0D|0A)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** The data blocks as an HTML parser delimits them: up to the first `</script`. */
function readHtml(output: string): Contents {
  const rows = (name: string): readonly unknown[] =>
    [...output.matchAll(/<script type="application\/json" class="(\w+)">([^]*?)<\/script/g)].flatMap(
      ([, block, text = ""]) => (block === name ? (JSON.parse(text) as unknown[]) : []), // arrays, as html.ts writes them
    );
  const resources = rows("resources") as readonly (readonly [kind: string, namespace: string, name: string])[];
  const findings = rows("findings") as readonly (readonly [status: number, rule: number, resource: number])[];
  const named = (status: number) =>
    findings.filter(([one]) => one === status).map(([, , resource]) => resources[resource]?.[2] ?? "");
  const lines = (name: string) =>
    rows(name) as readonly { readonly what: string; readonly text: { readonly en: string } }[];
  return {
    fail: named(0),
    manual: named(1),
    excepted: named(2),
    gaps: lines("gaps").map(({ what }) => what),
    notes: lines("notes").map(({ text }) => text.en.replace(SAID, "")),
  };
}

function readText(output: string): Contents {
  const lines: Record<keyof Contents | "other", string[]> = {
    fail: [],
    manual: [],
    excepted: [],
    gaps: [],
    notes: [],
    other: [],
  };
  let section: keyof typeof lines = "other";
  for (const line of output.split("\n")) {
    if (/^(?:CRITICAL|HIGH|MEDIUM|LOW)$/.test(line)) section = "fail";
    else if (line === "TO BE CHECKED BY A PERSON") section = "manual";
    else if (/^EXCEPTED {2}\d+$/.test(line)) section = "excepted";
    else if (/^NOT EVALUATED {2}\d+$/.test(line)) section = "gaps";
    else if (line === "NOTES") section = "notes";
    else if (/^\S/.test(line)) section = "other";
    else lines[section].push(line);
  }
  const resources = (list: readonly string[]) =>
    list.flatMap((line) => /^ {6}shop\/(.*?) {2,}Deployment\b/.exec(line)?.[1] ?? []);
  return {
    fail: resources(lines.fail),
    manual: resources(lines.manual),
    excepted: resources(lines.excepted),
    gaps: output.startsWith("Nothing was evaluated: ")
      ? ["deploy"]
      : lines.gaps.flatMap((line) => /cannot read (.*?)(?: \(accepted\))?$/.exec(line)?.[1] ?? []),
    notes: lines.notes.flatMap((line) => /^ {2}(\S.*?): given more/.exec(line)?.[1] ?? []),
  };
}

export const READERS: Readonly<Record<string, FormatReader>> = {
  text: { read: readText, shown: visible },
  json: { read: readJson, shown: asItIs },
  ndjson: { read: readNdjson, shown: asItIs },
  sarif: { read: readSarif, shown: visible },
  junit: { read: readJunit, shown: (name) => visible(name).replace("\ufffe", "\\ufffe") },
  html: { read: readHtml, shown: visible },
  csv: { read: readCsvReport, shown: visible },
  markdown: { read: readMarkdown, shown: visible },
  github: { read: readGithub, shown: (name) => visible(name).replaceAll("##[", "## [") },
};
