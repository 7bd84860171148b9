import { expect, test } from "vitest";
import { formatPath } from "./path.ts";
import { isPodCarrierKind, looksLikePodCarrier, podTemplatesOf } from "./pod-template.ts";

const template = { spec: { containers: [{ image: "x" }] } };

test.each<[string, string, object, readonly string[]]>([
  ["v1", "Pod", {}, [""]],
  ["apps/v1", "Deployment", { spec: { template } }, ["spec.template"]],
  ["apps/v1", "Deployment", {}, []],
  ["extensions/v1beta1", "Deployment", { spec: { template } }, ["spec.template"]],
  ["batch/v1", "CronJob", { spec: { jobTemplate: { spec: { template } } } }, ["spec.jobTemplate.spec.template"]],
  ["v1", "PodTemplate", { template }, ["template"]],
  ["argoproj.io/v1alpha1", "Rollout", { spec: { template } }, ["spec.template"]],
  ["serving.knative.dev/v1", "Revision", { spec: template.spec }, [""]],
  [
    "jobset.x-k8s.io/v1alpha2",
    "JobSet",
    { spec: { replicatedJobs: [{ template: { spec: { template } } }, {}] } },
    ["spec.replicatedJobs[0].template.spec.template"],
  ],
  [
    "kubeflow.org/v1",
    "PyTorchJob",
    { spec: { pytorchReplicaSpecs: { Master: { template }, Worker: { template } } } },
    ["spec.pytorchReplicaSpecs.Master.template", "spec.pytorchReplicaSpecs.Worker.template"],
  ],
  ["example.com/v1", "Deployment", { spec: { template } }, []],
])("%s %s", (apiVersion, kind, fields, expected) => {
  expect(podTemplatesOf({ apiVersion, kind, ...fields }).map(({ path }) => formatPath(path))).toEqual(expected);
});

test("an unknown kind with containers inside is recognised as carrying pods", () => {
  expect(isPodCarrierKind("example.com/v1", "Widget")).toBe(false);
  expect(looksLikePodCarrier({ spec: { deep: [{ containers: [{ image: "x" }] }] } })).toBe(true);
  expect(looksLikePodCarrier({ spec: { containers: { image: {} } } })).toBe(false);
  expect(looksLikePodCarrier({ spec: { containers: [{ name: "no image" }] } })).toBe(false);
});
