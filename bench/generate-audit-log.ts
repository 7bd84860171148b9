// `node bench/generate-audit-log.ts FILE MEBIBYTES [SEED]`: an audit log like a busy cluster's, in the API server's own
// order of keys. Ids, times, versions, tokens and pod names differ from event to event, as they do for real.

import { closeSync, openSync, writeSync } from "node:fs";

const [file = "", mebibytes = "1024", seed = "1"] = process.argv.slice(2);
if (file === "") {
  process.stderr.write("usage: node bench/generate-audit-log.ts FILE MEBIBYTES [SEED]\n");
  process.exit(2);
}

let state = Number(seed) >>> 0 || 1;
/** xorshift32: the same log for the same seed. */
function random(below: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}
const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T; // lists here are never empty
const hex = (digits: number): string => {
  let text = "";
  while (text.length < digits) text += random(0x1_0000).toString(16).padStart(4, "0");
  return text.slice(0, digits);
};
const uuid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;

const NAMESPACES = Array.from({ length: 60 }, (_, index) => `team-${index}`);
const ACCOUNTS = Array.from({ length: 300 }, (_, index) => ({
  namespace: NAMESPACES[index % NAMESPACES.length] as string, // within the list
  name: `app-${index}`,
  uid: uuid(),
}));
const NODES = Array.from({ length: 100 }, (_, index) => `node-${index}`);
const CONTROLLERS = [
  "deployment-controller",
  "replicaset-controller",
  "endpointslice-controller",
  "generic-garbage-collector",
];

