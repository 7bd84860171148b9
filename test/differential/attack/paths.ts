// Where objects are on an API server.

import type { ApiObject } from "./fixture.ts";

const PLURALS: Readonly<Record<string, string>> = {
  MutatingAdmissionPolicy: "mutatingadmissionpolicies",
  MutatingAdmissionPolicyBinding: "mutatingadmissionpolicybindings",
  StorageClass: "storageclasses",
};

export function collectionPath({ apiVersion, kind, metadata: { namespace } }: ApiObject): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = namespace === undefined ? "" : `/namespaces/${namespace}`;
  return `${root}${scope}/${PLURALS[kind] ?? `${kind.toLowerCase()}s`}`;
}

export function objectPath(object: ApiObject): string {
  return `${collectionPath(object)}/${object.metadata.name}`;
}
