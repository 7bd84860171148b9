// Drawing pods onto an owned node, with a real scheduler and real controllers.

import { testWithServers } from "../../servers/availability.ts";
import { CLUSTER_COMPONENTS } from "../../servers/cluster.ts";
import { stealPods } from "./steal-pods.ts";

testWithServers(
  "pods that a taint drives off come to the owned node, as the attack graph says",
  () => stealPods(false),
  {
    components: CLUSTER_COMPONENTS,
    timeout: 15 * 60_000,
  },
);
