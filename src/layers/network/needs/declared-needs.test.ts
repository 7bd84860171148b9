import { expect, test } from "vitest";
import { configMap, hintTexts, needsIn, needTexts, SERVERS, serviceOf, workload } from "./needs.fixture.ts";

const WEB = workload("Deployment", "web", { ports: [{ name: "http", containerPort: 8080 }] });

function admission(kind: string, service: object): object {
  const webhooks = [{ name: "a.example.com", clientConfig: { service: { namespace: "shop", ...service } } }];
  return { apiVersion: "admissionregistration.k8s.io/v1", kind, metadata: { name: "hook" }, webhooks };
}

test("webhooks: the API server reaches the pods' port, not the Service's", () => {
  const service = serviceOf("web", [{ port: 443, targetPort: 9443 }]);
  const needs = needsIn([WEB, service, admission("ValidatingWebhookConfiguration", { name: "web" })]);
  expect(needTexts(needs)).toEqual(["api-server > shop/web[Deployment] TCP/9443"]);
  expect(needs.needs[0]?.because).toMatchObject([{ kind: "webhook", through: "svc/shop/web:443" }]);
});

test("webhooks: conversions and aggregated APIs count, and a wrong Service is a hint", () => {
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "a.example.com" },
    spec: {
      conversion: {
        strategy: "Webhook",
        webhook: { clientConfig: { service: { namespace: "shop", name: "web", port: 8443 } } },
      },
    },
  };
  const api = {
    apiVersion: "apiregistration.k8s.io/v1",
    kind: "APIService",
    metadata: { name: "v1.example.com" },
    spec: { service: { namespace: "shop", name: "web", port: 444 } },
  };
  const service = serviceOf("web", [
    { name: "a", port: 8443 },
    { name: "b", port: 444, targetPort: 4444 },
  ]);
  const needs = needsIn([WEB, service, crd, api, admission("MutatingWebhookConfiguration", { name: "web2" })]);
  expect(needTexts(needs)).toEqual([
    "api-server > shop/web[Deployment] TCP/4444",
    "api-server > shop/web[Deployment] TCP/8443",
  ]);
  expect(hintTexts(needs)).toEqual(["no-such-service webhooks[0].clientConfig.service: shop/web2"]);
  expect(needs.unresolved[0]?.nearest).toEqual(["shop/web"]);
});

test("probes come from the nodes, by the number that a name has in the container", () => {
  const probed = workload("Deployment", "web", {
    ports: [{ name: "http", containerPort: 8080 }],
    livenessProbe: { httpGet: { port: "http" } },
    readinessProbe: { tcpSocket: { port: 9000 } },
    startupProbe: { grpc: { port: 9001 } },
    lifecycle: { preStop: { httpGet: { port: 9002 } } },
  });
  const odd = workload("Deployment", "odd", {
    livenessProbe: { httpGet: { port: 80, host: "127.0.0.1" } },
    readinessProbe: { exec: { command: ["true"] } },
    startupProbe: { tcpSocket: { port: "nothing" } },
  });
  expect(needTexts(needsIn([probed, odd]))).toEqual(
    [8080, 9000, 9001, 9002].map((port) => `nodes > shop/web[Deployment] TCP/${port}`),
  );
});

const INGRESS = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "web" },
  spec: {
    rules: [
      {
        host: "shop.example.com",
        http: {
          paths: [
            { path: "/", backend: { service: { name: "web", port: { name: "http" } } } },
            { path: "/old", backend: { service: { name: "checkout", port: { number: 80 } } } },
            { path: "/x", backend: { service: { name: "web", port: { number: 81 } } } },
          ],
        },
      },
    ],
  },
};
const SERVICE = serviceOf("web", [{ name: "http", port: 80, targetPort: "http" }]);

test("Ingress: from the controller where it is among the workloads, else from any pod; dead backends are hints", () => {
  const unknown = needsIn([WEB, SERVICE, INGRESS]);
  expect(needTexts(unknown)).toEqual(["pods > shop/web[Deployment] TCP/8080"]);
  expect(hintTexts(unknown)).toEqual([
    "no-such-service spec.rules[0].http.paths[1].backend: shop/checkout",
    "no-such-port spec.rules[0].http.paths[2].backend: shop/web:81",
  ]);
  const controller = workload("Deployment", "ingress-nginx");
  expect(needTexts(needsIn([WEB, SERVICE, INGRESS, controller]))).toEqual([
    "shop/ingress-nginx[Deployment] > shop/web[Deployment] TCP/8080",
  ]);
});

test("Gateway API routes lead to their backends", () => {
  const route = {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "web" },
    spec: {
      parentRefs: [{ name: "gateway" }],
      rules: [
        {
          backendRefs: [
            { name: "web", port: 80 },
            { name: "gone", port: 80 },
          ],
        },
      ],
    },
  };
  const needs = needsIn([WEB, SERVICE, route]);
  expect(needTexts(needs)).toEqual(["pods > shop/web[Deployment] TCP/8080"]);
  expect(hintTexts(needs)).toEqual(["no-such-service spec.rules[0].backendRefs[1]: shop/gone"]);
});

