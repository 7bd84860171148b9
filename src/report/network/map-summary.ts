// The text of a map with too many groups to read: for each namespace what some workload in it reaches, namespaces with
// equal ports together. The outside is one end.

import type { Network } from "../../layers/network/network.ts";
import type { OutcomeId } from "../../layers/network/outcome.ts";
import type { Catalogue } from "../catalogue.ts";
import { printable } from "../printable.ts";
import { linksBySource, type GroupedMap, type GroupLink } from "./map-groups.ts";
import { edgeText } from "./map-report.ts";

export interface NamespaceBlock {
  readonly head: string;
  /** Ports, and what is reached on them. */
  readonly lines: readonly (readonly [ports: string, targets: string])[];
  /** Lines left out. */
  readonly more: number;
}

export interface NamespaceMap {
  readonly blocks: readonly NamespaceBlock[];
  /** Namespaces left out. */
  readonly more: number;
}

const MOST_NAMESPACES = 100;
const MOST_LINES = 5;
const MOST_TARGETS = 12;
/** Stands for every address outside; no namespace has the name. */
const OUTSIDE = "";

/** The first namespaces by name, then the outside as a source. */
export function summarize(network: Network, map: GroupedMap, catalogue: Catalogue): NamespaceMap {
  const { union } = network.world.outcomes;
  const bySource = linksBySource(map);
  const namespacesOf = map.groups.map(({ members, isOutside }) =>
    isOutside ? [OUTSIDE] : [...new Set(members.map(namespaceOf))],
  );
  const targets = new Map<GroupLink, readonly string[]>();
  const targetsOf = (link: GroupLink): readonly string[] => {
    let found = targets.get(link);
    if (found === undefined) {
      targets.set(link, (found = [...new Set(link.to.flatMap((group) => namespacesOf[group] ?? []))]));
    }
    return found;
  };
  const groupsOf = new Map<string, number[]>();
  for (const [group, namespaces] of namespacesOf.entries()) {
    for (const namespace of namespaces) {
      const known = groupsOf.get(namespace);
      if (known === undefined) groupsOf.set(namespace, [group]);
      else known.push(group);
    }
  }
  const sizes = Map.groupBy(network.workloads, ({ namespace }) => namespace);

  const blockOf = (namespace: string): NamespaceBlock => {
    const links = new Set((groupsOf.get(namespace) ?? []).flatMap((group) => bySource[group] ?? []));
    const reached = new Map<string, OutcomeId>();
    for (const link of links) {
      for (const target of targetsOf(link)) {
        const known = reached.get(target);
        reached.set(target, known === undefined ? link.outcome : union(known, link.outcome));
      }
    }
    const byOutcome = Map.groupBy(reached.keys(), (target) => reached.get(target) ?? 0);
    const sorted = [...byOutcome].toSorted(([, a], [, b]) => b.length - a.length);
    return {
      head: headOf(namespace, sizes.get(namespace)?.length ?? 0, catalogue),
      lines: sorted
        .slice(0, MOST_LINES)
        .map(
          ([outcome, names]) =>
            [edgeText(map.textsOf(outcome), catalogue), listOf(names.toSorted(), namespace, catalogue)] as const,
        ),
      more: Math.max(0, sorted.length - MOST_LINES),
    };
  };
  const names = [...sizes.keys()].toSorted();
  const shown = names.slice(0, MOST_NAMESPACES);
  const sources = groupsOf.has(OUTSIDE) ? [...shown, OUTSIDE] : shown;
  const blocks = sources.map(blockOf).filter(({ lines }, at) => lines.length > 0 || at < shown.length);
  return { blocks, more: names.length - shown.length };
}

function headOf(namespace: string, workloads: number, { say }: Catalogue): string {
  if (namespace === OUTSIDE) return say("network.map-outside");
  return say("network.map-namespace", { namespace: printable(namespace), workloads });
}

function listOf(names: readonly string[], own: string, { say }: Catalogue): string {
  const shown = names.slice(0, MOST_TARGETS).map((name) => {
    if (name === OUTSIDE) return say("network.map-outside");
    return name === own ? say("network.map-own-namespace") : printable(name);
  });
  const list = shown.join(", ");
  return names.length > shown.length ? say("network.more-targets", { list, count: names.length - shown.length }) : list;
}

function namespaceOf(id: string): string {
  return id.slice(0, id.indexOf("/"));
}
