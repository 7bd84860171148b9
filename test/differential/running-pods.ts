// Pods that run in namespaces which were labelled afterwards: the only way to bring ephemeral containers before admission.

import type { ControlPlane } from "../servers/control-plane.ts";
import { waitFor } from "../servers/wait-for.ts";
import { labelsOf, PRIVILEGED, type LabelledNamespace, type Policy } from "./pod-security-oracle.ts";

export interface RunningPods {
  readonly namespace: LabelledNamespace;
  /** As the API server stored them. */
  readonly pods: readonly { readonly metadata: { readonly name: string }; readonly spec: object }[];
}

const image = "registry.example/app:1";
const restricted = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

const SPECS: readonly object[] = [
  { containers: [{ name: "main", image, securityContext: restricted }] },
  { containers: [{ name: "main", image }] },
  { containers: [{ name: "main", image, securityContext: restricted }], hostUsers: false },
  { hostNetwork: true, containers: [{ name: "main", image, ports: [{ containerPort: 80 }] }] },
  {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    initContainers: [{ name: "init", image, securityContext: restricted }],
    containers: [{ name: "main", image, securityContext: { ...restricted, runAsUser: 0 } }],
  },
];

/** Starts the pods in a namespace of their own, then enforces the policy there. */
export async function startPods(controlPlane: ControlPlane, name: string, enforce: Policy): Promise<RunningPods> {
  await controlPlane.createNamespace(name);
  const path = `/api/v1/namespaces/${name}/pods`;
  const pods = SPECS.map((spec, index) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `pod-${index}` },
    spec,
  }));
  const answers = await Promise.all(pods.map((pod) => controlPlane.request("POST", path, pod)));
  const patch = { metadata: { labels: labelsOf({ enforce }) } };
  await controlPlane.request("PATCH", `/api/v1/namespaces/${name}`, patch, {
    contentType: "application/merge-patch+json",
  });
  await waitFor("admission to see the namespace's labels", async () => {
    const probe = { apiVersion: "v1", kind: "Pod", metadata: { name: "probe" }, spec: { hostPID: true, ...SPECS[0] } };
    const answer = await controlPlane.request("POST", `${path}?dryRun=All`, probe);
    return answer.status === 403 ? answer : undefined;
  });
  return {
    namespace: { name, enforce, warn: PRIVILEGED },
    pods: answers.map(({ body }) => {
      const { metadata, spec } = body as RunningPods["pods"][number]; // what was created, completed by the server
      return { metadata: { name: metadata.name }, spec };
    }),
  };
}
