import { expect, test } from "vitest";
import { defaultPod, defaultTemplate } from "./pod-defaults.ts";
import type { PodTemplate } from "./pod.ts";

const onHostNetwork: PodTemplate = {
  metadata: { name: "p" },
  spec: {
    hostNetwork: true,
    initContainers: [null, { name: "i", ports: [{ containerPort: 1 }] }],
    containers: [
      { name: "a", ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 8081 }, null, {}] },
      { name: "b" },
    ],
    ephemeralContainers: [{ name: "e", ports: [{ containerPort: 2 }] }],
  },
};

test("on the host network a Pod's container ports become host ports, except in ephemeral containers", () => {
  expect(defaultPod(onHostNetwork)).toEqual({
    metadata: { name: "p" },
    spec: {
      hostNetwork: true,
      initContainers: [null, { name: "i", ports: [{ containerPort: 1, hostPort: 1 }] }],
      containers: [
        { name: "a", ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81, hostPort: 8081 }, null, {}] },
        { name: "b" },
      ],
      ephemeralContainers: [{ name: "e", ports: [{ containerPort: 2 }] }],
    },
  });
});

test("a host port of zero is as good as none", () => {
  const pod = { spec: { hostNetwork: true, containers: [{ ports: [{ containerPort: 80, hostPort: 0 }] }] } };
  expect(defaultPod(pod).spec.containers[0]?.ports[0]?.hostPort).toBe(80);
});

test("templates get host ports up to v1.27 only", () => {
  expect(defaultTemplate(onHostNetwork)).toBe(onHostNetwork);
  expect(defaultTemplate(onHostNetwork, 28)).toBe(onHostNetwork);
  expect(defaultTemplate(onHostNetwork, 27)).toEqual(defaultPod(onHostNetwork));
});

test("a volume without a source the API knows is an emptyDir, in Pods and templates", () => {
  const given = { spec: { volumes: [{ name: "a" }, { name: "b", nfs: null }, { name: "c", nfs: {} }, null] } };
  const defaulted = {
    spec: {
      volumes: [
        { name: "a", emptyDir: {} },
        { name: "b", nfs: null, emptyDir: {} },
        { name: "c", nfs: {} },
        { emptyDir: {} },
      ],
    },
  };
  expect(defaultPod(given)).toEqual(defaulted);
  expect(defaultTemplate(given)).toEqual(defaulted);
});

test("an object that needs no default is returned as it is, and defaulting twice changes nothing more", () => {
  const untouched: readonly PodTemplate[] = [
    {},
    { spec: null },
    { spec: { volumes: [{ name: "v", secret: {} }], containers: [{ ports: [{ containerPort: 80 }] }] } },
    { spec: { hostNetwork: true, volumes: [], containers: [{ ports: [{ containerPort: 80, hostPort: 1 }] }] } },
  ];
  for (const pod of untouched) {
    expect(defaultPod(pod)).toBe(pod);
    expect(defaultTemplate(pod)).toBe(pod);
  }
  const once = defaultPod(onHostNetwork);
  expect(defaultPod(once)).toBe(once);
});

test("what is given stays as it was, and lists without a change are shared", () => {
  const before = JSON.stringify(onHostNetwork);
  const defaulted = defaultPod(onHostNetwork);
  expect(JSON.stringify(onHostNetwork)).toBe(before);
  expect(defaulted.spec?.ephemeralContainers).toBe(onHostNetwork.spec?.ephemeralContainers);
  expect(defaulted.spec?.containers?.[1]).toBe(onHostNetwork.spec?.containers?.[1]);
});
