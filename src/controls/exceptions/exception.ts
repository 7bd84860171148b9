// An exception: somebody decided that findings of some rules in some resources may stay, why, and until when.

import type { Position, Resource } from "../../cluster/resource.ts";
import type { ReportedException } from "../../verdicts/excepted.ts";
import type { Finding } from "../../verdicts/finding.ts";
import { matchesAnyGlob } from "./glob.ts";
import { selectsResource, type ResourceSelector } from "./resource-selector.ts";

export interface Exception {
  /** `file`, `annotation`, or the tool whose ignore was honoured. */
  readonly origin: string;
  /** The rule as it was written, for notes. */
  readonly rule: string;
  /** Ids of the rules it covers. */
  readonly ruleIds: ReadonlySet<string>;
  readonly isEveryRule: boolean;
  /** Which resources; `undefined` for what stands on the object itself. */
  readonly selector: ResourceSelector | undefined;
  /** Patterns of container (or other part's) names; empty for all. */
  readonly containers: readonly string[];
  /** Whether it is for objects of this file; absent when the file does not matter. */
  readonly isInFiles?: (file: string) => boolean;
  readonly reason: string;
  readonly owner?: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires?: string;
  /** Hashes of the evidence it was given for; empty when it holds whatever the values are. */
  readonly evidence: readonly string[];
  readonly position?: Position;
}

/** Whether the exception is about the finding, expired or not. */
export function covers(exception: Exception, finding: Finding, resource: Resource): boolean {
  const { ruleIds, selector, containers, isInFiles } = exception;
  return (
    ruleIds.has(finding.rule.id) &&
    (selector === undefined || selectsResource(selector, resource)) &&
    (containers.length === 0 || partsOf(finding.key).some((part) => matchesAnyGlob(containers, part))) &&
    (isInFiles === undefined || (resource.provenance.kind === "file" && isInFiles(resource.provenance.file)))
  );
}

/** A finding's key is a name, or a container's name and an element's: `cart/TOKEN`. */
function partsOf(key: string): readonly string[] {
  return key === "" ? [] : [key, ...key.split("/")];
}

/** Days compare as text: both are `YYYY-MM-DD`. */
export function isExpired({ expires }: Pick<Exception, "expires">, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** As reports show it. */
export function reported({
  reason,
  owner,
  expires,
  origin,
  position,
}: Pick<Exception, "reason" | "owner" | "expires" | "origin" | "position">): ReportedException {
  return {
    reason,
    ...(owner !== undefined && { owner }),
    ...(expires !== undefined && { expires }),
    origin,
    ...(position !== undefined && { position }),
  };
}

/** A calendar day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number);
  return day !== undefined && day >= 1 && day <= daysIn(year ?? 0, month ?? 0);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month >= 1 && month <= 12 ? ([4, 6, 9, 11].includes(month) ? 30 : 31) : 0;
}

/** The day before a day; both `YYYY-MM-DD`. */
export function dayBefore(text: string): string {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  const [y, m, d] =
    day > 1 ? [year, month, day - 1] : month > 1 ? [year, month - 1, daysIn(year, month - 1)] : [year - 1, 12, 31];
  return `${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
}
