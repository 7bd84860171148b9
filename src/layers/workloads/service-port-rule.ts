// The template of rules about ports that are asked of a Service which does not have them.

import type { Resource } from "../../cluster/resource.ts";
import type { Evidence } from "../../verdicts/evidence.ts";
import { NOT_APPLICABLE, type Outcome } from "../../verdicts/outcome.ts";
import type { ClusterRule } from "../../verdicts/rule.ts";
import { byEntry, orNone } from "./missing-reference-rule.ts";
import type { Inventory } from "./references/inventory.ts";
import { SERVICE, type PortReference, type Reference, type TargetKind } from "./references/reference.ts";
import { relationRule, type Judgement, type RelationRuleMetadata } from "./relation-rule.ts";

export interface ServicePortRuleOptions extends RelationRuleMetadata {
  /** Kinds whose references it answers for. */
  readonly from: (kind: TargetKind) => boolean;
}

/** Fails once for each resource, Service and port. Services that are not in the input are another rule's. */
export function servicePortRule({ from, ...metadata }: ServicePortRuleOptions): ClusterRule {
  return relationRule({
    ...metadata,
    *judge({ referencesTo, inventory }): Iterable<Judgement> {
      const asking = referencesTo(SERVICE).filter(
        ({ entry, reference }) => reference.port !== undefined && from(entry.facts.kind),
      );
      for (const [{ resource }, references] of byEntry(asking)) {
        yield { resource, outcomes: judgePorts(resource, references, inventory) };
      }
    },
  });
}

function judgePorts(resource: Resource, references: readonly Reference[], inventory: Inventory): readonly Outcome[] {
  const failures = new Map<string, Outcome>();
  let isDecided = false;
  for (const { namespace, name, port } of references) {
    const detail = inventory.get(SERVICE, namespace, name, resource)?.facts.detail;
    if (port === undefined || detail?.role !== "service" || detail.type === "ExternalName") continue;
    isDecided = true;
    if (detail.ports.some((own) => (port.name === undefined ? own.number === port.number : own.name === port.name)))
      continue;
    const asked = port.name ?? String(port.number);
    const known = detail.ports.map((own) => (own.name === "" ? String(own.number) : `${own.name} ${own.number}`));
    failures.set(`${name}:${asked}`, {
      kind: "fail",
      key: `${name}:${asked}`,
      arguments: { name: `${name}:${asked}`, target: name, port: asked, known: orNone(known) },
      evidence: [evidenceOf(port)],
    });
  }
  return isDecided ? [...failures.values()] : NOT_APPLICABLE;
}

function evidenceOf({ name, number, path, isAssumed }: PortReference): Evidence {
  return isAssumed === true ? { path, absent: true, default: number } : { path, value: name ?? number };
}
