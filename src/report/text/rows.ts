// The rows of a block: one a resource and value, with the parts of it that have the same defect and where they stand.

import { keyOf } from "../../cluster/resource-id.ts";
import { qualifiedName } from "../../cluster/resource-id.ts";
import type { Position } from "../../cluster/resource.ts";
import type { Finding } from "../../verdicts/finding.ts";
import type { Catalogue } from "../catalogue.ts";
import { lineText, partText, resourceText, shorten, valuesText, valueText } from "../evidence-text.ts";
import { kindText, originText, setterText } from "../live-text.ts";
import { printable } from "../printable.ts";

export interface Row {
  /** `shop/cart` */
  readonly resource: string;
  /** `Deployment · cart, init setup` */
  readonly kind: string;
  /** `cart.yaml:31:13, 44:13` */
  readonly place: string;
  /** `privileged: true` */
  readonly value: string;
  /** What other objects prove: `RoleBinding shop/admins  rbac.yaml:4:1  roleRef.name: admin`. */
  readonly chain: readonly string[];
}

export interface RowOptions {
  readonly catalogue: Catalogue;
  readonly place: (position: Position | undefined) => string;
  /** Whether every line number and part is wanted, however many there are. */
  readonly isAll: boolean;
}

const MOST_PLACES = 3;
const LONGEST_PARTS = 40;
const MOST_LINKS = 3;

export interface Rows {
  /** The first `most` rows, in the order of the findings. */
  readonly shown: readonly Row[];
  /** How many rows there are in all. */
  readonly total: number;
}

/** Only what is shown is made: a cause may have a hundred thousand rows. */
export function rowsOf(findings: readonly Finding[], options: RowOptions, most = Infinity): Rows {
  const groups = Map.groupBy(findings, (finding) =>
    JSON.stringify([
      finding.evidence[0]?.position?.file ?? "",
      keyOf(finding.resource),
      valuesText(finding, options.catalogue),
      chainOf(finding, options),
    ]),
  );
  const shown: Row[] = [];
  for (const [first, ...others] of groups.values()) {
    if (shown.length >= most) break;
    if (first !== undefined) shown.push(rowOf(first, [first, ...others], options));
  }
  return { shown, total: groups.size };
}

function rowOf(first: Finding, group: readonly Finding[], options: RowOptions): Row {
  const parts = [...new Set(group.map(partText))].filter((part) => part !== "").join(", ");
  const kind = printable(kindText(first, options.catalogue));
  return {
    resource: printable(qualifiedName(first.resource)),
    kind: parts === "" ? kind : `${kind} · ${options.isAll ? parts : shorten(parts, LONGEST_PARTS)}`,
    place: placesOf(group, options) || setterText(first),
    value: valuesText(first, options.catalogue),
    chain: chainOf(first, options),
  };
}

/** The first place in full, others of the same file as line and column. */
function placesOf(group: readonly Finding[], { place, isAll }: RowOptions): string {
  const [first, ...others] = group.map(({ evidence }) => evidence[0]?.position).filter((one) => one !== undefined);
  const most = isAll ? others.length : MOST_PLACES - 1;
  const more = others.slice(0, most).map((one) => `, ${lineText(one)}`);
  return `${place(first)}${more.join("")}${others.length > most ? ", …" : ""}`;
}

function chainOf(finding: Finding, { catalogue, place, isAll }: RowOptions): readonly string[] {
  const { evidence } = finding;
  const origin = originText(finding, catalogue);
  const links = evidence.flatMap((one) => (one.resource === undefined ? [] : [{ ...one, resource: one.resource }]));
  const proofs = links.map((one) =>
    [resourceText(one.resource), place(one.position), valueText(one, catalogue)]
      .filter((text) => text !== "")
      .join("  "),
  );
  const lines = origin === "" ? proofs : [origin, ...proofs];
  return isAll || lines.length <= MOST_LINKS ? lines : [...lines.slice(0, MOST_LINKS), "…"];
}
