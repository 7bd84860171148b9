// Conditions of techniques that the API server decides, asked of it: which container is given a token, which pods can be changed
// under Pod Security, what names on `create` are worth, which templates stay as they are, and what a claim smuggles in.

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { isAdmittedAgain } from "../../../src/attack/admitted-pods.ts";
import { createAttackWorld, type AttackWorld } from "../../../src/attack/attack-world.ts";
import { seesToken } from "../../../src/attack/pod-identity.ts";
import { WORKLOAD_KINDS } from "../../../src/attack/workload-kinds.ts";
import { readObject } from "../../../src/cluster/read-resource.ts";
import type { Resource } from "../../../src/cluster/resource.ts";
import type { Answer } from "../../servers/api-request.ts";
import { serversUnavailable, testWithServers } from "../../servers/availability.ts";
import { waitFor } from "../../servers/wait-for.ts";
import { ATTACK_COMPONENTS, startAttackCluster, type AttackCluster } from "./attack-cluster.ts";
import { credentialOf } from "./credentials.ts";

const RBAC = "rbac.authorization.k8s.io";
const STRATEGIC = { contentType: "application/strategic-merge-patch+json" } as const;
const APPLY = { contentType: "application/apply-patch+yaml" } as const;
const MERGE = { contentType: "application/merge-patch+json" } as const;
const IMAGE = "registry.example/main";

let cluster: AttackCluster | undefined;

beforeAll(async () => {
  if (serversUnavailable(ATTACK_COMPONENTS) === undefined) cluster = await startAttackCluster();
}, 15 * 60_000);
afterAll(async () => cluster?.stop());

function server(): AttackCluster {
  if (cluster === undefined) throw new Error("the cluster was not started");
  return cluster;
}

const ask = (method: string, path: string, body?: unknown, options = {}): Promise<Answer> =>
  server().controlPlane.request(method, path, body, options);

async function created(path: string, body: unknown): Promise<unknown> {
  const { status, text, body: answer } = await ask("POST", path, body);
  if (status !== 201) throw new Error(text);
  return answer;
}

/** A namespace with its `default` account. */
async function namespace(name: string): Promise<string> {
  await created("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  await waitFor(`the default account of ${name}`, async () => {
    const { status } = await ask("GET", `/api/v1/namespaces/${name}/serviceaccounts/default`);
    return status === 200 ? true : undefined;
  });
  return `/api/v1/namespaces/${name}`;
}

function worldOf(objects: readonly unknown[]): AttackWorld {
  const resources = objects.flatMap((value): readonly Resource[] => {
    const read = readObject(value, "default");
    if (read.kind !== "object") throw new Error(JSON.stringify(value));
    const provenance = { kind: "file", file: "world" } as const;
    return [{ id: read.id, object: read.object, provenance, locate: () => undefined }];
  });
  return createAttackWorld(resources, {
    minor: server().minor,
    isComplete: true,
    powers: () => [],
    binds: [],
  });
}

const registered = { components: ATTACK_COMPONENTS, timeout: 120_000 };

describe("what the API server decides", () => {
  testWithServers("a container has a token in the manifest exactly where it has one once admitted", tokens, registered);
  testWithServers("a pod is changed exactly where Pod Security takes all of it again", changedPods, registered);
  testWithServers("names on create are worth something to who may patch them", creationByName, registered);
  testWithServers("templates can be changed, but that of a Job", templates, registered);
  testWithServers("a restricted pod claims a path of the node", claims, registered);
});

