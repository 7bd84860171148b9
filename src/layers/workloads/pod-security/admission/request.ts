// What Pod Security admission reads of an admission request, and what it asks the cluster for.

import type { PodTemplate } from "../../../../kubernetes/pod.ts";
import type { Labels } from "./policy.ts";

export interface AdmissionRequest {
  readonly operation: "CREATE" | "UPDATE" | "DELETE" | "CONNECT";
  /** API group of the resource; empty for the core group. */
  readonly group: string;
  /** Plural, e.g. `pods`. */
  readonly resource: string;
  /** Empty for the resource itself. */
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly username: string;
  /** The object as admission sees it, after API defaulting. */
  readonly object: unknown;
  /** What it was before an update. */
  readonly oldObject?: unknown;
}

/** What admission looks up while it decides. */
export interface ClusterView {
  /** Labels of a namespace; `undefined` when there is no such namespace. */
  readonly namespaceLabels: (namespace: string) => Labels | null | undefined;
  /** Live pods of a namespace, in list order. Asked only when the enforced level of a namespace is raised. */
  readonly podsIn: (namespace: string) => readonly PodTemplate[];
  /** Asked after each live pod: whether time is up. Upstream stops after a second. */
  readonly isTimeUp?: () => boolean;
}