test("a Service for the outside is open to whom it names; behind a load balancer nodes answer for each other", () => {
  const balancer = (spec: object) =>
    needTexts(needsIn([WEB, serviceOf("web", [{ port: 80, targetPort: 8080 }], { type: "LoadBalancer", ...spec })]));
  expect(balancer({})).toEqual(["anywhere > shop/web[Deployment] TCP/8080"]);
  const ranges = { loadBalancerSourceRanges: ["198.51.100.0/24"] };
  expect(balancer(ranges)).toEqual([
    "198.51.100.0-198.51.100.255 > shop/web[Deployment] TCP/8080",
    "nodes > shop/web[Deployment] TCP/8080",
  ]);
  expect(balancer({ ...ranges, externalTrafficPolicy: "Local" })).toHaveLength(1);
});

const SCRAPED = { annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": "9090" } };

test("metrics: annotated pods are collected from by the collectors there are, else that is a hint", () => {
  const target = workload("Deployment", "web", {}, {}, { labels: { app: "web" }, ...SCRAPED });
  const collector = workload("StatefulSet", "metrics", { image: "quay.io/prometheus/prometheus:v3" });
  expect(needTexts(needsIn([target, collector]))).toEqual([
    "shop/metrics[StatefulSet] > shop/web[Deployment] TCP/9090",
  ]);
  const alone = needsIn([target]);
  expect(needTexts(alone)).toEqual([]);
  expect(alone.unresolved.map(({ code }) => code)).toEqual(["ambiguous"]);
});

test("metrics: monitors of the operator select Services and pods", () => {
  const monitor = (kind: string, spec: object) => ({
    apiVersion: "monitoring.coreos.com/v1",
    kind,
    metadata: { name: "web" },
    spec: { selector: { matchLabels: { app: "web" } }, ...spec },
  });
  const labelled = {
    ...serviceOf("web", [{ name: "http", port: 80, targetPort: "http" }]),
    metadata: { name: "web", namespace: "shop", labels: { app: "web" } },
  };
  const collector = workload("StatefulSet", "prometheus-k8s", {}, {}, { labels: { app: "prometheus" } });
  for (const one of [
    monitor("ServiceMonitor", { endpoints: [{ port: "http" }] }),
    monitor("PodMonitor", { podMetricsEndpoints: [{ port: "http" }] }),
  ]) {
    expect(needTexts(needsIn([WEB, labelled, collector, one]))).toEqual([
      "shop/prometheus-k8s[StatefulSet] > shop/web[Deployment] TCP/8080",
    ]);
  }
});

test("members of a StatefulSet reach each other where their Service lists those that are not ready", () => {
  const set = workload("StatefulSet", "db");
  const ports = [
    { name: "sql", port: 5432 },
    { name: "peer", port: 2380 },
  ];
  expect(needTexts(needsIn([set, serviceOf("db", ports, { clusterIP: "None" })]))).toEqual([]);
  expect(
    needTexts(needsIn([set, serviceOf("db", ports, { clusterIP: "None", publishNotReadyAddresses: true })])),
  ).toEqual([
    "shop/db[StatefulSet] > shop/db[StatefulSet] TCP/2380",
    "shop/db[StatefulSet] > shop/db[StatefulSet] TCP/5432",
  ]);
});

function rights(account: string, resources: readonly string[]): readonly object[] {
  return [
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "role" },
      rules: [{ apiGroups: [""], resources, verbs: ["get"] }],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "binding" },
      roleRef: { kind: "ClusterRole", name: "role" },
      subjects: [{ kind: "ServiceAccount", name: account, namespace: "shop" }],
    },
  ];
}

test("the API server is asked by accounts with rights and a token, not by everybody", () => {
  const web = (spec: object) => workload("Deployment", "web", {}, { serviceAccountName: "web", ...spec });
  const asked = (objects: readonly object[]) => needTexts(needsIn(objects));
  const need = ["shop/web[Deployment] > api-server TCP/443"];
  expect(asked([web({}), ...rights("web", ["pods"])])).toEqual(need);
  expect(asked([web({}), ...rights("other", ["pods"])])).toEqual([]);
  expect(asked([web({ automountServiceAccountToken: false }), ...rights("web", ["pods"])])).toEqual([]);
  // Only kubelets serve these: rights to them are for talking with kubelets.
  expect(asked([web({}), ...rights("web", ["nodes/metrics"])])).toEqual(["shop/web[Deployment] > nodes TCP/10250"]);
  expect(asked([web({}), ...rights("web", [])])).toEqual([]);
  const ofEverybody = needsIn([
    workload("Deployment", "web"),
    workload("Deployment", "api"),
    ...rights("default", ["pods"]),
  ]);
  expect(needTexts(ofEverybody)).toEqual([]);
  expect(hintTexts(ofEverybody)).toEqual(["ambiguous subjects: shop/default"]);
});

