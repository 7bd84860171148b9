// The kubelet opens the log of a container as root and follows links: a container that writes the node's /var/log puts a link
// in the place of a log, and whoever may read logs reads what it points to. Of a file that is no log the kubelet's error quotes
// the line it began at, so that `tailLines` gives it line by line; nodes/log serves the file itself.

import type { AttackWorld } from "../../attack-world.ts";
import { escapeSteps } from "../../container-escape.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "../../holding.ts";
import { isWithin, NODE_LOGS, POD_LOGS } from "../../host-mount.ts";
import { changeVolume } from "../../pod-change.ts";
import { podsNamed } from "../../pods-holding.ts";
import { clusterScoped, named, type Power } from "../../power.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

const READ_LOGS: Power = named(["get"], "", "pods/log");
const READ_NODE_LOGS: readonly Power[] = ["nodes/log", "nodes/proxy"].map((resource) =>
  clusterScoped(named(["get"], "", resource)),
);

export const hostLogSymlink: Technique = {
  id: "host-log-symlink",
  attack: ["T1552.001", "T1611"],
  source: "k/k staging/src/k8s.io/cri-client/pkg/logs/logs.go ReadLogs; pkg/kubelet/server/server.go",
  powers: () => [READ_LOGS, ...READ_NODE_LOGS],
  *steps(world) {
    const nodes = new Set<string>();
    for (const step of linkSteps(world)) {
      if (step.gives.kind === "node-files") nodes.add(step.gives.node);
      yield step;
    }
    if (nodes.size > 0) yield* readerSteps(world, nodes);
  },
};

/** A link needs both hands: where the log lies, and at the API. */
function* linkSteps({ pods }: AttackWorld): Generator<Step> {
  for (const { by, reader } of [
    { by: POD_LOGS, reader: logsOfPods },
    { by: NODE_LOGS, reader: logsOfNode },
  ]) {
    const steps = escapeSteps(pods, (pod, container) =>
      !container.isRoot
        ? []
        : container.hostMounts
            .filter(({ hostPath, isWritable }) => isWritable && isWithin(by, hostPath))
            .map(({ mount, volume }) => ({
              gives: { kind: "node-files", node: pod.node },
              facts: () => [{ kind: "field", resource: pod.resource, path: mount }],
              controls: () => [changeVolume(pod, volume)],
            })),
    );
    for (const step of steps)
      if (step.gives.kind === "node-files") yield { ...step, needs: [...step.needs, reader(step.gives.node)] };
  }
}

function logsOfPods(node: string): Holding {
  return { kind: "means", of: "pod-logs", namespace: "", name: node };
}

function logsOfNode(node: string): Holding {
  return { kind: "means", of: "node-logs", namespace: "", name: node };
}

function logsIn(namespace: NamespaceScope): Holding {
  return { kind: "means", of: "pod-logs", namespace, name: "" };
}

/** Who reads the log of some pod on a node, or those of the node itself. */
function* readerSteps(world: AttackWorld, nodes: ReadonlySet<string>): Generator<Step> {
  const scopes = new Set<string>();
  for (const { holding, namespace, name } of world.rights.of(READ_LOGS)) {
    if (name === "") {
      scopes.add(namespace);
      yield { needs: [holding], gives: logsIn(namespace), isMeant: true };
      continue;
    }
    for (const { node } of podsNamed(world, namespace, name))
      if (nodes.has(node)) yield { needs: [holding], gives: logsOfPods(node), isMeant: true };
  }
  const said = new Set<string>();
  for (const { namespace, node } of world.pods) {
    if (!nodes.has(node)) continue;
    for (const scope of [EVERYWHERE, namespace]) {
      if (!scopes.has(scope) || said.has(`${scope}/${node}`)) continue;
      said.add(`${scope}/${node}`);
      yield { needs: [logsIn(scope)], gives: logsOfPods(node), isMeant: true };
    }
  }
  for (const { holding, name } of READ_NODE_LOGS.flatMap(world.rights.of))
    for (const node of nodes)
      if (name === "" || name === node) yield { needs: [holding], gives: logsOfNode(node), isMeant: true };
}
