import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { mistakesIn } from "../formats/json-schemas.ts";
import { ringwall, withFolder } from "./program.ts";
import { testWithRenderer } from "./renderers.ts";
import { scanJson, type FindingJson } from "./report-json.ts";

const RULE = ["--rule", "workloads/privileged-container,workloads/host-pid"];
const NO_PROGRAMS = { PATH: "" };
const fixed = (findings: readonly FindingJson[]) =>
  findings
    .map(({ rule, resource, evidence: [first] }) => [
      `${resource.kind} ${resource.namespace ?? ""}/${resource.name} ${rule.replace("workloads/", "")}`,
      first?.file,
      first?.rendered === undefined ? first?.line : `rendered ${first.rendered.line}`,
    ])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));

const CHART = {
  "charts/shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 0.1.0\n",
  "charts/shop/values.yaml": "privileged: true\nhostPID: false\n",
  "charts/shop/templates/cart.yaml": `{{- if .Values.enabled | default true }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-cart
  namespace: {{ .Release.Namespace }}
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      hostPID: {{ .Values.hostPID }}
      containers:
        - name: cart
          image: cart:1
          securityContext:
            privileged: {{ .Values.privileged }}
{{- end }}
`,
  "charts/shop/templates/hooks.yaml": `apiVersion: v1
kind: Pod
metadata: { name: migrate, annotations: { helm.sh/hook: pre-install } }
spec: { hostPID: true, containers: [{ name: a, image: b }] }
---
apiVersion: v1
kind: Pod
metadata: { name: check, annotations: { helm.sh/hook: test } }
spec: { hostPID: true, containers: [{ name: a, image: b }] }
`,
  "charts/shop/crds/widget.yaml":
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: widgets.example.com }\n",
  "charts/shop/charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.1.0\n",
  "charts/shop/charts/sub/templates/pod.yaml":
    "apiVersion: v1\nkind: Pod\nmetadata: { name: sub }\nspec: { hostPID: true, containers: [{ name: a, image: b }] }\n",
};

