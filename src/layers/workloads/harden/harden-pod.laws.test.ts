import fc from "fast-check";
import { expect, test } from "vitest";
import { randomPod } from "../../../../test/differential/pods/pods.ts";
import { applyPatch } from "../../../../test/strategic-merge.ts";
import { podTemplate, type PodTemplate } from "../../../kubernetes/pod.ts";
import { narrow } from "../../../kubernetes/shape.ts";
import { jsonPatch, strategicMergePatch, withEdits, type JsonPatchOperation } from "./edit.ts";
import { hardenPod } from "./harden-pod.ts";

const pods = randomPod.filter((pod) => narrow(podTemplate, pod).ok).map((pod) => pod as unknown as PodTemplate); // just narrowed
const levels = fc.constantFrom("baseline" as const, "restricted" as const);
const versions = fc.constantFrom("latest" as const, 25, 30, 34, 35);
const world = fc.record({ pod: pods, level: levels, version: versions });
const SEED = { seed: 20_260, numRuns: 2000 };

test("what is still refused is asked about, and nothing else is", () => {
  let hardened = 0;
  let asked = 0;
  fc.assert(
    fc.property(world, ({ pod, level, version }) => {
      const { edits, questions, remaining } = hardenPod(pod, { level, version }, 37);
      expect(remaining.map(({ check }) => check)).toEqual(questions.map(({ violation }) => violation.check));
      if (edits.length > 0 && remaining.length === 0) hardened++;
      if (questions.length > 0) asked++;
    }),
    SEED,
  );
  expect(Math.min(hardened, asked)).toBeGreaterThan(100);
});

test("hardening twice changes nothing more", () => {
  fc.assert(
    fc.property(world, ({ pod, level, version }) => {
      const policy = { level, version };
      const once = hardenPod(pod, policy, 37);
      expect(hardenPod(withEdits(pod, once.edits), policy, 37).edits).toEqual([]);
    }),
    SEED,
  );
});

test("leaving out any edit leaves the pod refused: none is superfluous", () => {
  fc.assert(
    fc.property(world, ({ pod, level, version }) => {
      const policy = { level, version };
      const { edits, questions } = hardenPod(pod, policy, 37);
      if (questions.length > 0) return;
      for (const edit of edits) {
        const rest = edits.filter((one) => one !== edit);
        const left = hardenPod(withEdits(pod, rest), policy, 37);
        expect(left.edits.length + left.questions.length).toBeGreaterThan(0);
      }
    }),
    { ...SEED, numRuns: 500 },
  );
});

test("the strategic-merge patch and the JSON patch make what the edits make", () => {
  fc.assert(
    fc.property(world, ({ pod, level, version }) => {
      const { edits } = hardenPod(pod, { level, version }, 37);
      const wanted = withEdits(pod, edits);
      expect(withoutNulls(applyPatch(pod, strategicMergePatch(pod, edits)))).toEqual(withoutNulls(wanted));
      expect(jsonPatch(pod, edits).reduce(applyOperation, pod as unknown)).toEqual(wanted);
    }),
    SEED,
  );
});

/** RFC 6902, as far as it is needed here. */
function applyOperation(root: unknown, { path, value }: JsonPatchOperation): unknown {
  const steps = path.split("/").slice(1);
  const put = (inner: unknown, at: number): unknown => {
    const step = steps[at]?.replaceAll("~1", "/").replaceAll("~0", "~");
    if (step === undefined) return value;
    if (Array.isArray(inner))
      return inner.map((one: unknown, index) => (String(index) === step ? put(one, at + 1) : one));
    if (inner === null || typeof inner !== "object") throw new Error(`nothing at ${path}`);
    return { ...inner, [step]: put((inner as Record<string, unknown>)[step], at + 1) }; // an object
  };
  return put(root, 0);
}

/** A patch cannot tell null from absent, and neither can the API. */
function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, inner: unknown) => (inner === null ? undefined : inner)));
}