interface Asker {
  readonly json: string;
  readonly reason: string;
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

/** Pods come and go: one in fifty requests meets a new one. */
const podNames = Array.from({ length: 2000 }, () => `app-${random(300)}-${hex(10)}-${hex(5)}`);
function replaceAPod(): void {
  if (random(50) === 0) podNames[random(podNames.length)] = `app-${random(300)}-${hex(10)}-${hex(5)}`;
}

/** Kubelets read and patch their pods and renew leases; controllers meet ever new names; applications do few things. */
function asker(): Asker {
  const kind = random(10);
  if (kind < 4) {
    const at = random(NODES.length);
    const node = NODES[at] as string; // within the list
    const json = `{"username":"system:node:${node}","groups":["system:nodes","system:authenticated"],"extra":{"authentication.kubernetes.io/credential-id":["X509SHA256=${node}6f0"]}}`;
    const pod = podNames[(at * 20 + random(20)) % podNames.length] as string; // within the list
    const namespace = NAMESPACES[at % NAMESPACES.length] as string; // as above
    const use = random(4);
    if (use < 2)
      return {
        json,
        reason: "",
        verb: "update",
        group: "coordination.k8s.io",
        resource: "leases",
        namespace: "kube-node-lease",
        name: node,
      };
    return use === 2
      ? { json, reason: "", verb: "patch", group: "", resource: "pods", namespace, name: pod }
      : { json, reason: "", verb: "watch", group: "", resource: "configmaps", namespace, name: "" };
  }
  if (kind < 6) {
    const controller = pick(CONTROLLERS);
    const reason = `RBAC: allowed by ClusterRoleBinding \\"system:controller:${controller}\\" of ClusterRole \\"system:controller:${controller}\\" to ServiceAccount \\"${controller}/kube-system\\"`;
    const json = `{"username":"system:serviceaccount:kube-system:${controller}","uid":"91f9e1f0-0000-4000-8000-000000000000","groups":["system:serviceaccounts","system:serviceaccounts:kube-system","system:authenticated"],"extra":{"authentication.kubernetes.io/credential-id":["JTI=${random(64)}"]}}`;
    const pod = random(podNames.length);
    const [group, resource] = RESOURCES[[0, 6, 7][pod % 3] ?? 0] ?? RESOURCES[0];
    return {
      json,
      reason,
      verb: pick(["get", "update", "patch", "create"]),
      group,
      resource,
      namespace: NAMESPACES[pod % NAMESPACES.length] as string, // within the list
      name: podNames[pod] as string, // as above
    };
  }
  const { namespace, name: account, uid } = pick(ACCOUNTS);
  const reason = `RBAC: allowed by RoleBinding \\"${account}/${namespace}\\" of Role \\"${account}\\" to ServiceAccount \\"${account}/${namespace}\\"`;
  const pod = `${account}-7d4b9c6f5-${random(4)}`;
  const json = `{"username":"system:serviceaccount:${namespace}:${account}","uid":"${uid}","groups":["system:serviceaccounts","system:serviceaccounts:${namespace}","system:authenticated"],"extra":{"authentication.kubernetes.io/credential-id":["JTI=${account}-${random(8)}"],"authentication.kubernetes.io/node-name":["${NODES[account.length] ?? ""}"],"authentication.kubernetes.io/pod-name":["${pod}"],"authentication.kubernetes.io/pod-uid":["${pod}"]}}`;
  // Six things each, again and again.
  const habit = Number(account.slice(4)) * 7 + random(6) * 11;
  const [group, resource] = RESOURCES[habit % RESOURCES.length] ?? RESOURCES[0];
  const verb = ["get", "get", "list", "watch", "watch", "update", "patch", "create"][habit % 8] ?? "get";
  return { json, reason, verb, group, resource, namespace, name: `${account}-${resource}-${random(3)}` };
}

const RESOURCES = [
  ["", "pods"],
  ["", "configmaps"],
  ["", "secrets"],
  ["", "services"],
  ["coordination.k8s.io", "leases"],
  ["apps", "deployments"],
  ["apps", "replicasets"],
  ["discovery.k8s.io", "endpointslices"],
] as const;
const BODY = JSON.stringify({
  kind: "Pod",
  apiVersion: "v1",
  metadata: { labels: { app: "web", tier: "front" }, annotations: { note: 'a "quoted" text with \\ and {braces}' } },
  spec: {
    containers: Array.from({ length: 3 }, (_, index) => ({
      name: `c${index}`,
      image: `registry.example/app:${index}`,
      env: Array.from({ length: 12 }, (_2, at) => ({ name: `VARIABLE_${at}`, value: `value-${at}` })),
    })),
  },
});

function event(second: number): string {
  replaceAPod();
  const { json: user, reason, verb, group, resource, namespace, name } = asker();
  const isOne = verb === "get" || verb === "update" || verb === "patch";
  const base = group === "" ? "/api/v1" : `/apis/${group}/v1`;
  const query =
    verb === "watch"
      ? `?allowWatchBookmarks=true\\u0026resourceVersion=${random(1e6)}\\u0026timeoutSeconds=${300 + random(300)}\\u0026watch=true`
      : "";
  const uri = `${base}/namespaces/${namespace}/${resource}${isOne ? `/${name}` : ""}${query}`;
  const level = random(20);
  const body =
    level < 3 && verb !== "get" ? `"requestObject":${BODY},${level < 1 ? `"responseObject":${BODY},` : ""}` : "";
  const levelName = body === "" ? "Metadata" : level < 1 ? "RequestResponse" : "Request";
  const time = new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString().slice(0, 19);
  const micro = String(random(1e6)).padStart(6, "0");
  return `{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"${levelName}","auditID":"${uuid()}","stage":"ResponseComplete","requestURI":"${uri}","verb":"${verb}","user":${user},"sourceIPs":["10.0.${random(4)}.${random(250)}"],"userAgent":"app/v1.${random(30)}.0 (linux/amd64) kubernetes/$Format","objectRef":{"resource":"${resource}","namespace":"${namespace}",${isOne ? `"name":"${name}",` : ""}${group === "" ? "" : `"apiGroup":"${group}",`}"apiVersion":"v1","resourceVersion":"${random(1e7)}"},"responseStatus":{"metadata":{},"code":${verb === "create" ? 201 : 200}},${body}"requestReceivedTimestamp":"${time}.${micro}Z","stageTimestamp":"${time}.${micro}Z","annotations":{"authorization.k8s.io/decision":"allow","authorization.k8s.io/reason":"${reason}"}}\n`;
}

const wanted = Number(mebibytes) * 1024 * 1024;
const out = openSync(file, "w");
let written = 0;
let batch = "";
for (let count = 0; written < wanted; count++) {
  batch += event(count / 500);
  if (batch.length < 1 << 22 && written + batch.length < wanted) continue;
  written += writeSync(out, batch);
  batch = "";
}
closeSync(out);
