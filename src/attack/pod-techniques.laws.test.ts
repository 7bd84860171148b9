// Laws of escapes: what Pod Security takes at baseline stays in its container, and a stricter pod never leads further.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readObject } from "../cluster/read-resource.ts";
import { defaultPod } from "../kubernetes/pod-defaults.ts";
import type { PodSpec } from "../kubernetes/pod.ts";
import { evaluatePod } from "../layers/workloads/pod-security/pod-security.ts";
import { createAttackGraph } from "./attack-graph.ts";
import { createAttackWorld } from "./attack-world.ts";
import { createSearcher } from "./closure.ts";
import { holdingKey } from "./holding.ts";
import { TECHNIQUES } from "./techniques.ts";

const MINOR = 37;
const SEEDED = { seed: 11, numRuns: 600 };

const PATHS = [
  "/",
  "/etc",
  "/etc/kubernetes/pki",
  "/proc",
  "/run",
  "/srv",
  "/var/lib/kubelet",
  "/var/log",
  "/var/lib/etcd",
];
const CAPABILITIES = ["ALL", "CHOWN", "DAC_READ_SEARCH", "NET_ADMIN", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE"];

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 });

/** What is most often absent stays absent, as in real pods. */
const securityContext = fc.record({
  privileged: maybe(fc.boolean()),
  runAsUser: maybe(fc.constantFrom(0, 1000)),
  runAsNonRoot: maybe(fc.boolean()),
  appArmorProfile: maybe(fc.record({ type: fc.constantFrom("Unconfined", "RuntimeDefault") })),
  capabilities: maybe(
    fc.record({ add: fc.subarray(CAPABILITIES, { maxLength: 2 }), drop: fc.constantFrom<string[]>([], ["ALL"]) }),
  ),
});
const podSpec: fc.Arbitrary<PodSpec> = fc
  .record({
    hostPID: maybe(fc.boolean()),
    hostUsers: maybe(fc.boolean()),
    path: maybe(fc.constantFrom(...PATHS)),
    readOnly: maybe(fc.boolean()),
    context: maybe(securityContext),
  })
  .map(({ hostPID, hostUsers, path, readOnly, context }) => ({
    nodeName: "server-1",
    hostPID,
    hostUsers,
    containers: [
      {
        name: "main",
        image: "registry.example/main",
        securityContext: context,
        ...(path !== null && { volumeMounts: [{ name: "host", mountPath: "/host", readOnly }] }),
      },
    ],
    ...(path !== null && { volumes: [{ name: "host", hostPath: { path } }] }),
  }));

const SURROUNDINGS = [
  {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "server-1", labels: { "node-role.kubernetes.io/control-plane": "" } },
  },
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "other", namespace: "far" },
    spec: { nodeName: "server-1", serviceAccountName: "other", containers: [{ name: "main" }] },
  },
];

/** Everything that code in the pod comes to, as keys. */
function gainsOf(spec: PodSpec): ReadonlySet<string> {
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "web", namespace: "shop" }, spec };
  const resources = [...SURROUNDINGS, pod].flatMap((value) => {
    const read = readObject(value, "default");
    const provenance = { kind: "file", file: "laws" } as const;
    return read.kind === "object" ? [{ id: read.id, object: read.object, provenance, locate: () => undefined }] : [];
  });
  const world = createAttackWorld(resources, { minor: MINOR, isComplete: true, powers: () => [], binds: [] });
  const graph = createAttackGraph(world, TECHNIQUES);
  const start = graph.indexOf({ kind: "container", pod: "/Pod/shop/web", container: "main" });
  const { held } = createSearcher(graph).from([start].filter((index) => index !== -1));
  return new Set([...held].flatMap((index) => (graph.holdings[index] ? [holdingKey(graph.holdings[index])] : [])));
}

/** Each makes a pod stricter and nothing else. */
const STRICTER: readonly ((spec: PodSpec) => PodSpec)[] = [
  (spec) => ({ ...spec, hostPID: false }),
  (spec) => ({ ...spec, hostUsers: false }),
  (spec) => ({ ...spec, volumes: [] }),
  (spec) => withContext(spec, { privileged: false }),
  (spec) => withContext(spec, { runAsUser: 1000 }),
  (spec) => withContext(spec, { capabilities: { drop: ["ALL"] } }),
  (spec) => withContext(spec, { appArmorProfile: { type: "RuntimeDefault" } }),
  (spec) => withMount(spec, { readOnly: true }),
  (spec) => withMount(spec, { readOnly: true, recursiveReadOnly: "Enabled" }),
  (spec) => withMount(spec, { subPath: "some/where" }),
];

function withContext(spec: PodSpec, change: object): PodSpec {
  const containers = spec.containers?.map((one) => ({
    ...one,
    securityContext: { ...one?.securityContext, ...change },
  }));
  return { ...spec, containers: containers ?? null };
}

function withMount(spec: PodSpec, change: object): PodSpec {
  const containers = spec.containers?.map((one) => ({
    ...one,
    volumeMounts: one?.volumeMounts?.map((mount) => ({ ...mount, ...change })) ?? null,
  }));
  return { ...spec, containers: containers ?? null };
}

describe("escapes", () => {
  it("leave no pod that Pod Security takes at baseline", () => {
    const outcomes = { inside: 0, outside: 0 };
    fc.assert(
      fc.property(podSpec, (spec) => {
        const { allowed } = evaluatePod(defaultPod({ spec }), "baseline", MINOR);
        const gains = [...gainsOf(spec)];
        const isOutside = gains.some((key) => /^(?:node|node-files|cluster-admin|secrets|any-node|pod)\b/.test(key));
        outcomes[isOutside ? "outside" : "inside"]++;
        expect(allowed && isOutside).toBe(false);
      }),
      SEEDED,
    );
    expect(Math.min(outcomes.inside, outcomes.outside)).toBeGreaterThan(50);
  });

  it("lead no further from a stricter pod", () => {
    fc.assert(
      fc.property(podSpec, fc.constantFrom(...STRICTER), (spec, stricter) => {
        const before = gainsOf(spec);
        expect([...gainsOf(stricter(spec))].filter((key) => !before.has(key))).toEqual([]);
      }),
      SEEDED,
    );
  });
});
