// What every Kubernetes object has: type and metadata (k8s.io/apimachinery/pkg/apis/meta/v1).

import { anything, array, boolean, integer, map, object, string, type TypeOf } from "./shape.ts";

const ownerReference = object({ apiVersion: string, kind: string, name: string, uid: string, controller: boolean });

export const objectMeta = object({
  name: string,
  generateName: string,
  namespace: string,
  uid: string,
  resourceVersion: string,
  generation: integer,
  labels: map(string),
  annotations: map(string),
  ownerReferences: array(ownerReference),
  managedFields: anything,
  deletionTimestamp: string,
});
export type ObjectMeta = TypeOf<typeof objectMeta>;
export type OwnerReference = TypeOf<typeof ownerReference>;

/** An object whose type and metadata are known to be well-formed; everything else is still unknown. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: ObjectMeta | null;
  readonly [field: string]: unknown;
}

/** The API group of an apiVersion: `apps` of `apps/v1`, the empty string of `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash === -1 ? "" : apiVersion.slice(0, slash);
}

/** The version of an apiVersion: `v1` of `apps/v1`. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf("/") + 1);
}
