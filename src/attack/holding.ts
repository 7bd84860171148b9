// What an attacker holds: identities, pods, nodes, secrets. Holdings only grow; every technique turns some into another.
// The kinds keep apart what false chains confuse: a right, a token, code in a pod, root on a node.

/** `*` stands for every namespace. */
export type NamespaceScope = string;

export type Holding =
  | {
      /** Requests as this user, with the groups authentication gives it. */ readonly kind: "user";
      readonly name: string;
    }
  | { /** Requests as somebody in this group. */ readonly kind: "group"; readonly name: string }
  | {
      /** A right of an identity, as a power in a scope; an empty name is every object. */
      readonly kind: "right";
      readonly holder: Holding;
      readonly power: string;
      readonly namespace: NamespaceScope;
      readonly name: string;
    }
  | {
      /** Everything a role allows, in the scope. */ readonly kind: "role";
      readonly role: string;
      readonly namespace: NamespaceScope;
    }
  | { /** The rules of a role can be written at will. */ readonly kind: "role-rules"; readonly role: string }
  | { /** Identities of every service account. */ readonly kind: "accounts"; readonly namespace: NamespaceScope }
  | {
      /** Pods of the attacker's making, as far as Pod Security admits. */ readonly kind: "new-pod";
      readonly namespace: NamespaceScope;
    }
  | { /** Code in every pod there is. */ readonly kind: "pods"; readonly namespace: NamespaceScope }
  | {
      /** Code in every container of a pod; the key is that of its {@link PodFacts}. */ readonly kind: "pod";
      readonly pod: string;
    }
  | { readonly kind: "container"; readonly pod: string; readonly container: string }
  | { /** Pod Security can be switched off there. */ readonly kind: "unenforced"; readonly namespace: NamespaceScope }
  | {
      /** Root on a node. Of a pod that is not placed yet: `of:` and its key. */ readonly kind: "node";
      readonly node: string;
    }
  | { /** Root on nodes of the attacker's choice. */ readonly kind: "any-node" }
  | { /** Reads files of a node as root. */ readonly kind: "node-files"; readonly node: string }
  | { readonly kind: "secret"; readonly namespace: string; readonly name: string }
  | { /** Reads every Secret. */ readonly kind: "secrets"; readonly namespace: NamespaceScope }
  | { readonly kind: "namespace-admin"; readonly namespace: NamespaceScope }
  | { readonly kind: "cluster-admin" }
  | {
      /** Half of a technique that needs two hands, such as a certificate request that waits for approval. */
      readonly kind: "means";
      readonly of: string;
      readonly namespace: NamespaceScope;
      readonly name: string;
    };

export const EVERYWHERE: NamespaceScope = "*";

/** A node of those that ordinary pods run on, whichever it is: what runs on every node runs there. */
export const SOME_NODE: Holding = { kind: "means", of: "some-node", namespace: "", name: "" };

/**
 * Requests as that user or group by impersonation, which is their rights without their credential: who acts as somebody
 * cannot act on as a third.
 */
export function actingAs(holder: Holding): Holding {
  if (holder.kind !== "user" && holder.kind !== "group") return holder;
  return { kind: "means", of: `acting-${holder.kind}`, namespace: "", name: holder.name };
}

/** The node that a pod of a template will run on, which nobody knows yet. */
export function nodeOfPod(key: string): string {
  return `of:${key}`;
}

/** The pod whose node it is; `undefined` for a node with a name. */
export function podOfNode(node: string): string | undefined {
  return node.startsWith("of:") ? node.slice("of:".length) : undefined; // no node's name holds a colon
}

/** Parts of a key; no name of Kubernetes holds it. */
const SEPARATOR = "\u0001";

/** Equal exactly for equal holdings. Made for every holding of a large graph, so by plain concatenation. */
export function holdingKey(holding: Holding): string {
  const { kind } = holding;
  switch (holding.kind) {
    case "user":
    case "group":
      return kind + SEPARATOR + holding.name;
    case "right": {
      const { holder, power, namespace, name } = holding;
      return `right${SEPARATOR}${holdingKey(holder)}${SEPARATOR}${power}${SEPARATOR}${namespace}${SEPARATOR}${name}`;
    }
    case "role":
      return `role${SEPARATOR}${holding.role}${SEPARATOR}${holding.namespace}`;
    case "role-rules":
      return `role-rules${SEPARATOR}${holding.role}`;
    case "pod":
      return `pod${SEPARATOR}${holding.pod}`;
    case "container":
      return `container${SEPARATOR}${holding.pod}${SEPARATOR}${holding.container}`;
    case "node":
    case "node-files":
      return kind + SEPARATOR + holding.node;
    case "secret":
      return `secret${SEPARATOR}${holding.namespace}${SEPARATOR}${holding.name}`;
    case "means":
      return `means${SEPARATOR}${holding.of}${SEPARATOR}${holding.namespace}${SEPARATOR}${holding.name}`;
    case "any-node":
    case "cluster-admin":
      return kind;
    default:
      return kind + SEPARATOR + holding.namespace;
  }
}