async function tokens(): Promise<void> {
  const path = await namespace("tokens");
  const accounts = [undefined, true, false].map((automount, index) => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: `account-${index}`, namespace: "tokens" },
    ...(automount !== undefined && { automountServiceAccountToken: automount }),
  }));
  for (const account of accounts) await created(`${path}/serviceaccounts`, account);
  const projected = (audience: string | undefined) => ({
    projected: { sources: [{ serviceAccountToken: { path: "token", ...(audience && { audience }) } }] },
  });
  const volumes = [
    { name: "own", ...projected(undefined) },
    { name: "vault", ...projected("vault") },
    { name: "empty", emptyDir: {} },
    { name: "kube-api-access-abcde", ...projected(undefined) },
  ];
  const mount = fc.record({
    name: fc.constantFrom(...volumes.map(({ name }) => name)),
    mountPath: fc.constantFrom("/var/run/secrets/kubernetes.io/serviceaccount", "/elsewhere"),
  });
  const container = fc.array(mount, { maxLength: 1 }).map((volumeMounts) => ({ image: IMAGE, volumeMounts }));
  const spec = fc.record({
    serviceAccountName: fc.constantFrom(...accounts.map(({ metadata }) => metadata.name)),
    automount: fc.constantFrom(undefined, true, false),
    containers: fc.array(container, { minLength: 1, maxLength: 3 }),
  });
  for (const [index, { automount, containers, serviceAccountName }] of fc
    .sample(spec, { numRuns: 120, seed: 7 })
    .entries()) {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: `pod-${index}`, namespace: "tokens" },
      spec: {
        serviceAccountName,
        ...(automount !== undefined && { automountServiceAccountToken: automount }),
        containers: containers.map((one, at) => ({ ...one, name: `c${at}` })),
        volumes,
      },
    };
    const admitted = await created(`${path}/pods?dryRun=All`, pod);
    const [before, after] = [pod, admitted].map((object) => {
      const world = worldOf([...accounts, object]);
      return world.pods.flatMap((one) => one.containers.map((facts) => seesToken(world, one, facts)));
    });
    const mounted = tokenMounts(admitted);
    expect({ pod, before, after }).toEqual({ pod, before: mounted, after: mounted });
  }
}

/** Of each container of an admitted pod, whether it mounts a token of the API server's: read off the object itself. */
function tokenMounts(admitted: unknown): readonly boolean[] {
  interface Admitted {
    readonly spec: {
      readonly containers: readonly { readonly volumeMounts?: readonly { readonly name: string }[] }[];
      readonly volumes?: readonly {
        readonly name: string;
        readonly projected?: {
          readonly sources: readonly { readonly serviceAccountToken?: { readonly audience?: string } }[];
        };
      }[];
    };
  }
  const { spec } = admitted as Admitted; // a pod that the server has answered with
  const given = new Set(
    (spec.volumes ?? [])
      .filter(({ projected }) =>
        projected?.sources.some(({ serviceAccountToken: token }) => token !== undefined && !token.audience),
      )
      .map(({ name }) => name),
  );
  return spec.containers.map(({ volumeMounts = [] }) => volumeMounts.some(({ name }) => given.has(name)));
}

async function changedPods(): Promise<void> {
  const restricted = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
  };
  const specs: readonly object[] = [
    {},
    { hostNetwork: true },
    { hostPID: true },
    { volumes: [{ name: "host", hostPath: { path: "/srv" } }] },
    { containers: [{ name: "main", image: IMAGE, securityContext: { privileged: true } }] },
    { containers: [{ name: "main", image: IMAGE, securityContext: { capabilities: { add: ["NET_ADMIN"] } } }] },
    { containers: [{ name: "main", image: IMAGE, securityContext: restricted }] },
    {
      hostUsers: false,
      containers: [{ name: "main", image: IMAGE, securityContext: { ...restricted, runAsNonRoot: false } }],
    },
  ];
  let seen = 0;
  for (const level of ["privileged", "baseline", "restricted"]) {
    const name = `changed-${level}`;
    const path = await namespace(name);
    const pods = specs.map((spec, index) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: `pod-${index}`, namespace: name },
      spec: { containers: [{ name: "main", image: IMAGE }], ...spec },
    }));
    const admitted: unknown[] = [];
    for (const pod of pods) admitted.push(await created(`${path}/pods`, pod));
    const labels = { "pod-security.kubernetes.io/enforce": level };
    const labelled = await ask("PATCH", path, { metadata: { labels } }, MERGE);
    expect(labelled.status).toBe(200);
    const world = worldOf([labelled.body, ...admitted]);
    await waitFor(
      `Pod Security ${level}`,
      async () => (await imageChange(path, "pod-4")) === (level === "privileged") || undefined,
    );
    for (const pod of world.pods) {
      const expected = isAdmittedAgain(world, pod);
      expect(await imageChange(path, pod.name), `${level} ${pod.name} image`).toBe(expected);
      seen++;
    }
  }
  expect(seen).toBe(3 * specs.length);
}

