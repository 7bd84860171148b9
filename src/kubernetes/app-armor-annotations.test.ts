import { expect, test } from "vitest";
import { withAppArmorFields } from "./app-armor-annotations.ts";
import type { PodTemplate } from "./pod.ts";

const unconfined = { "container.apparmor.security.beta.kubernetes.io/a": "unconfined" };
const pod: PodTemplate = {
  metadata: { annotations: unconfined },
  spec: { containers: [{ name: "a" }, { name: "b" }] },
};

test("an unconfined annotation becomes the field of the container it names, since v1.30", () => {
  const profile = { appArmorProfile: { type: "Unconfined" } };
  expect(withAppArmorFields(pod).spec?.containers).toEqual([{ name: "a", securityContext: profile }, { name: "b" }]);
  expect(withAppArmorFields(pod, 29)).toBe(pod);
});

test("a field of the container, the same profile of the pod and Windows keep the annotation from being copied", () => {
  const field = { appArmorProfile: { type: "RuntimeDefault" } };
  const withField = { ...pod, spec: { containers: [{ name: "a", securityContext: field }] } };
  expect(withAppArmorFields(withField)).toEqual(withField);
  const ofPod = { ...pod, spec: { ...pod.spec, securityContext: { appArmorProfile: { type: "Unconfined" } } } };
  expect(withAppArmorFields(ofPod)).toBe(ofPod);
  const windows = { ...pod, spec: { ...pod.spec, os: { name: "windows" } } };
  expect(withAppArmorFields(windows)).toBe(windows);
});

test("other annotations change nothing", () => {
  const annotations = { "container.apparmor.security.beta.kubernetes.io/a": "runtime/default", other: "unconfined" };
  const other = { ...pod, metadata: { annotations } };
  expect(withAppArmorFields(other)).toBe(other);
});
