// `pods/attach` types into what a container runs, where the container keeps its standard input open: a shell does what it is
// told. Other containers only show what they print.

import { podChangeSteps } from "../../admitted-pods.ts";
import { named, type Power } from "../../power.ts";
import type { Technique } from "../../technique.ts";

const ATTACH: Power = named(["create"], "", "pods/attach");
const ATTACH_BY_GET: Power = named(["create", "get"], "", "pods/attach");

export const attachPod: Technique = {
  id: "attach-pod",
  attack: ["T1609"],
  source: "k/k pkg/registry/core/pod/rest/subresources.go; KEP-5288 AuthorizePodWebsocketUpgradeCreatePermission",
  powers: ({ features }) => [features.execNeedsCreate ? ATTACH : ATTACH_BY_GET],
  *steps(world) {
    yield* podChangeSteps(world, {
      id: "attach-pod",
      power: world.features.execNeedsCreate ? ATTACH : ATTACH_BY_GET,
      given: ({ containers }) => containers.filter(({ stdin }) => stdin).map(({ holding }) => holding),
    });
  },
};