async function imageChange(path: string, pod: string): Promise<boolean> {
  const containers = [{ name: "main", image: "registry.example/taken" }];
  const { status, text } = await ask("PATCH", `${path}/pods/${pod}?dryRun=All`, { spec: { containers } }, STRATEGIC);
  if (status !== 200 && status !== 403) throw new Error(text);
  return status === 200;
}

async function creationByName(): Promise<void> {
  const path = await namespace("named");
  const roles = `/apis/${RBAC}/v1/namespaces/named`;
  const users: Readonly<Record<string, readonly object[]>> = {
    both: [{ apiGroups: [""], resources: ["pods"], verbs: ["create", "patch"], resourceNames: ["web"] }],
    "create-only": [{ apiGroups: [""], resources: ["pods"], verbs: ["create"], resourceNames: ["web"] }],
    wider: [
      { apiGroups: [""], resources: ["pods"], verbs: ["create"], resourceNames: ["web"] },
      { apiGroups: [""], resources: ["pods"], verbs: ["patch"] },
    ],
    other: [
      { apiGroups: [""], resources: ["pods"], verbs: ["create"], resourceNames: ["web"] },
      { apiGroups: [""], resources: ["pods"], verbs: ["patch"], resourceNames: ["cart"] },
    ],
  };
  for (const [user, rules] of Object.entries(users)) {
    const metadata = { name: user };
    const roleRef = { apiGroup: RBAC, kind: "Role", name: user };
    const subjects = [{ kind: "User", apiGroup: RBAC, name: user }];
    await created(`${roles}/roles`, { apiVersion: `${RBAC}/v1`, kind: "Role", metadata, rules });
    await created(`${roles}/rolebindings`, {
      apiVersion: `${RBAC}/v1`,
      kind: "RoleBinding",
      metadata,
      roleRef,
      subjects,
    });
  }
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web" },
    spec: { containers: [{ name: "main", image: IMAGE }] },
  };
  const outcomes: Record<string, readonly number[]> = {};
  for (const user of Object.keys(users)) {
    const credential = await credentialOf(server(), user);
    const apply = () =>
      ask("PATCH", `${path}/pods/web?fieldManager=test&dryRun=All`, pod, { ...APPLY, ...credential }).then(
        ({ status }) => status,
      );
    if (user === "both" || user === "wider")
      await waitFor(`${user} to be known`, async () => ((await apply()) === 201 ? true : undefined), 15_000);
    const { status } = await ask("POST", `${path}/pods?dryRun=All`, pod, credential);
    outcomes[user] = [await apply(), status];
  }
  expect(outcomes).toEqual({ both: [201, 403], "create-only": [403, 403], wider: [201, 403], other: [403, 403] });
}

