// On EKS, ConfigMap kube-system/aws-auth says which AWS identities are which users and groups; any group, system:masters too.

import { EVERYWHERE } from "../../holding.ts";
import { named } from "../../power.ts";
import type { Technique } from "../../technique.ts";

const CHANGE_CONFIG_MAPS = named(["update", "patch"], "", "configmaps");
const NAMESPACE = "kube-system";
const NAME = "aws-auth";

export const awsAuth: Technique = {
  id: "aws-auth",
  attack: ["T1098"],
  source: "kubernetes-sigs/aws-iam-authenticator pkg/mapper/configmap/configmap.go",
  powers: () => [CHANGE_CONFIG_MAPS],
  *steps({ rights, objects }) {
    const map = objects("", "ConfigMap").find(({ resource: { id } }) => id.namespace === NAMESPACE && id.name === NAME);
    if (map === undefined) return;
    for (const { holding, namespace, name } of rights.of(CHANGE_CONFIG_MAPS)) {
      if (namespace !== EVERYWHERE && namespace !== NAMESPACE) continue;
      if (name !== "" && name !== NAME) continue;
      yield {
        needs: [holding],
        gives: { kind: "cluster-admin" },
        says: { namespace: NAMESPACE },
        facts: () => [{ kind: "field", resource: map.resource, path: ["data"] }],
      };
    }
  },
};
