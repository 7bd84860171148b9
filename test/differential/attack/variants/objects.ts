// What variants are made of: rights of the attacker, and what else there is.

import type { ApiObject, Fixture } from "../fixture.ts";
import type { Site } from "../site.ts";
import { RBAC } from "../use.ts";

export interface Variant extends Fixture {
  readonly isGained: boolean;
  /** Ringwall is told that the objects are a whole cluster. */
  readonly isComplete?: true;
  readonly run: (site: Site) => Promise<void>;
}

export type Variants = Readonly<Record<string, Variant>>;

export const ATTACKER = "user system:serviceaccount:shop:builder";
export const BUILDER = { kind: "ServiceAccount", name: "builder", namespace: "shop" };
const apiVersion = `${RBAC}/v1`;

export const rule = (group: string, resources: string[], verbs: string[], resourceNames?: string[]) => ({
  apiGroups: [group],
  resources,
  verbs,
  ...(resourceNames && { resourceNames }),
});
export const bound = (kind: string, name: string, subjects: object[] = [BUILDER], binding = "builder"): ApiObject => ({
  apiVersion,
  kind: "RoleBinding",
  metadata: { name: binding, namespace: "shop" },
  roleRef: { apiGroup: RBAC, kind, name },
  subjects,
});
export const local = (...rules: object[]): readonly ApiObject[] => [
  { apiVersion, kind: "Role", metadata: { name: "rights", namespace: "shop" }, rules },
  bound("Role", "rights"),
];
export const cluster = (...rules: object[]): readonly ApiObject[] => [
  { apiVersion, kind: "ClusterRole", metadata: { name: "rights" }, rules },
  {
    apiVersion,
    kind: "ClusterRoleBinding",
    metadata: { name: "rights" },
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "rights" },
    subjects: [BUILDER],
  },
];
export const DEPLOYER: ApiObject = {
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: "deployer", namespace: "shop" },
};