async function templates(): Promise<void> {
  await namespace("templates");
  const labels = { app: "one" };
  const template = { metadata: { labels }, spec: { containers: [{ name: "main", image: IMAGE }] } };
  const specs: Readonly<Record<string, object>> = {
    CronJob: {
      schedule: "0 0 1 1 *",
      jobTemplate: { spec: { template: { ...template, spec: { ...template.spec, restartPolicy: "Never" } } } },
    },
    Job: { suspend: true, template: { ...template, spec: { ...template.spec, restartPolicy: "Never" } } },
    ReplicationController: { replicas: 0, selector: labels, template },
    StatefulSet: { replicas: 0, serviceName: "one", selector: { matchLabels: labels }, template },
    DaemonSet: { selector: { matchLabels: labels }, template },
    Deployment: { replicas: 0, selector: { matchLabels: labels }, template },
    ReplicaSet: { replicas: 0, selector: { matchLabels: labels }, template },
  };
  const changed: Record<string, boolean> = {};
  for (const { group, kind, create } of WORKLOAD_KINDS) {
    const base = group === "" ? "/api/v1" : `/apis/${group}/v1`;
    const path = `${base}/namespaces/templates/${create.create.resource}`;
    const apiVersion = group === "" ? "v1" : `${group}/v1`;
    await created(path, { apiVersion, kind, metadata: { name: "one" }, spec: specs[kind] });
    const change = {
      spec: { serviceAccountName: "default", containers: [{ name: "main", image: "registry.example/taken" }] },
    };
    const spec = kind === "CronJob" ? { jobTemplate: { spec: { template: change } } } : { template: change };
    const { status, text } = await ask("PATCH", `${path}/one?dryRun=All`, { spec }, STRATEGIC);
    if (status !== 200 && status !== 422) throw new Error(text);
    changed[kind] = status === 200;
  }
  expect(changed).toEqual(Object.fromEntries(WORKLOAD_KINDS.map((one) => [one.kind, one.isTemplateMutable])));
}

async function claims(): Promise<void> {
  const path = await namespace("claims");
  await ask("PATCH", path, { metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } } }, MERGE);
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, storageClassName: "" };
  await created("/api/v1/persistentvolumes", {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "claims-node" },
    spec: {
      accessModes: ["ReadWriteOnce"],
      capacity: { storage: "1Gi" },
      storageClassName: "",
      hostPath: { path: "/run/containerd" },
      claimRef: { namespace: "claims", name: "taken-node" },
    },
  });
  const rules = [{ apiGroups: [""], resources: ["pods"], verbs: ["create"] }];
  const roles = `/apis/${RBAC}/v1/namespaces/claims`;
  await created(`${roles}/roles`, { apiVersion: `${RBAC}/v1`, kind: "Role", metadata: { name: "maker" }, rules });
  await created(`${roles}/rolebindings`, {
    apiVersion: `${RBAC}/v1`,
    kind: "RoleBinding",
    metadata: { name: "maker" },
    roleRef: { apiGroup: RBAC, kind: "Role", name: "maker" },
    subjects: [{ kind: "User", apiGroup: RBAC, name: "maker" }],
  });
  const credential = await credentialOf(server(), "maker");
  const pod = (volume: object) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "taken" },
    spec: {
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        runAsGroup: 0,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: "main",
          image: IMAGE,
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          volumeMounts: [{ name: "node", mountPath: "/node" }],
        },
      ],
      volumes: [{ name: "node", ...volume }],
    },
  });
  const ephemeral = { ephemeral: { volumeClaimTemplate: { spec: { ...spec, volumeName: "claims-node" } } } };
  await waitFor("the maker to be known", async () => {
    const { status } = await ask("POST", `${path}/pods`, pod(ephemeral), credential);
    return status === 201 ? true : undefined;
  });
  const hostPath = { hostPath: { path: "/run/containerd" } };
  expect((await ask("POST", `${path}/pods?dryRun=All`, pod(hostPath), credential)).status).toBe(403);
  await waitFor("the claim to be bound", async () => {
    const { body } = await ask("GET", `${path}/persistentvolumeclaims/taken-node`);
    const { status } = body as { readonly status?: { readonly phase?: string } }; // a claim, or why there is none
    return status?.phase === "Bound" ? true : undefined;
  });
}
