import fc from "fast-check";
import { expect, test } from "vitest";
import { randomPod } from "../../../../test/differential/pods/pods.ts";
import { readObject } from "../../../cluster/read-resource.ts";
import { PRIVILEGED_POLICY, type PodSecurityPolicy } from "../pod-security/admission/admission.ts";
import { effectiveMinor, evaluatePod, POLICY_LEVELS } from "../pod-security/pod-security.ts";
import { podsOf, readCarrier, type Carrier } from "./carrier.ts";
import { highestLevel } from "./highest-level.ts";
import { judgeCarrier } from "./judge-carrier.ts";
import { changedChecks } from "./policy-steps.ts";
import { predict } from "./predict.ts";
import { predictUpgrade } from "./predict-upgrade.ts";
import { NO_CONFIGURATION } from "./read-configuration.ts";

const deployments = randomPod.map(({ metadata, spec }) => {
  const template = { metadata: { annotations: metadata["annotations"] }, spec };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop" },
    spec: { template },
  };
});
const carriers = fc
  .oneof(randomPod, deployments)
  .map((object) => carrierOf(object))
  .filter((one) => one !== undefined);
const version = fc.oneof(fc.constant("latest" as const), fc.integer({ min: 19, max: 40 }));
const level = fc.constantFrom(...POLICY_LEVELS);
const policies: fc.Arbitrary<PodSecurityPolicy> = fc.record({
  enforce: fc.record({ level, version }),
  audit: fc.record({ level, version }),
  warn: fc.record({ level, version }),
});
const minors = fc
  .tuple(fc.integer({ min: 29, max: 36 }), fc.integer({ min: 30, max: 37 }))
  .filter(([from, to]) => from < to);
const SEED = { seed: 20_261, numRuns: 1500 };

function carrierOf(object: object): Carrier | undefined {
  const read = readObject(object, "shop");
  if (read.kind !== "object") return undefined;
  const carrier = readCarrier(read.id, read.object, undefined, 37);
  return carrier.kind === "carrier" ? carrier.carrier : undefined;
}

test("an upgrade tells of exactly the carriers whose checks differ between both minors", () => {
  let changed = 0;
  fc.assert(
    fc.property(carriers, policies, minors, (carrier, policy, [from, to]) => {
      const setting = { policy, configuration: NO_CONFIGURATION, minor: from };
      const { changes } = predictUpgrade([carrier], setting, to);
      const before = judgeCarrier(carrier, setting);
      const after = judgeCarrier(carrier, { ...setting, minor: to });
      const checks = (judged: typeof before): string =>
        JSON.stringify([judged.enforce, judged.audit, judged.warn].map((all) => all.map(({ check }) => check)));
      expect(changes.length > 0).toBe(checks(before) !== checks(after));
      changed += changes.length;
      for (const { modes } of changes) for (const { checks } of modes) expect(checks.length).toBeGreaterThan(0);
    }),
    SEED,
  );
  expect(changed).toBeGreaterThan(30);
});

test("the minor a change is put down to is the one at which the check says something else", () => {
  fc.assert(
    fc.property(
      carriers,
      fc.constantFrom("baseline" as const, "restricted" as const),
      minors,
      (carrier, level, [from, to]) => {
        const pods = podsOf(carrier, 37);
        const detailAt = (check: string, minor: number): string | undefined =>
          pods.flatMap((pod) => evaluatePod(pod, level, minor).violations).find((one) => one.check === check)?.detail;
        for (const { check, since } of changedChecks(pods, level, from, to)) {
          expect(detailAt(check, since)).toBe(detailAt(check, to));
          expect(detailAt(check, since - 1)).not.toBe(detailAt(check, to));
        }
      },
    ),
    SEED,
  );
});

test("the highest level refuses nobody, and the next one refuses whom it names", () => {
  fc.assert(
    fc.property(
      fc.array(carriers, { maxLength: 4 }),
      version,
      fc.integer({ min: 29, max: 37 }),
      (all, version, minor) => {
        const { highest, next } = highestLevel(all, version, NO_CONFIGURATION, minor);
        const refusedAt = (level: (typeof POLICY_LEVELS)[number]): readonly Carrier[] =>
          all.filter((carrier) =>
            podsOf(carrier, minor).some((pod) => !evaluatePod(pod, level, effectiveMinor(version, minor)).allowed),
          );
        expect(refusedAt(highest)).toEqual([]);
        expect(next?.obstacles.map(({ carrier }) => carrier) ?? []).toEqual(
          next === undefined ? [] : refusedAt(next.level),
        );
      },
    ),
    { ...SEED, numRuns: 400 },
  );
});

test("pods told of under their owner are never less than what is wrong with them", () => {
  fc.assert(
    fc.property(fc.array(randomPod, { minLength: 1, maxLength: 5 }), deployments, (pods, deployment) => {
      const owner = { apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: "u", controller: true };
      const objects = [
        ...pods.map((pod, index) => ({
          ...pod,
          metadata: { ...pod.metadata, name: `p${index}`, uid: `p${index}`, ownerReferences: [owner] },
        })),
        { ...deployment, metadata: { ...deployment.metadata, name: "web", uid: "u" } },
      ];
      const all = objects.map(carrierOf).filter((one) => one !== undefined);
      const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
      const id = { apiVersion: "v1", group: "", kind: "Namespace", namespace: "", name: "shop" };
      const namespaces = new Map([["shop", { id, labels, position: undefined }]]);
      const [prediction] = predict({ namespaces, carriers: all, configuration: NO_CONFIGURATION, minor: 37 });
      const told = new Set(prediction?.entries.map(({ judgement }) => JSON.stringify(judgement.enforce)));
      const policy = { ...PRIVILEGED_POLICY, enforce: { level: "restricted", version: "latest" } } as const;
      for (const carrier of all) {
        const { enforce } = judgeCarrier(carrier, { policy, configuration: NO_CONFIGURATION, minor: 37 });
        expect(told.has(JSON.stringify(enforce))).toBe(true);
      }
      const sum = prediction?.entries.reduce((total, { others }) => total + 1 + others, 0);
      expect(sum).toBe(all.length);
    }),
    { ...SEED, numRuns: 400 },
  );
});