test("values of Secrets are never read: what may be in them is a hint", () => {
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "db" },
    stringData: { url: "postgres://db:5432/x" },
  };
  const web = workload("Deployment", "web", {
    env: [
      { name: "DATABASE_URL", valueFrom: { secretKeyRef: { name: "db", key: "url" } } },
      { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
    ],
    envFrom: [{ secretRef: { name: "all" } }],
  });
  const needs = needsIn([...SERVERS, secret, web]);
  expect(needTexts(needs)).toEqual([]);
  expect(hintTexts(needs)).toEqual([
    "not-readable spec.template.spec.containers[0].envFrom[0].secretRef: secret/all",
    "not-readable spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef: secret/db:url",
  ]);
});

test("hints name the place and the value, without credentials, and the nearest Services", () => {
  const web = workload("Deployment", "web", {
    env: [
      { name: "A_URL", value: "http://user:geheim@apis/x" },
      { name: "B_URL", value: "http://api:81" },
      { name: "C_HOST", value: "otel" },
    ],
    envFrom: [{ configMapRef: { name: "more" } }],
  });
  const needs = needsIn([
    ...SERVERS,
    web,
    configMap("more", { D_URL: "http://checkout.shop:8080", E_URL: "http://idle" }),
    serviceOf("idle", [80]),
  ]);
  expect(hintTexts(needs)).toEqual([
    "no-such-service data.D_URL: http://checkout.shop:8080",
    "no-pods-behind data.E_URL: http://idle",
    "no-such-service spec.template.spec.containers[0].env[0].value: http://apis",
    "no-such-port spec.template.spec.containers[0].env[1].value: http://api:81",
    "no-port spec.template.spec.containers[0].env[2].value: otel",
  ]);
  expect(needs.unresolved[2]).toMatchObject({ workload: "shop/web[Deployment]", nearest: ["shop/api"] });
  expect(JSON.stringify(needs.unresolved.map(({ value }) => value))).not.toContain("geheim");
});

test("an ExternalName is a name outside; host aliases and link variables lead where they say", () => {
  const web = workload(
    "Deployment",
    "web",
    {
      env: [
        { name: "DB_URL", value: "postgres://legacy" },
        { name: "P_URL", value: "https://prices.example.com" },
      ],
      args: ["--api=$(API_SERVICE_HOST):$(API_SERVICE_PORT)"],
    },
    { hostAliases: [{ ip: "203.0.113.10", hostnames: ["prices.example.com"] }] },
  );
  const legacy = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "legacy", namespace: "shop" },
    spec: { type: "ExternalName", externalName: "db.example.com" },
  };
  expect(needTexts(needsIn([...SERVERS, legacy, web]))).toEqual([
    "shop/web[Deployment] > 203.0.113.10 TCP/443",
    "shop/web[Deployment] > domain db.example.com TCP/5432",
    "shop/web[Deployment] > shop/api[Deployment] TCP/8080",
  ]);
});

test("each reason names the object and the path that asks", () => {
  const web = workload("Deployment", "web", { env: [{ name: "A", value: "http://u:p@api/x" }] });
  const [need] = needsIn([...SERVERS, web]).needs;
  expect(need?.because).toMatchObject([
    {
      kind: "environment",
      path: ["spec", "template", "spec", "containers", 0, "env", 0, "value"],
      value: "http://api",
      through: "svc/shop/api:80",
    },
  ]);
});

test("of a live workload the owner's template speaks, once; of a pod alone the pod", () => {
  const env = [{ name: "API_URL", value: "http://api" }];
  const owner = workload("Deployment", "web", { env });
  const pod = (name: string, owners: readonly object[]): object => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { app: "web", "pod-template-hash": "5d9c" }, ownerReferences: owners },
    spec: { containers: [{ name: "main", image: "i", env }] },
    status: { phase: "Running", podIP: "10.1.0.1" },
  });
  const owned = [{ controller: true, kind: "Deployment", name: "web" }];
  const live = needsIn([...SERVERS, owner, pod("web-5d9c-aaaaa", owned), pod("web-5d9c-bbbbb", owned)]);
  expect(needTexts(live)).toEqual(["shop/web[Deployment] > shop/api[Deployment] TCP/8080"]);
  expect(live.needs[0]?.because.map((reason) => reason.kind !== "observed" && reason.resource.id.kind)).toEqual([
    "Deployment",
  ]);
  const without = needsIn([...SERVERS, pod("web-5d9c-aaaaa", owned), pod("web-5d9c-bbbbb", owned), pod("alone", [])]);
  expect(needTexts(without)).toEqual([
    "shop/alone[Pod] > shop/api[Deployment] TCP/8080",
    "shop/web[Deployment] > shop/api[Deployment] TCP/8080",
  ]);
  expect(without.needs[1]?.because).toHaveLength(1);
});
