// Decisions as plain data for JSON: the rule, the policy, and where it stands in its file.

import type { Position, Resource } from "../../../cluster/resource.ts";
import { formatPath, type Path } from "../../../kubernetes/path.ts";
import type { Decision } from "../explanation.ts";
import type { NearestRule, UnmetLabel } from "../nearest-rule.ts";
import type { Direction } from "../policy.ts";
import { union } from "../interval-set.ts";
import { formatPorts, type PortTexts } from "../port-set.ts";

export interface PolicyPlace {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly path: string;
  readonly file?: string;
  readonly line?: number;
}

export interface ChainLink {
  readonly direction: Direction;
  /** `default`: no policy has a say. `isolated`: these policies select the pod, and no rule of theirs matches. */
  readonly kind: Decision["kind"];
  readonly tier?: string;
  readonly action?: string;
  /** Position of the rule in the policy's list. */
  readonly rule?: number;
  /** The ports that it decides; absent where one port was asked for. */
  readonly ports?: PortTexts;
  readonly policies?: readonly PolicyPlace[];
  /** What comes nearest to admitting it. */
  readonly nearest?: {
    readonly policy: PolicyPlace;
    readonly rule: number;
    /** What the rule admits instead. */
    readonly ports?: PortTexts;
    /** What the peer lacks. */
    readonly labels?: readonly UnmetLabel[];
  };
}

/** The decisions of one direction as links of a chain. `withPorts`: about several ports, so each says which. */
export function chainOf(
  direction: Direction,
  decisions: readonly Decision[],
  withPorts: boolean,
): readonly ChainLink[] {
  return together(decisions).map((decision): ChainLink => {
    const { kind } = decision;
    const ports = withPorts && "ports" in decision ? { ports: formatPorts(decision.ports) } : {};
    switch (kind) {
      case "rule": {
        const { tier, policy, rule, path } = decision;
        const action = tier === "NetworkPolicy" ? "Allow" : decision.action;
        return { direction, kind, tier, action, rule, ...ports, policies: [placeOf(policy, path)] };
      }
      case "isolated": {
        const { policies, nearest } = decision;
        const places = policies.map((policy) => placeOf(policy, []));
        const near = nearest === undefined ? {} : { nearest: nearestOf(nearest) };
        return { direction, kind, ...ports, policies: places, ...near };
      }
      default:
        return { direction, kind, ...ports };
    }
  });
}

/** What several pods meet with again is said once, with all its ports. */
function together(decisions: readonly Decision[]): readonly Decision[] {
  const all: Decision[] = [];
  for (const decision of decisions) {
    const index = all.findIndex((one) => isSame(one, decision));
    const known = all[index];
    if (known === undefined) all.push(decision);
    else if ("ports" in known && "ports" in decision)
      all[index] = { ...known, ports: union(known.ports, decision.ports) };
  }
  return all;
}

function isSame(one: Decision, other: Decision): boolean {
  if (one.kind === "rule")
    return (
      other.kind === "rule" &&
      one.policy === other.policy &&
      one.rule === other.rule &&
      one.direction === other.direction
    );
  if (one.kind !== "isolated") return one.kind === other.kind;
  if (other.kind !== "isolated" || one.policies.length !== other.policies.length) return false;
  return one.policies.every((policy, index) => policy === other.policies[index]);
}

function nearestOf({ policy, rule, path, ports, labels }: NearestRule): NonNullable<ChainLink["nearest"]> {
  return {
    policy: placeOf(policy, path),
    rule,
    ...(ports === undefined ? {} : { ports: formatPorts(ports) }),
    ...(labels === undefined ? {} : { labels }),
  };
}

/** Of rules that decided before: finding a place can mean reading its document again. */
const known = new WeakMap<Resource, Map<string, PolicyPlace>>();

export function placeOf(policy: Resource, path: Path): PolicyPlace {
  const places = known.get(policy) ?? new Map<string, PolicyPlace>();
  known.set(policy, places);
  const text = formatPath(path);
  const place = places.get(text) ?? findPlace(policy, path, text);
  places.set(text, place);
  return place;
}

function findPlace({ id, locate }: Resource, path: Path, text: string): PolicyPlace {
  const position: Position | undefined = locate(path);
  return {
    apiVersion: id.apiVersion,
    kind: id.kind,
    ...(id.namespace === "" ? {} : { namespace: id.namespace }),
    name: id.name,
    path: text,
    ...(position === undefined ? {} : { file: position.file, line: position.line }),
  };
}
