// Laws that hold for every pod, on generated ones: monotonicity over versions and levels, and that offenders are exact.

import fc from "fast-check";
import { expect, test } from "vitest";
import { valueAt } from "../../../kubernetes/path.ts";
import { VOLUME_SOURCES, type PodTemplate } from "../../../kubernetes/pod.ts";
import { aggregate, evaluatePod, locateOffenders, NEWEST_POLICY_MINOR } from "./pod-security.ts";
import { viewPod } from "./pod-view.ts";
import { CHECKS } from "./registry.ts";

const RUNS = { seed: 20_261_124, numRuns: 400 };

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const listOf = <T>(element: fc.Arbitrary<T>): fc.Arbitrary<(T | null)[]> =>
  fc.array(fc.option(element, { freq: 12 }), { maxLength: 3 });
/** Any of the fields, each often absent and sometimes null. */
function object<T extends Record<string, fc.Arbitrary<unknown>>>(fields: T): fc.Arbitrary<Record<string, unknown>> {
  const optional = Object.entries(fields).map(([key, field]) => [key, fc.option(field, { freq: 12 })]);
  return fc.record(Object.fromEntries(optional), { requiredKeys: [] });
}

const flag = fc.boolean();
const name = oneOf("a", "b", 'q"', "é", "\u{1f600}", "");
const profile = object({ type: oneOf("RuntimeDefault", "Localhost", "Unconfined", "other", "") });
const seLinuxOptions = object({
  type: oneOf("container_t", "container_engine_t", "spc_t", ""),
  user: oneOf("root", ""),
  role: oneOf("r", ""),
});
const shared = {
  appArmorProfile: profile,
  runAsNonRoot: flag,
  runAsUser: oneOf(0, 1000),
  seLinuxOptions,
  seccompProfile: profile,
  windowsOptions: object({ hostProcess: flag }),
};
const capability = oneOf("NET_BIND_SERVICE", "CHOWN", "NET_RAW", "ALL", "all");
const anyContext = object({
  ...shared,
  allowPrivilegeEscalation: flag,
  capabilities: object({ add: listOf(capability), drop: listOf(capability) }),
  privileged: flag,
  procMount: oneOf("Default", "Unmasked", ""),
});
const HARDENED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};
/** Usually hardened except for one field, so that laws about allowed pods have pods to speak of. */
const securityContext = fc.oneof(
  { arbitrary: fc.constant<Record<string, unknown>>(HARDENED), weight: 8 },
  {
    arbitrary: anyContext.map((any) => ({ ...HARDENED, ...Object.fromEntries(Object.entries(any).slice(0, 1)) })),
    weight: 2,
  },
  { arbitrary: anyContext, weight: 1 },
);
const handler = object({
  httpGet: object({ host: oneOf("", "10.0.0.1", "z") }),
  tcpSocket: object({ host: oneOf("", "example.com") }),
});
const containerFields = {
  name,
  securityContext,
  ports: listOf(object({ containerPort: oneOf(0, 80, 8080), hostPort: oneOf(0, 80, 9, 443) })),
  livenessProbe: handler,
  readinessProbe: handler,
  startupProbe: handler,
  lifecycle: object({ postStart: handler, preStop: handler }),
};
const container = fc.oneof(
  { arbitrary: fc.record({ name, securityContext }), weight: 3 },
  { arbitrary: object(containerFields), weight: 1 },
);
const volume = fc
  .tuple(name, fc.uniqueArray(oneOf(...VOLUME_SOURCES, "future"), { maxLength: 2 }))
  .map(([named, sources]) => ({ name: named, ...Object.fromEntries(sources.map((source) => [source, {}])) }));
const annotationKey = oneOf(
  "seccomp.security.alpha.kubernetes.io/pod",
  "container.seccomp.security.alpha.kubernetes.io/a",
  "container.apparmor.security.beta.kubernetes.io/a",
  "container.apparmor.security.beta.kubernetes.io/gone",
);
const annotations = fc.dictionary(annotationKey, oneOf("runtime/default", "localhost/x", "unconfined", "", "\u200b"));
const lists = {
  containers: listOf(container),
  initContainers: listOf(container),
  ephemeralContainers: listOf(container),
};
const specFields = {
  ...lists,
  hostIPC: flag,
  hostNetwork: flag,
  hostPID: flag,
  hostUsers: flag,
  os: object({ name: oneOf("linux", "windows") }),
  securityContext: object({
    ...shared,
    sysctls: listOf(object({ name: oneOf("net.ipv4.tcp_rmem", "kernel.msgmax", "") })),
  }),
  volumes: listOf(volume),
};
// The generated records carry exactly the fields of the shape, which the type of fc.record cannot say.
const pods = fc.oneof(
  object({ metadata: object({ annotations }), spec: object(specFields) }),
  object({ spec: object({ ...lists, hostUsers: flag, os: specFields.os }) }),
) as fc.Arbitrary<PodTemplate>;