describe("charts", () => {
  testWithRenderer(
    "helm",
    "hooks, tests, CRDs and subcharts are rendered; findings name template and rendered line",
    (environment) =>
      withFolder(CHART, async (directory) => {
        const { code, report } = await scanJson(["charts", ...RULE], { directory, environment });
        expect(code).toBe(1);
        expect(report.incomplete).toEqual([]);
        expect(report.summary.objects).toBe(5);
        expect(fixed(report.findings)).toEqual([
          [
            "Deployment default/shop-cart privileged-container",
            "charts/shop/templates/cart.yaml",
            expect.stringMatching(/^rendered \d+$/),
          ],
          ["Pod default/check host-pid", "charts/shop/templates/hooks.yaml", expect.stringMatching(/^rendered \d+$/)],
          ["Pod default/migrate host-pid", "charts/shop/templates/hooks.yaml", expect.stringMatching(/^rendered \d+$/)],
          [
            "Pod default/sub host-pid",
            "charts/shop/charts/sub/templates/pod.yaml",
            expect.stringMatching(/^rendered \d+$/),
          ],
        ]);
        expect(mistakesIn(report, "report.v1.json")).toEqual([]);
        const { stdout } = await ringwall(["scan", "charts", ...RULE], { directory, environment });
        const args = ["template", "shop", "charts/shop", "--include-crds", "--namespace", "default"];
        const printed = execFileSync(join(environment.PATH, "helm"), [...args, "--kube-version", "v1.37.0"], {
          cwd: directory,
          encoding: "utf8",
        }).split("\n");
        const lines = report.findings.map(({ evidence: [first] }) => printed[(first?.rendered?.line ?? 0) - 1]);
        for (const line of lines) expect(line).toMatch(/privileged: true|hostPID: true/);
        expect(stdout).toMatch(/shop\/templates\/cart\.yaml \(rendered \d+:13\)/);
        for (const format of ["sarif", "github", "junit", "markdown", "csv", "html", "ndjson"])
          expect([
            format,
            (await ringwall(["scan", "charts", ...RULE, "-o", format], { directory, environment })).code,
          ]).toEqual([format, 1]);
      }),
  );

  testWithRenderer("helm", "values, single values, namespace and settings reach helm", (environment) =>
    withFolder({ ...CHART, "prod.yaml": "privileged: false\nhostPID: true\n" }, async (directory) => {
      const rule = ["--rule", "privileged-container,host-pid", "--kind", "Deployment"];
      const found = async (...flags: string[]) =>
        fixed((await scanJson(["charts", ...rule, ...flags], { directory, environment })).report.findings).map(
          ([what]) => what,
        );
      expect(await found("--helm-values", "prod.yaml")).toEqual(["Deployment default/shop-cart host-pid"]);
      expect(await found("--helm-values", "prod.yaml", "--helm-set", "hostPID=false", "-n", "shop")).toEqual([]);
      expect(await found("--helm-set", "hostPID=true", "-n", "shop")).toEqual([
        "Deployment shop/shop-cart host-pid",
        "Deployment shop/shop-cart privileged-container",
      ]);
      writeFileSync(join(directory, "ringwall.yaml"), "helm-values: prod.yaml\n");
      expect(await found()).toEqual(["Deployment default/shop-cart host-pid"]);
    }),
  );

  testWithRenderer("helm", "what helm refuses is a gap in its words, never a clean result", (environment) =>
    withFolder(
      {
        "a/Chart.yaml":
          "apiVersion: v2\nname: a\nversion: 0.1.0\ndependencies: [{ name: redis, version: 1.0.0, repository: 'https://192.0.2.1' }]\n",
        "b/Chart.yaml": "apiVersion: v2\nname: b\nversion: 0.1.0\n",
        "b/templates/x.yaml": "{{ .Values.a.b.c }}\n",
        "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\ntype: library\n",
        "d/Chart.yaml": "not: [a chart\n",
      },
      async (directory) => {
        const { code, report } = await scanJson([".", ...RULE], { directory, environment });
        expect(code).toBe(3);
        const gaps = report.incomplete.filter((gap) => gap.code === "helm-not-rendered");
        expect(gaps.map(({ what, accepted }) => [what, accepted === true])).toEqual([
          ["a", false],
          ["b", false],
          ["c", true],
          ["d", false],
        ]);
        expect(gaps[0]?.reason).toContain("missing in charts/ directory: redis");
        expect(gaps[1]?.reason).toContain("nil pointer evaluating");
        for (const { reason } of gaps) expect(reason).not.toContain(directory);
      },
    ),
  );

  test("without helm it is a gap that says so; accepted, it leaves the run complete", () =>
    withFolder(
      {
        ...CHART,
        "accepted.yaml":
          "gaps:\n  - { code: helm-not-rendered, path: charts/shop, reason: r, owner: o, expires: 2099-01-01 }\n",
      },
      async (directory) => {
        const { code, report } = await scanJson(["."], { directory, environment: NO_PROGRAMS });
        expect(code).toBe(3);
        expect(report.incomplete).toMatchObject(
          [
            { code: "helm-not-rendered", what: "charts/shop", reason: "Helm chart, and no `helm` on PATH" },
            { code: "no-objects" },
          ].toReversed(),
        );
        const accepted = await scanJson(["charts/shop", "--exceptions", "accepted.yaml"], {
          directory,
          environment: NO_PROGRAMS,
        });
        expect(accepted.code).toBe(3); // nothing at all was looked at
        writeFileSync(join(directory, "a.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n");
        const both = await scanJson([".", ...RULE, "--exceptions", "accepted.yaml"], {
          directory,
          environment: NO_PROGRAMS,
        });
        expect([both.code, both.report.incomplete[0]?.accepted]).toEqual([0, true]);
      },
    ));

  test.each([
    ["--helm-values", "nowhere.yaml", "no such file or directory: nowhere.yaml"],
    ["--helm-values", "https://192.0.2.1/values.yaml", "no such file or directory: https://192.0.2.1/values.yaml"],
    ["--helm-set", "privileged", 'takes KEY=VALUE, not "privileged"'],
    ["--render-timeout", "soon", 'not "soon"'],
    ["--render-timeout", "0", 'not "0"'],
  ])("%s %s is a usage error", (flag, value, expected) =>
    withFolder(CHART, async (directory) => {
      const { code, stderr } = await ringwall(["scan", ".", flag, value], { directory });
      expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
    }),
  );
});

const POD =
  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: cart\nspec:\n  containers:\n    - name: main\n      image: x:1\n      securityContext:\n        privileged: true\n";
const KUSTOMIZATIONS = {
  "base/kustomization.yaml": "resources: [pods.yaml]\n",
  "base/pods.yaml": `apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { ports: [{ port: 80 }] }\n---\n${POD}`,
  "overlays/prod/kustomization.yml":
    "namespace: prod\nnameSuffix: -x\nresources: [../../base]\npatches:\n  - target: { kind: Pod }\n    patch: |-\n      - { op: add, path: /spec/hostPID, value: true }\n",
  "component/kustomization.yaml":
    "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nlabels: [{ pairs: { a: b } }]\n",
};

describe("kustomizations", () => {
  for (const renderer of ["kustomize", "kubectl"] as const) {
    testWithRenderer(
      renderer,
      `are built by ${renderer}; findings name the file, and the line where it is the written one`,
      (environment) =>
        withFolder(KUSTOMIZATIONS, async (directory) => {
          const before = leftovers();
          const { code, report } = await scanJson([".", ...RULE], { directory, environment });
          expect(code).toBe(1);
          expect(report.incomplete).toEqual([]);
          expect(fixed(report.findings)).toEqual([
            ["Pod default/cart privileged-container", "base/pods.yaml", 15],
            ["Pod prod/cart-x host-pid", "base/pods.yaml", expect.stringMatching(/^rendered \d+$/)],
            ["Pod prod/cart-x privileged-container", "base/pods.yaml", 15],
          ]);
          expect(leftovers()).toEqual(before);
        }),
    );
  }

  testWithRenderer("kustomize", "what it refuses is a gap in its words", (environment) =>
    withFolder({ "kustomization.yaml": "resources: [nope.yaml]\n" }, async (directory) => {
      const { code, report } = await scanJson([".", ...RULE], { directory, environment });
      expect(code).toBe(3);
      const gap = report.incomplete.find((one) => one.code === "kustomize-not-rendered");
      expect(gap?.reason).toContain("nope.yaml");
    }),
  );

  testWithRenderer(
    "kustomize",
    "a remote resource is not fetched: the proxy it gets leads nowhere, Git has no transport",
    (environment) =>
      withFolder(
        {
          "http/kustomization.yaml": "resources: ['https://192.0.2.1/x.yaml']\n",
          "git/kustomization.yaml": "resources: ['https://192.0.2.1/a/b.git?ref=v1']\n",
        },
        async (directory) => {
          const PATH = [environment.PATH, process.env["PATH"] ?? ""].join(delimiter); // with git
          const { code, report } = await scanJson([".", ...RULE], { directory, environment: { PATH } });
          expect(code).toBe(3);
          const gaps = report.incomplete.filter((gap) => gap.code === "kustomize-not-rendered");
          expect(gaps.map(({ what }) => what)).toEqual(["git", "http"]);
          for (const { reason } of gaps) expect(reason).toContain("wanted the network, which it is not given");
        },
      ),
  );

  test("without any builder it is a gap that says so", () =>
    withFolder(KUSTOMIZATIONS, async (directory) => {
      const { code, report } = await scanJson(["base"], { directory, environment: NO_PROGRAMS });
      expect(code).toBe(3);
      expect(report.incomplete).toEqual(
        expect.arrayContaining([expect.objectContaining({ code: "kustomize-not-rendered", what: "base" })]),
      );
    }));
});

describe("a renderer", () => {
  const withProgram = async (script: string, use: (folder: string) => Promise<void>): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), "ringwall-journey-"));
    try {
      writeFileSync(join(folder, "helm"), `#!${process.execPath}\n${script}`);
      chmodSync(join(folder, "helm"), 0o755);
      await use(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test("that does not end is stopped after --render-timeout", () =>
    withProgram("setInterval(() => {}, 1000);", (PATH) =>
      withFolder(CHART, async (directory) => {
        const flags = ["charts/shop", "--render-timeout", "0.3"];
        const { code, report } = await scanJson(flags, { directory, environment: { PATH } });
        expect([code, report.incomplete.some(({ reason }) => reason.includes("took longer than 0.3 s"))]).toEqual([
          3,
          true,
        ]);
      }),
    ));

  test("gets its arguments as they are, never through a shell", () =>
    withProgram(
      "process.stderr.write('Error: ' + JSON.stringify(process.argv.slice(2)) + '\\n'); process.exit(1);",
      (PATH) =>
        withFolder({ "$(touch x)/Chart.yaml": "name: $(touch y)\n" }, async (directory) => {
          const flags = [".", "--helm-set", "a=$(touch z); touch z"];
          const { report } = await scanJson(flags, { directory, environment: { PATH } });
          const said = report.incomplete.find((gap) => gap.code === "helm-not-rendered")?.reason ?? "";
          expect(said).toContain('"template","release-name","$(touch x)"');
          expect(said).toContain('"--set","a=$(touch z); touch z"');
          expect(readdirSync(directory)).toEqual(["$(touch x)"]);
        }),
    ));

  test("in the scanned folder is not run, though PATH may name it", () =>
    withProgram("", () =>
      withFolder(
        { ...CHART, helm: `#!${process.execPath}\nrequire("fs").writeFileSync("ran", "")` },
        async (directory) => {
          chmodSync(join(directory, "helm"), 0o755);
          const { report } = await scanJson(["charts"], {
            directory,
            environment: { PATH: [".", ""].join(delimiter) },
          });
          expect(report.incomplete.some(({ reason }) => reason.includes("no `helm` on PATH"))).toBe(true);
          expect(readdirSync(directory)).not.toContain("ran");
        },
      ),
    ));

  test("cannot forge the file of a finding", () =>
    withProgram(
      `process.stdout.write("---\\n# Source: shop/../../../etc/passwd\\napiVersion: v1\\nkind: Pod\\nmetadata: {name: a}\\nspec: {hostPID: true, containers: [{name: a, image: b}]}\\n")`,
      (PATH) =>
        withFolder(CHART, async (directory) => {
          const { report } = await scanJson(["charts", ...RULE], { directory, environment: { PATH } });
          expect(report.findings[0]?.evidence[0]?.file).toBe("charts/shop/Chart.yaml");
        }),
    ));
});

function leftovers(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith("ringwall-kustomize-"));
}
