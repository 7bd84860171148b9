// `bind` lets its holder bind roles it does not hold. With create on clusterrolebindings that is every right everywhere,
// with create on rolebindings every right in a namespace, or those of the roles it names.

import { EVERYWHERE } from "../../holding.ts";
import { BIND_CLUSTER_ROLES, BIND_ROLES, CREATE_CLUSTER_ROLE_BINDINGS, CREATE_ROLE_BINDINGS } from "../../powers.ts";
import type { JointRight } from "../../rights.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const bindClusterRole: Technique = {
  id: "bind-cluster-role",
  attack: ["T1098.006"],
  source: "k/k pkg/registry/rbac/clusterrolebinding/policybased/storage.go; pkg/registry/rbac/escalation_check.go",
  powers: () => [BIND_CLUSTER_ROLES, BIND_ROLES, CREATE_CLUSTER_ROLE_BINDINGS, CREATE_ROLE_BINDINGS],
  *steps({ rights }) {
    for (const joint of rights.joint([CREATE_CLUSTER_ROLE_BINDINGS, BIND_CLUSTER_ROLES]))
      if (joint.namespace === EVERYWHERE) yield stepOf(joint);
    for (const joint of rights.joint([CREATE_ROLE_BINDINGS, BIND_CLUSTER_ROLES]))
      yield { ...stepOf(joint), gives: givenIn(joint) };
  },
};

function stepOf(joint: JointRight): Step {
  const { namespace, rights } = joint;
  const name = rights[1]?.name ?? "";
  return {
    needs: rights.map(({ holding }) => holding),
    gives: name === "" ? { kind: "cluster-admin" } : { kind: "role", role: name, namespace: EVERYWHERE },
    says: { namespace, role: name },
  };
}

function givenIn({ namespace, rights }: JointRight): Step["gives"] {
  const name = rights[1]?.name ?? "";
  return name === "" ? { kind: "namespace-admin", namespace } : { kind: "role", role: name, namespace };
}
