// Chains that end in programs outside Kubernetes: carried out up to the object that those act on.

import type { CarryOuts } from "../carry-out.ts";
import type { ApiObject } from "../fixture.ts";
import { accepted, create } from "../site.ts";
import { MERGE } from "../use.ts";

export const OUTSIDE_CARRY_OUTS: CarryOuts = {
  "aws-auth": {
    upTo: "the ConfigMap is changed; the authenticator of AWS reads it",
    run: async (site) => {
      const data = { mapUsers: "[{ userarn: arn, username: taken, groups: [system:masters] }]" };
      const path = "/api/v1/namespaces/kube-system/configmaps/aws-auth";
      accepted(await site.ask("PATCH", path, { data }, MERGE), "to map an identity");
    },
  },
  "reconcile-deputy": {
    upTo: "Kustomization and GitRepository are created; Flux applies them",
    run: async (site) => {
      for (const { group, resource, kind } of FLUX) await create(site.admin, definition(group, resource, kind));
      for (const { group, resource, kind } of FLUX) {
        const body = { apiVersion: `${group}/v1`, kind, metadata: { name: "taken" }, spec: {} };
        const path = `/apis/${group}/v1/namespaces/${site.name("shop")}/${resource}`;
        accepted(await site.ask("POST", path, body), `to create a ${kind}`);
      }
    },
  },
};

const FLUX = [
  { group: "source.toolkit.fluxcd.io", resource: "gitrepositories", kind: "GitRepository" },
  { group: "kustomize.toolkit.fluxcd.io", resource: "kustomizations", kind: "Kustomization" },
];

/** A definition that takes any object, as far as the API server is concerned. */
function definition(group: string, plural: string, kind: string): ApiObject {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural, singular: kind.toLowerCase(), kind },
      versions: [{ name: "v1", served: true, storage: true, schema }],
    },
  };
}
