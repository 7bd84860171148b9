import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf } from "./file-lines.ts";
import { configMap, needsIn, SERVERS, workload } from "./needs.fixture.ts";
import { scrapeJobsIn } from "./prometheus-config.ts";
import { bareHostsIn, pairsIn, socketsIn, urlsIn, withAnyPod } from "./written-host.ts";

const LONG = 3_000;
const PIECES = [
  "a",
  "a.",
  "-",
  ":",
  "://",
  "@",
  "/",
  "http://",
  "a:1,",
  "//a:b@",
  " ",
  "\n",
  "- a\n",
  "names:\n",
  "role: pod\n",
  "regex: (a|a)*\n",
  "1",
  '"',
  "$(",
  "${A}",
  "a=",
  "--a=",
  "\t- - ",
  "[",
  "a:",
  "::",
];

test("every reader of texts is linear in hostile ones", () => {
  // Each piece and each pair of pieces, many times over: an expression that goes back over and over would not end.
  const texts = PIECES.flatMap((piece) =>
    PIECES.map((other) => (piece + other).repeat(LONG / (piece.length + other.length))),
  );
  for (const text of texts) {
    for (const read of [urlsIn, socketsIn, pairsIn, bareHostsIn, linesOf, withAnyPod]) expect(read(text)).toBeDefined();
    expect(scrapeJobsIn(`scrape_configs:\n- job_name: a\n  kubernetes_sd_configs:\n${text}`)).toBeDefined();
  }
}, 60_000);

test("objects with fields of any type make no reader throw", () => {
  const odd = fc.constantFrom<unknown>(null, 7, "x", [], {}, [null], [7], { a: null }, "http://api", true);
  fc.assert(
    fc.property(odd, odd, odd, odd, (a, b, c, d) => {
      const objects = [
        ...SERVERS,
        workload(
          "Deployment",
          "web",
          { env: a, args: b, envFrom: [{ configMapRef: c }] },
          { volumes: d, hostAliases: a },
        ),
        workload(
          "Deployment",
          "web2",
          { env: [{ name: "A", value: a }], livenessProbe: b },
          { volumes: [{ configMap: c }] },
        ),
        { ...configMap("m", {}), data: a },
        {
          apiVersion: "admissionregistration.k8s.io/v1",
          kind: "ValidatingWebhookConfiguration",
          metadata: { name: "v" },
          webhooks: a,
        },
        { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "i" }, spec: b },
        { apiVersion: "monitoring.coreos.com/v1", kind: "ServiceMonitor", metadata: { name: "s" }, spec: c },
        {
          apiVersion: "rbac.authorization.k8s.io/v1",
          kind: "RoleBinding",
          metadata: { name: "r" },
          subjects: d,
          roleRef: a,
        },
        {
          apiVersion: "apiextensions.k8s.io/v1",
          kind: "CustomResourceDefinition",
          metadata: { name: "c" },
          spec: { conversion: b },
        },
      ];
      expect(needsIn(objects).needs).toBeDefined();
    }),
    { seed: 10, numRuns: 100 },
  );
});

test("a key of a ConfigMap that objects have by nature is a key like others", () => {
  for (const key of ["constructor", "__proto__", "toString"]) {
    const asks = (name: string) => ({ env: [{ name: "API", valueFrom: { configMapKeyRef: { name, key } } }] });
    const data = JSON.parse(`{ ${JSON.stringify(key)}: "http://api" }`) as Record<string, string>; // own keys all
    const objects = [...SERVERS, workload("Deployment", "web", asks("m")), { ...configMap("m", {}), data }];
    const none = [
      ...SERVERS,
      workload("Deployment", "web", asks("absent")),
      workload("Deployment", "v", asks("empty")),
    ];
    expect([key, needsIn(objects).needs.length - needsIn([...none, configMap("empty", {})]).needs.length]).toEqual([
      key,
      1,
    ]);
  }
});
