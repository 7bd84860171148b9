import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mistakesIn } from "../formats/json-schemas.ts";
import { ringwall, withFolder } from "./program.ts";
import { scanJson } from "./report-json.ts";

const RULE = ["--rule", "workloads/privileged-container,workloads/host-pid"];
const pod = (name: string, annotations = "{}"): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  annotations: ${annotations}\nspec:\n  hostPID: true\n  containers:\n    - name: main\n      image: x:1\n      securityContext: { privileged: true }\n`;
const answer = "reason: needs devices, owner: platform, expires: 2099-12-31";
const exception = (rule: string, name: string, rest = answer): string =>
  `  - { rule: ${rule}, resource: { name: ${name} }, ${rest} }\n`;

const FORMATS = ["text", "json", "ndjson", "sarif", "junit", "markdown", "html", "csv", "github"];

test("an excepted finding fails nothing, and every format shows who answers for it, why and until when", () =>
  withFolder(
    {
      "deploy/a.yaml": pod("a"),
      "ringwall.exceptions.yaml": `exceptions:\n${exception("C-0057", "a")}${exception("host-pid", '"*"')}`,
    },
    async (directory) => {
      const { code, report } = await scanJson(["deploy", ...RULE], { directory });
      expect(code).toBe(0);
      expect(report.findings).toEqual([]);
      expect(report.summary.verdicts).toMatchObject({ fail: 0, excepted: 2 });
      expect(report.excepted.map(({ exception }) => exception)).toEqual(
        expect.arrayContaining([
          {
            reason: "needs devices",
            owner: "platform",
            expires: "2099-12-31",
            origin: "file",
            file: "ringwall.exceptions.yaml",
            line: 2,
            column: 5,
          },
        ]),
      );
      expect(report.notes?.map(({ code, line }) => [code, line])).toEqual([["exception-over-broad", 3]]);
      expect(mistakesIn(report, "report.v1.json")).toEqual([]);
      for (const format of FORMATS) {
        const { code, stdout } = await ringwall(["scan", "deploy", ...RULE, "-o", format], { directory });
        expect([format, code]).toEqual([format, 0]);
        for (const said of ["needs devices", "platform", "2099-12-31"])
          expect([format, stdout.includes(said)]).toEqual([format, true]);
      }
      const without = await scanJson(["deploy", ...RULE, "--no-exceptions"], { directory });
      expect([without.code, without.report.findings.length]).toEqual([1, 2]);
    },
  ));

test("the file is found from a folder below, and not above a Git root", () =>
  withFolder(
    {
      ".git/HEAD": "",
      "team/shop/a.yaml": pod("a"),
      "ringwall.exceptions.yaml": `exceptions:\n${exception("'*'", "a")}`,
      "vendored/.git/HEAD": "",
      "vendored/a.yaml": pod("a"),
    },
    async (folder) => {
      const below = await scanJson([".", ...RULE], { directory: join(folder, "team/shop") });
      expect([below.code, below.report.excepted[0]?.exception?.file]).toEqual([0, "../../ringwall.exceptions.yaml"]);
      expect((await scanJson([".", ...RULE], { directory: join(folder, "vendored") })).code).toBe(1);
    },
  ));

test("expired: the finding is open, and the exception is told with its line", () =>
  withFolder(
    {
      "a.yaml": pod("a"),
      "e.yaml": `exceptions:\n${exception("C-0057", "a", "reason: r, owner: o, expires: 2020-01-31")}`,
    },
    async (directory) => {
      const flags = ["a.yaml", ...RULE, "--exceptions", "e.yaml"];
      const { code, report } = await scanJson(flags, { directory });
      expect(code).toBe(1);
      expect(report.findings.map(({ rule }) => rule)).toContain("workloads/privileged-container");
      expect(report.notes).toMatchObject([{ code: "exception-expired", file: "e.yaml", line: 2 }]);
      const { stdout } = await ringwall(["scan", ...flags], { directory });
      expect(stdout).toMatch(/e\.yaml:2:5 {2}the exception for C-0057 expired on 2020-01-31: 1 finding is open/);
    },
  ));

test("annotations on the object count, with their answers", () =>
  withFolder(
    {
      "a.yaml": pod(
        "a",
        `{ ringwall.dev/except: "host-pid,privileged-container", ringwall.dev/except-reason: r, ringwall.dev/except-owner: o, ringwall.dev/except-expires: "2099-01-01" }`,
      ),
    },
    async (directory) => {
      const { code, report } = await scanJson([".", ...RULE], { directory });
      expect(code).toBe(0);
      expect(report.excepted.map(({ exception }) => [exception?.origin, exception?.owner, exception?.line])).toEqual([
        ["annotation", "o", 5],
        ["annotation", "o", 5],
      ]);
    },
  ));

describe("a draft", () => {
  test("names every finding with its evidence; once answered, it excepts all of them, until an object changes", () =>
    withFolder({ "a.yaml": pod("a"), "b.yaml": pod("b:2\u2028") }, async (directory) => {
      const draft = join(directory, "ringwall.exceptions.yaml");
      expect((await ringwall(["scan", ".", ...RULE, "--draft-exceptions", draft], { directory })).code).toBe(1);
      const text = readFileSync(draft, "utf8");
      expect(text.match(/- rule:/g)).toHaveLength(4);
      const again = await ringwall(["scan", ".", ...RULE, "--draft-exceptions", draft], { directory });
      expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("is there already")]);
      const answered = text
        .replaceAll('reason: ""', "reason: r")
        .replaceAll('owner: ""', "owner: o")
        .replaceAll('expires: ""', "expires: 2099-01-01");
      writeFileSync(draft, answered);
      const first = await scanJson([".", ...RULE], { directory });
      expect([first.code, first.report.excepted.length, first.report.notes]).toEqual([0, 4, undefined]);

      writeFileSync(join(directory, "a.yaml"), pod("a").replace("hostPID: true", "hostPID: true\n  hostIPC: true"));
      expect((await scanJson([".", ...RULE], { directory })).code).toBe(0);
      writeFileSync(draft, answered.replace(/evidence: "\w+"/, 'evidence: "0"'));
      const changed = await scanJson([".", ...RULE], { directory });
      expect([changed.code, changed.report.findings.length]).toEqual([1, 1]);
      expect(changed.report.notes).toMatchObject([{ code: "exception-changed", line: 4 }]);
    }));

  test("re-opens when the value itself is another", () =>
    withFolder(
      { "a.yaml": pod("a").replace("hostPID: true", "volumes: [{ name: v, hostPath: { path: /var/log } }]") },
      async (directory) => {
        const rule = ["--rule", "host-path-volume"];
        const draft = join(directory, "ringwall.exceptions.yaml");
        expect((await ringwall(["scan", "a.yaml", ...rule, "--draft-exceptions", draft], { directory })).stderr).toBe(
          "",
        );
        const before = await scanJson(["a.yaml", ...rule], { directory });
        expect([before.report.findings.length, before.report.excepted.length]).toEqual([0, 1]);
        const file = join(directory, "a.yaml");
        writeFileSync(file, readFileSync(file, "utf8").replace("/var/log", "/var/cache"));
        const after = await scanJson(["a.yaml", ...rule], { directory });
        expect([after.report.findings.length, after.report.excepted.length]).toEqual([1, 0]);
      },
    ));
});

test("an accepted gap leaves the run complete, and says who accepted it", () =>
  withFolder(
    {
      "a.yaml": pod("a").replaceAll("true", "false"),
      "crds/w.yaml":
        "apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\nspec: { a: { containers: [{ name: a, image: b }] } }\n",
      "accepted.yaml": `gaps:\n  - { path: crds, reason: no pods, owner: platform, expires: 2099-01-01 }\n`,
    },
    async (directory) => {
      expect((await scanJson([".", ...RULE], { directory })).code).toBe(3);
      const { code, report } = await scanJson([".", ...RULE, "--exceptions", "accepted.yaml"], { directory });
      expect(code).toBe(0);
      expect(report.incomplete).toMatchObject([
        { code: "unknown-pod-carrier", accepted: true, exception: { owner: "platform" } },
      ]);
      expect(mistakesIn(report, "report.v1.json")).toEqual([]);
    },
  ));

test.each([
  [
    "an unknown rule",
    "exceptions:\n  - rule: privilegd-container\n",
    /^ringwall: e\.yaml:2:5: exceptions\[0\]\.rule: no such value "privilegd-container"\. Did you mean workloads\/privileged-container\?\n$/,
  ],
  [
    "an unknown key",
    "exceptions:\n  - rule: host-pid\n    expire: x\n",
    /^ringwall: e\.yaml:3:5: no such key "expire" .*Did you mean expires\?\n$/,
  ],
  ["broken YAML", "exceptions: [\n", /^ringwall: e\.yaml:\d+:\d+: /],
  ["two documents", "exceptions: []\n---\ngaps: []\n", /^ringwall: e\.yaml:1:1: /],
  ["a list", "- rule: host-pid\n- rule: host-ipc\n", /^ringwall: e\.yaml:/],
])("%s in the file is a usage error with its place", (_, text, expected) =>
  withFolder({ "a.yaml": pod("a"), "e.yaml": text }, async (directory) => {
    const { code, stdout, stderr } = await ringwall(["scan", "a.yaml", "--exceptions", "e.yaml"], { directory });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(expected);
  }),
);

describe("--respect", () => {
  const annotations = {
    kubescape: `{ kubescape.io/skip-controls: C-0057, kubescape.io/skip-reason: because }`,
    checkov: `{ checkov.io/skip1: "CKV_K8S_16=because" }`,
    "kube-linter": `{ ignore-check.kube-linter.io/privileged-container: because }`,
    polaris: `{ polaris.fairwinds.com/runAsPrivileged-exempt: "true" }`,
    "kube-score": `{ kube-score/ignore: container-security-context-privileged }`,
  };

  test.each(Object.entries(annotations))("%s: its annotation is honoured on request, and only then", (tool, text) =>
    withFolder({ "a.yaml": pod("a", text) }, async (directory) => {
      const rule = ["--rule", "privileged-container"];
      expect((await scanJson(["a.yaml", ...rule], { directory })).report.findings).toHaveLength(1);
      const { code, report } = await scanJson(["a.yaml", ...rule, "--respect", tool], { directory });
      expect([code, report.findings.length]).toEqual([0, 0]);
      expect(report.excepted[0]?.exception).toMatchObject({ origin: tool, file: "a.yaml", line: 5 });
      const other = tool === "polaris" ? "checkov" : "polaris";
      expect((await scanJson(["a.yaml", ...rule, "--respect", other], { directory })).code).toBe(1);
    }),
  );

  test("trivy: both its ignore files, with path, statement and day", () =>
    withFolder(
      {
        "a.yaml": pod("a"),
        "deploy/b.yaml": pod("b"),
        ".trivyignore.yaml":
          "misconfigurations:\n  - { id: AVD-KSV-0017, paths: [deploy/*.yaml], statement: because, expired_at: 2099-01-01 }\n",
      },
      async (directory) => {
        const flags = [".", "--rule", "privileged-container", "--respect", "trivy"];
        const { report } = await scanJson(flags, { directory });
        expect(report.findings.map(({ resource }) => resource.name)).toEqual(["a"]);
        expect(report.excepted[0]?.exception).toMatchObject({
          reason: "because",
          expires: "2098-12-31",
          origin: "trivy",
          file: ".trivyignore.yaml",
          line: 2,
        });
        writeFileSync(
          join(directory, ".trivyignore"),
          "CVE-2024-1\n# it drives hardware\nKSV017\nKSV-0010 exp:2020-01-01\n",
        );
        const both = await scanJson(flags, { directory });
        expect(both.report.excepted.map(({ exception }) => exception?.reason)).toContain("it drives hardware");
      },
    ));

  test("an unknown tool is a usage error", async () => {
    const { code, stderr } = await ringwall(["scan", "examples", "--respect", "kubelinter"]);
    expect([code, stderr]).toEqual([2, 'ringwall: no such tool "kubelinter". Did you mean kube-linter?\n']);
  });
});
