// What the API server would answer to the labelling itself, so that both can be compared: it looks at live pods only.

import { defaultPod } from "../../../kubernetes/pod-defaults.ts";
import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import {
  reviewRequest,
  type AdmissionResponse,
  type PodSecurityConfiguration,
} from "../pod-security/admission/admission.ts";
import type { Carrier } from "./carrier.ts";
import type { Labels } from "./namespace-labels.ts";

/** The answer to `kubectl label namespace`, at most `MAXIMUM_PODS_CHECKED` pods and a second aside. */
export function reviewLabelling(
  namespace: string,
  before: Labels,
  after: Labels,
  carriers: readonly Carrier[],
  configuration: PodSecurityConfiguration,
  minor: KubernetesMinor,
): AdmissionResponse {
  const asObject = (labels: Labels): object => ({ metadata: { name: namespace, labels } });
  const pods = carriers.filter(({ isPod, isLive }) => isPod && isLive).flatMap(({ templates }) => templates);
  return reviewRequest(
    {
      operation: "UPDATE",
      group: "",
      resource: "namespaces",
      subresource: "",
      namespace,
      name: namespace,
      username: "",
      object: asObject(after),
      oldObject: asObject(before),
    },
    { ...configuration, minor },
    { namespaceLabels: () => before, podsIn: () => pods.map((pod) => defaultPod(pod)) },
  );
}
