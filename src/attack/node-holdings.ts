// What techniques that come to a node, or to files on it, hold there.

import { podOfNode, type Holding } from "./holding.ts";

/** The files in the directories of all pods of the node. */
export function podFilesOf(node: string): Holding {
  return { kind: "means", of: "pod-files", namespace: "", name: node };
}

/** The kubelet's identity; of a node whose name nobody knows yet only its group. */
export function nodeIdentity(node: string): Holding {
  return podOfNode(node) === undefined
    ? { kind: "user", name: `system:node:${node}` }
    : { kind: "group", name: "system:nodes" };
}
