// What an attacker holds, in words.

import { podOfNode, EVERYWHERE, type Holding, type NamespaceScope } from "../../attack/holding.ts";
import type { Target } from "../../attack/target.ts";
import { serviceAccountOf } from "../../layers/access/identity.ts";
import type { Catalogue } from "../catalogue.ts";
import { printable } from "../printable.ts";

/** `in shop`, `in every namespace`. */
export function whereText(namespace: NamespaceScope, catalogue: Catalogue): string {
  return namespace === EVERYWHERE
    ? catalogue.say("attack.everywhere")
    : catalogue.say("attack.where", { namespace: printable(namespace) });
}

/** `kube-system/admin` of a service account, the name of another user. */
export function userText(name: string): string {
  const account = serviceAccountOf(name);
  return printable(account === undefined ? name : `${account.namespace}/${account.name}`);
}

export function holdingText(holding: Holding, catalogue: Catalogue): string {
  switch (holding.kind) {
    case "user":
      return userText(holding.name);
    case "group":
    case "node-files":
      return catalogue.sayAny(`attack.holding.${holding.kind}`, {
        name: printable("name" in holding ? holding.name : holding.node),
      });
    case "node":
      return nodeText(holding.node, catalogue);
    case "pod":
      return catalogue.say("attack.holding.pod", { name: podText(holding.pod) });
    case "container":
      return catalogue.say("attack.holding.container", {
        name: printable(`${podText(holding.pod)} ${holding.container}`),
      });
    case "secret":
      return catalogue.say("attack.holding.secret", { name: printable(`${holding.namespace}/${holding.name}`) });
    case "role":
      return catalogue.say("attack.holding.role", {
        name: printable(holding.role),
        where: whereText(holding.namespace, catalogue),
      });
    case "role-rules":
      return catalogue.say("attack.holding.role-rules", { name: printable(holding.role) });
    case "right":
      return printable(holding.power);
    case "means": {
      const where = whereText(holding.namespace, catalogue);
      return catalogue.sayAny(`attack.holding.means.${holding.of}`, { where, name: printable(holding.name) });
    }
    case "any-node":
    case "cluster-admin":
      return catalogue.sayAny(`attack.holding.${holding.kind}`);
    default:
      return catalogue.sayAny(`attack.holding.${holding.kind}`, { where: whereText(holding.namespace, catalogue) });
  }
}

/** `becomes cluster-admin`, or as a `goal`: `cluster-admin`. */
export function targetText(target: Target, catalogue: Catalogue, form: "target" | "goal" = "target"): string {
  const say = (id: string, values = {}): string => catalogue.sayAny(`attack.${form}.${id}`, values);
  if (target.kind === "cluster-admin") return say("cluster-admin");
  if (target.kind === "node") {
    const pod = podOfNode(target.node);
    if (pod !== undefined) return say("pod-node", { pod: podText(pod) });
    return target.node === "" ? say("any-node") : say("node", { node: printable(target.node) });
  }
  return target.namespace === EVERYWHERE
    ? say(`${target.kind}-all`)
    : say(target.kind, { namespace: printable(target.namespace) });
}

function nodeText(node: string, catalogue: Catalogue): string {
  const pod = podOfNode(node);
  return pod === undefined
    ? catalogue.say("attack.holding.node", { name: printable(node) })
    : catalogue.say("attack.holding.pod-node", { name: podText(pod) });
}

/** `shop/cart` of `apps/Deployment/shop/cart#spec.template`. */
export function podText(key: string): string {
  const [, , namespace = "", name = ""] = key.split("/");
  return printable(`${namespace}/${name.split("#")[0] ?? ""}`);
}
