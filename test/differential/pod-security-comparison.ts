// Random questions to a real API server's Pod Security admission and to our engine, whose words must be the same.

import fc from "fast-check";
import type { PolicyVersion } from "../../src/layers/workloads/pod-security/pod-security.ts";
import type { ControlPlane } from "../servers/control-plane.ts";
import { carrierObject, POD_CARRIERS, templateOf } from "./pod-carriers.ts";
import {
  createNamespaces,
  isSameSaying,
  ourSayingOfChangedPod,
  ourSayingOfNewPod,
  ourSayingOfTemplate,
  sayingOf,
  type LabelledNamespace,
  type Policy,
  type Saying,
} from "./pod-security-oracle.ts";
import { ephemeralContainer } from "./pods/containers.ts";
import { randomPod, type RandomPod } from "./pods/pods.ts";
import { repairContext } from "./pods/repair.ts";
import { knownTo } from "./pods/server-fields.ts";
import { asSent, type JsonObject } from "./pods/sparse.ts";
import { startPods } from "./running-pods.ts";

/** How the server answered. `refused` objects failed API validation and say nothing about admission. */
export interface Tally {
  readonly denied: number;
  readonly warned: number;
  readonly passed: number;
  readonly refused: number;
}

export interface ComparisonOptions {
  readonly seed: number;
  /** At least so many objects are sent. */
  readonly count: number;
}

const BATCH = 100;
const MERGE_PATCH = { contentType: "application/merge-patch+json" };

/** Pods in namespaces of every level and policy version. */
export async function comparePods(controlPlane: ControlPlane, options: ComparisonOptions): Promise<Tally> {
  const minor = minorOf(controlPlane);
  const namespaces = await createNamespaces(controlPlane, minor);
  const question = fc.record({ pod: podFor(minor), namespace: namespaceAmong(namespaces) });
  return compare(question, options, async ({ pod, namespace }) => {
    const answer = await controlPlane.request("POST", `/api/v1/namespaces/${namespace.name}/pods?dryRun=All`, pod);
    return { theirs: sayingOf(answer), ours: ourSayingOfNewPod(pod, namespace, minor) };
  });
}

/** Templates of all built-in controllers, of which admission only warns. */
export async function compareTemplates(controlPlane: ControlPlane, options: ComparisonOptions): Promise<Tally> {
  const minor = minorOf(controlPlane);
  const namespaces = await createNamespaces(controlPlane, minor, "template-");
  const question = fc.record({
    pod: podFor(minor),
    namespace: namespaceAmong(namespaces),
    carrier: fc.constantFrom(...POD_CARRIERS),
  });
  return compare(question, options, async ({ pod, namespace, carrier }) => {
    const template = templateOf(carrier, pod);
    const path = `${carrier.apiPath}/namespaces/${namespace.name}/${carrier.resource}?dryRun=All`;
    const answer = await controlPlane.request("POST", path, carrierObject(carrier, template));
    return { theirs: sayingOf(answer), ours: ourSayingOfTemplate(asSent(template), namespace, minor) };
  });
}

/** Ephemeral containers added to running pods. */
export async function compareEphemeralContainers(
  controlPlane: ControlPlane,
  options: ComparisonOptions,
): Promise<Tally> {
  const minor = minorOf(controlPlane);
  const versions = [0, 19, 22, 25, Math.min(31, minor), "latest"] as const;
  const policies = (["baseline", "restricted"] as const).flatMap((level) =>
    versions.map((version): Policy => ({ level, version })),
  );
  const starting = policies.map((policy, index) => startPods(controlPlane, `running-${index}`, policy));
  const running = (await Promise.all(starting)).flatMap(({ namespace, pods }) =>
    pods.map((pod) => ({ namespace, pod })),
  );
  const container = fc.oneof(ephemeralContainer(4), ephemeralContainer(20));
  const containers = fc.uniqueArray(container, { minLength: 1, maxLength: 3, selector: (one) => one["name"] });
  const question = fc.record({ place: fc.constantFrom(...running), containers });
  return compare(question, options, async ({ place: { namespace, pod }, containers: added }) => {
    const ephemeralContainers = knownTo(minor, added.map(asDebugContainer));
    const path = `/api/v1/namespaces/${namespace.name}/pods/${pod.metadata.name}/ephemeralcontainers?dryRun=All`;
    const answer = await controlPlane.request("PATCH", path, { spec: { ephemeralContainers } }, MERGE_PATCH);
    const whole = { ...pod, spec: { ...pod.spec, ephemeralContainers } };
    return { theirs: sayingOf(answer), ours: ourSayingOfChangedPod(whole, namespace, minor) };
  });
}

/** A container under a name that no container of the running pods has. */
function asDebugContainer(container: JsonObject): JsonObject {
  return { ...repairContext(container, false), name: `debug-${String(container["name"]).slice(0, 9)}` };
}

function podFor(serverMinor: number): fc.Arbitrary<RandomPod> {
  return randomPod.map((pod) => knownTo(serverMinor, pod));
}

/** Policy minors at which some check changed, with the minor before. */
const TURNING_POINTS = new Set<PolicyVersion>([
  7,
  8,
  18,
  19,
  21,
  22,
  23,
  24,
  25,
  26,
  27,
  28,
  29,
  30,
  31,
  33,
  34,
  35,
  36,
  37,
  "latest",
]);

/** Any namespace, more often one at a turning point. */
function namespaceAmong(namespaces: readonly LabelledNamespace[]): fc.Arbitrary<LabelledNamespace> {
  const turning = namespaces.filter(({ enforce, warn }) =>
    TURNING_POINTS.has((enforce.level === "privileged" ? warn : enforce).version),
  );
  return fc.oneof(fc.constantFrom(...namespaces), fc.constantFrom(...turning));
}

/** The minor of a control plane's version. */
export function minorOf(controlPlane: ControlPlane): number {
  return Number(controlPlane.version.split(".")[1]);
}

/** Asks in parallel batches, so that a batch with a difference shrinks to one question, and that to the least one. */
async function compare<Question>(
  question: fc.Arbitrary<Question>,
  { seed, count }: ComparisonOptions,
  ask: (one: Question) => Promise<{ readonly theirs: Saying | undefined; readonly ours: Saying }>,
): Promise<Tally> {
  const tally = { denied: 0, warned: 0, passed: 0, refused: 0 };
  const property = fc.asyncProperty(
    fc.array(question, { minLength: 1, maxLength: BATCH, size: "max" }),
    async (batch) => {
      const answers = await Promise.all(batch.map(ask));
      for (const { theirs, ours } of answers) {
        tally[outcomeOf(theirs)]++;
        if (theirs !== undefined && !isSameSaying(theirs, ours)) throw new Error(difference(theirs, ours));
      }
    },
  );
  // Batches have between 1 and BATCH questions.
  await fc.assert(property, { seed, numRuns: Math.ceil((count / BATCH) * 3), interruptAfterTimeLimit: 300_000 });
  return tally;
}

function outcomeOf(saying: Saying | undefined): keyof Tally {
  if (saying === undefined) return "refused";
  if (saying.denial !== undefined) return "denied";
  return saying.warning === undefined ? "passed" : "warned";
}

function difference(theirs: Saying, ours: Saying): string {
  return `the API server says\n  ${JSON.stringify(theirs)}\nand we say\n  ${JSON.stringify(ours)}`;
}