const minors = Array.from({ length: NEWEST_POLICY_MINOR + 1 }, (_, minor) => minor);
const levels = ["baseline", "restricted"] as const;

/** Each law about allowed pods must have met at least this many. */
const ENOUGH = 50;

const isWindows = (pod: PodTemplate): boolean => pod.spec?.os?.name === "windows";

test("a check has offenders exactly where it is violated, and each stands where it says", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(pods, (pod) => {
      for (const { id, revisions } of CHECKS) {
        for (const { since, evaluate } of revisions) {
          const offenders = locateOffenders(pod, id, since);
          expect(offenders.length > 0).toBe(evaluate(viewPod(pod)) !== undefined);
          if (offenders.length > 0) seen.add(`${id} ${since}`);
          for (const { path, absent, value } of offenders) {
            if (absent === true) expect(valueAt(pod, path) ?? null).toBeNull();
            else expect(valueAt(pod, path)).toBe(value);
          }
        }
      }
    }),
    RUNS,
  );
  expect(seen.size).toBe(CHECKS.flatMap(({ revisions }) => revisions).length);
});

test("a newer version refuses no pod that an older one allows, except where a check was added or tightened", () => {
  const tightened = { baseline: [19, 34], restricted: [8, 19, 22, 23, 34] };
  const met = { baseline: 0, restricted: 0 };
  fc.assert(
    fc.property(pods, (pod) => {
      for (const level of levels) {
        for (const minor of minors.slice(1)) {
          if (tightened[level].includes(minor) || !evaluatePod(pod, level, minor - 1).allowed) continue;
          expect(evaluatePod(pod, level, minor).allowed).toBe(true);
          if (minor === NEWEST_POLICY_MINOR) met[level]++;
        }
      }
    }),
    RUNS,
  );
  expect(Math.min(met.baseline, met.restricted)).toBeGreaterThan(ENOUGH);
});

test("restricted allows nothing that baseline refuses, except Windows pods since v1.25", () => {
  let met = 0;
  fc.assert(
    fc.property(pods, (pod) => {
      for (const minor of minors) {
        if ((isWindows(pod) && minor >= 25) || !evaluatePod(pod, "restricted", minor).allowed) continue;
        expect(evaluatePod(pod, "baseline", minor).allowed).toBe(true);
        if (minor === NEWEST_POLICY_MINOR) met++;
      }
    }),
    RUNS,
  );
  expect(met).toBeGreaterThan(ENOUGH);
});

test("privileged allows every pod", () => {
  fc.assert(
    fc.property(pods, (pod) => evaluatePod(pod, "privileged", "latest").allowed),
    RUNS,
  );
});

test("taking a container away never makes an allowed pod refused", () => {
  let met = 0;
  fc.assert(
    fc.property(pods, (pod) => {
      for (const level of levels) {
        if (!evaluatePod(pod, level, "latest").allowed) continue;
        met++;
        for (const list of ["containers", "initContainers", "ephemeralContainers"] as const) {
          const fewer: PodTemplate = { ...pod, spec: { ...pod.spec, [list]: pod.spec?.[list]?.slice(1) ?? [] } };
          expect(evaluatePod(fewer, level, "latest").allowed).toBe(true);
        }
      }
    }),
    RUNS,
  );
  expect(met).toBeGreaterThan(ENOUGH);
});

test("violations come in the registry's order, each with a reason, and aggregate to one text", () => {
  const order = CHECKS.map(({ id }) => id);
  fc.assert(
    fc.property(pods, oneOf(...levels), oneOf(...minors), (pod, level, minor) => {
      const evaluation = evaluatePod(pod, level, minor);
      const positions = evaluation.violations.map(({ check }) => order.indexOf(check));
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      expect(evaluation.allowed).toBe(evaluation.violations.length === 0);
      expect(aggregate(evaluation).reason).toBe(evaluation.violations.map(({ reason }) => reason).join(", "));
    }),
    RUNS,
  );
});

test("evaluating and locating leave the pod as it is", () => {
  const freeze = (value: unknown): void => {
    if (value === null || typeof value !== "object") return;
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  };
  fc.assert(
    fc.property(pods, (pod) => {
      freeze(pod);
      for (const level of levels) evaluatePod(pod, level, "latest");
      for (const { id, revisions } of CHECKS) {
        for (const { since } of revisions) locateOffenders(pod, id, since);
      }
    }),
    RUNS,
  );
});

test("a check that does not exist yet at a version locates nothing", () => {
  const host = { spec: { containers: [{ livenessProbe: { httpGet: { host: "10.0.0.1" } } }] } };
  expect(locateOffenders(host, "hostProbesAndHostLifecycle", 33)).toEqual([]);
  expect(locateOffenders(host, "hostProbesAndHostLifecycle", 34)).toHaveLength(1);
});
