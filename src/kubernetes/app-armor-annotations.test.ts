import { expect, test } from "vitest";
import { syncAppArmor } from "./app-armor-annotations.ts";
import type { PodTemplate } from "./pod.ts";

const KEY = "container.apparmor.security.beta.kubernetes.io/a";
const unconfined = { appArmorProfile: { type: "Unconfined" } };
const annotated: PodTemplate = {
  metadata: { annotations: { [KEY]: "unconfined" } },
  spec: { containers: [{ name: "a" }, { name: "b" }] },
};

test("an unconfined annotation becomes the field of the container it names, since v1.30", () => {
  expect(syncAppArmor(annotated).spec?.containers).toEqual([{ name: "a", securityContext: unconfined }, { name: "b" }]);
  expect(syncAppArmor(annotated, 29)).toBe(annotated);
});

test("a field of the container, the same profile of the pod and Windows keep the annotation from being copied", () => {
  const field = { appArmorProfile: { type: "RuntimeDefault" } };
  const withField = { ...annotated, spec: { containers: [{ name: "a", securityContext: field }] } };
  expect(syncAppArmor(withField)).toBe(withField);
  const ofPod = { ...annotated, spec: { ...annotated.spec, securityContext: unconfined } };
  expect(syncAppArmor(ofPod)).toBe(ofPod);
  const windows = { ...annotated, spec: { ...annotated.spec, os: { name: "windows" } } };
  expect(syncAppArmor(windows)).toBe(windows);
});

test("an unconfined field, of the container or of the pod, becomes an annotation up to v1.33", () => {
  const withField: PodTemplate = { spec: { containers: [{ name: "a", securityContext: unconfined }, { name: "b" }] } };
  expect(syncAppArmor(withField, 33).metadata?.annotations).toEqual({ [KEY]: "unconfined" });
  expect(syncAppArmor(withField, 34)).toBe(withField);
  const ofPod: PodTemplate = { spec: { securityContext: unconfined, containers: [{ name: "a" }] } };
  expect(syncAppArmor(ofPod, 30).metadata?.annotations).toEqual({ [KEY]: "unconfined" });
});

test("other annotations change nothing", () => {
  const annotations = { [KEY]: "runtime/default", other: "unconfined" };
  const other = { ...annotated, metadata: { annotations } };
  expect(syncAppArmor(other)).toBe(other);
});
