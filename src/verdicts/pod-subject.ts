// A Pod or a pod template inside its owner, as workload rules see it.

import type { Resource } from "../cluster/resource.ts";
import type { ContainerView } from "../kubernetes/containers.ts";
import type { Path } from "../kubernetes/path.ts";
import type { PodSpec, PodTemplate } from "../kubernetes/pod.ts";

export interface PodSubject {
  readonly resource: Resource;
  /** Whether the object is a Pod itself, not a template of one. */
  readonly isPod: boolean;
  /** Path of the template in the object: empty for a Pod, `["spec", "template"]` for a Deployment. */
  readonly at: Path;
  /** As written. */
  readonly template: PodTemplate;
  /** After the API defaulting that decides verdicts. */
  readonly defaulted: PodTemplate;
  /** `template.spec`, or an empty one. */
  readonly spec: PodSpec;
  /** Every container of `spec`, in Kubernetes' order. */
  readonly containers: readonly ContainerView[];
}
