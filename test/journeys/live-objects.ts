// Objects of a small shop, as manifests and as a live server takes them.

import type { ControlPlane } from "../servers/control-plane.ts";

export interface ShopObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly [field: string]: unknown;
}

const PLURALS: Readonly<Record<string, string>> = {
  CronJob: "cronjobs",
  DaemonSet: "daemonsets",
  Deployment: "deployments",
  Job: "jobs",
  Pod: "pods",
  ReplicaSet: "replicasets",
  Secret: "secrets",
  Service: "services",
  StatefulSet: "statefulsets",
};

export function object(apiVersion: string, kind: string, name: string, fields: object, namespace = "shop"): ShopObject {
  return { apiVersion, kind, metadata: { name, namespace }, ...fields };
}

export function podSpec(isPrivileged = false, fields: object = {}): object {
  const securityContext = { privileged: true };
  return {
    containers: [{ name: "main", image: "registry.example/main:1.0", ...(isPrivileged && { securityContext }) }],
    ...fields,
  };
}

export function workload(
  kind: string,
  name: string,
  spec: object,
  fields: object = {},
  namespace = "shop",
): ShopObject {
  const labels = { app: name };
  const selector = { matchLabels: labels };
  return object(
    "apps/v1",
    kind,
    name,
    { spec: { selector, template: { metadata: { labels }, spec }, ...fields } },
    namespace,
  );
}

export const SHOP: readonly ShopObject[] = [
  workload("Deployment", "cart", podSpec(true), { replicas: 2 }),
  workload("DaemonSet", "agent", podSpec(false, { hostPID: true })),
  workload("StatefulSet", "db", podSpec(), { serviceName: "db" }),
  object("v1", "Pod", "alone", { spec: podSpec(false, { hostNetwork: true }) }),
  object("batch/v1", "CronJob", "nightly", {
    spec: {
      schedule: "0 3 * * *",
      jobTemplate: { spec: { template: { spec: podSpec(true, { restartPolicy: "Never" }) } } },
    },
  }),
  object("v1", "Service", "cart", { spec: { selector: { app: "cart" }, ports: [{ port: 80 }] } }),
];

export const PAYMENTS: readonly ShopObject[] = [workload("Deployment", "ledger", podSpec(true), {}, "payments")];

export const SECRET: ShopObject = object("v1", "Secret", "password", { stringData: { password: "hunter2-secret" } });

export async function create(plane: ControlPlane, ...objects: readonly ShopObject[]): Promise<void> {
  for (const one of objects) {
    const answer = await plane.request("POST", collectionOf(one), one);
    if (answer.status !== 201) throw new Error(`${one.kind} ${one.metadata.name}: ${answer.status} ${answer.text}`);
  }
}

export function collectionOf({ apiVersion, kind, metadata: { namespace } }: ShopObject): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}/namespaces/${namespace}/${PLURALS[kind] ?? ""}`;
}
