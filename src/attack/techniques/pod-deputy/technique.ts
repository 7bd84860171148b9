// Some custom resources are made into pods by a controller, with an account of the author's choice: whoever creates one makes
// a pod. Only kinds whose definition, or an object of which, is in the cluster count.

import { POD_DEPUTIES } from "../../pod-deputies.ts";
import { unnamed, type Power } from "../../power.ts";
import type { Technique } from "../../technique.ts";
import type { AttackWorld } from "../../attack-world.ts";
import { valueAt } from "../../../kubernetes/path.ts";

const DEPUTIES = POD_DEPUTIES.map((deputy) => ({ deputy, power: createPower(deputy.group, deputy.resource) }));

export const podDeputy: Technique = {
  id: "pod-deputy",
  attack: ["T1610"],
  source: "each project's controller; see src/attack/pod-deputies.ts",
  powers: () => DEPUTIES.map(({ power }) => power),
  *steps(world) {
    const defined = definedResources(world);
    for (const { deputy, power } of DEPUTIES) {
      const { group, kind, resource } = deputy;
      if (!defined.has(`${resource}.${group}`) && !world.hasKind(group, kind)) continue;
      for (const { holding, namespace } of world.rights.of(power))
        yield { needs: [holding], gives: { kind: "new-pod", namespace }, says: { namespace, kind } };
    }
  },
};

function createPower(group: string, resource: string): Power {
  const power = unnamed(["create"], group, resource);
  return { ...power, id: `create ${resource}.${group}` };
}

/** `PLURAL.GROUP` of custom resources that live in namespaces. */
function definedResources({ objects }: AttackWorld): ReadonlySet<string> {
  const names = objects("apiextensions.k8s.io", "CustomResourceDefinition").flatMap(({ object }) => {
    const group = valueAt(object, ["spec", "group"]);
    const plural = valueAt(object, ["spec", "names", "plural"]);
    return typeof group === "string" && typeof plural === "string" ? [`${plural}.${group}`] : [];
  });
  return new Set(names);
}
