// Short hands for the tests of declared needs.

import { readObject } from "../../../cluster/read-resource.ts";
import type { Resource } from "../../../cluster/resource.ts";
import { formatPath } from "../../../kubernetes/path.ts";
import type { DeclaredNeeds } from "../generate/need.ts";
import { keyOfEnd } from "../generate/merge-needs.ts";
import { createNetwork } from "../network.ts";
import { declaredNeeds } from "./declared-needs.ts";

type Fields = Readonly<Record<string, unknown>>;

export function needsIn(objects: readonly object[]): DeclaredNeeds {
  const resources = objects.map((object): Resource => {
    const read = readObject(object, "shop");
    if (read.kind !== "object") throw new Error("not an object");
    return {
      id: read.id,
      object: read.object,
      provenance: { kind: "file", file: "test.yaml" },
      locate: () => undefined,
    };
  });
  return declaredNeeds({ network: createNetwork(resources), resources });
}

/** `shop/web[Deployment] > shop/db[StatefulSet] TCP/5432`. */
export function needTexts({ needs }: DeclaredNeeds): readonly string[] {
  return needs.map(({ from, to, port }) => {
    const number = port.kind === "number" ? `${port.protocol}/${port.port}` : port.kind;
    return `${keyOfEnd(from)} > ${keyOfEnd(to)} ${number}`;
  });
}

/** `no-such-service spec.…: value`. */
export function hintTexts({ unresolved }: DeclaredNeeds): readonly string[] {
  return unresolved.map(({ code, path, value }) => `${code} ${formatPath(path)}: ${value}`);
}

export function workload(
  kind: string,
  name: string,
  container: Fields = {},
  spec: Fields = {},
  more: Fields = {},
): object {
  const containers = [{ name: "main", image: `example/${name}`, ...container }];
  const template = { metadata: { labels: { app: name }, ...more }, spec: { containers, ...spec } };
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name },
    spec: { selector: { matchLabels: { app: name } }, template },
  };
}

export function serviceOf(
  name: string,
  ports: readonly (number | Fields)[],
  spec: Fields = {},
  namespace = "shop",
): object {
  const list = ports.map((port) => (typeof port === "number" ? { name: `p${port}`, port } : port));
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: list, ...spec },
  };
}

export function configMap(name: string, data: Fields): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data };
}

/** A small cluster to connect to: a Service of each kind with a workload behind it. */
export const SERVERS: readonly object[] = [
  ...(
    [
      "api",
      "redis",
      "mysql",
      "rabbitmq",
      "kafka",
      "es",
      "postgres",
      "zk",
      "mongo",
      "otel",
      "minio",
      "namenode",
    ] as const
  ).map((name) => workload("Deployment", name)),
  workload("StatefulSet", "db"),
  serviceOf("api", [{ name: "http", port: 80, targetPort: 8080 }]),
  serviceOf("redis", [6379]),
  serviceOf("mysql", [3306]),
  serviceOf("rabbitmq", [
    { name: "amqp", port: 5672 },
    { name: "management", port: 15672 },
  ]),
  serviceOf("kafka", [9092], { clusterIP: "None" }),
  serviceOf(
    "es",
    [
      { name: "http", port: 9200 },
      { name: "transport", port: 9300 },
    ],
    { clusterIP: "None" },
  ),
  serviceOf("postgres", [5432]),
  serviceOf("zk", [2181]),
  serviceOf("mongo", [27017], { clusterIP: "None" }),
  serviceOf("otel", [
    { name: "grpc", port: 4317 },
    { name: "http", port: 4318 },
  ]),
  serviceOf("minio", [9000], { clusterIP: "None" }),
  serviceOf("namenode", [8020]),
  serviceOf(
    "db",
    [
      { name: "sql", port: 5432 },
      { name: "peer", port: 2380 },
    ],
    { clusterIP: "None" },
  ),
];
