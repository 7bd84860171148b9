// `pods/exec` runs commands in any container of the pods it is granted on. Until 1.34 `get` was enough, by WebSocket; since
// 1.35 such a request is also asked for `create`.

import { byNamespaceRights } from "../../namespace-rights.ts";
import { named, type Power } from "../../power.ts";
import type { Technique } from "../../technique.ts";
import { podsHolding } from "../../pods-holding.ts";

const EXEC: Power = named(["create"], "", "pods/exec");
const EXEC_BY_GET: Power = named(["create", "get"], "", "pods/exec");

export const execPod: Technique = {
  id: "exec-pod",
  attack: ["T1609"],
  source: "k/k pkg/registry/core/pod/rest/subresources.go; KEP-5288 AuthorizePodWebsocketUpgradeCreatePermission",
  powers: ({ features }) => [features.execNeedsCreate ? EXEC : EXEC_BY_GET],
  *steps(world) {
    yield* byNamespaceRights(world, "pods");
    for (const { holding, namespace, name } of world.rights.of(world.features.execNeedsCreate ? EXEC : EXEC_BY_GET))
      for (const gives of podsHolding(world, namespace, name)) yield { needs: [holding], gives, says: { namespace } };
  },
};
