// Whoever changes the template of a workload that exists decides what its next pods run, as which account of the namespace.

import type { AttackWorld } from "../../attack-world.ts";
import { EVERYWHERE, type Holding } from "../../holding.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";
import { WORKLOAD_KINDS, type WorkloadKind } from "../../workload-kinds.ts";

const MUTABLE = WORKLOAD_KINDS.filter(({ isTemplateMutable }) => isTemplateMutable);

export const patchWorkload: Technique = {
  id: "patch-workload",
  attack: ["T1610"],
  source: "k/k pkg/registry/apps/deployment/strategy.go; pkg/apis/batch/validation/validation.go",
  powers: () => MUTABLE.map(({ change }) => change),
  *steps(world) {
    for (const one of MUTABLE) yield* stepsOf(world, one);
  },
};

function* stepsOf(world: AttackWorld, { group, kind, change }: WorkloadKind): Generator<Step> {
  const there = world.workloads.filter((id) => id.group === group && id.kind === kind);
  if (there.length === 0) return;
  const namespaces = new Set(there.map(({ namespace }) => namespace));
  const everywhere: Holding = { kind: "means", of: "patch-workload", namespace: EVERYWHERE, name: kind };
  let isEverywhere = false;
  for (const { holding, namespace, name } of world.rights.of(change)) {
    const step = { needs: [holding], says: { namespace, kind } };
    if (name === "" && namespace === EVERYWHERE) {
      isEverywhere = true;
      yield { ...step, gives: everywhere };
      continue;
    }
    const fitting =
      name === ""
        ? [namespace].filter((one) => namespaces.has(one))
        : there
            .filter((id) => id.name === name && (namespace === EVERYWHERE || id.namespace === namespace))
            .map((id) => id.namespace);
    for (const one of new Set(fitting))
      yield { needs: [holding], gives: { kind: "new-pod", namespace: one }, says: { namespace: one, kind } };
  }
  if (!isEverywhere) return;
  for (const namespace of namespaces)
    yield { needs: [everywhere], gives: { kind: "new-pod", namespace }, isMeant: true };
}
