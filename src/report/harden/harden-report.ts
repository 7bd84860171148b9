// What `workloads harden` tells, whatever the format.

import type { HardenedNamespace } from "../../layers/workloads/harden/harden-namespace.ts";
import type { HardenedWorkload } from "../../layers/workloads/harden/harden-workload.ts";
import type { Question } from "../../layers/workloads/harden/harden-pod.ts";
import { formatLevelVersion, type LevelVersion } from "../../layers/workloads/pod-security/admission/admission.ts";
import { formatPath, type Path } from "../../kubernetes/path.ts";
import { valueAt } from "../../kubernetes/path.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Catalogue } from "../catalogue.ts";
import type { TextOptions } from "../text/text.ts";

export interface HardenReport {
  readonly namespaces: readonly HardenedNamespace[];
  readonly policy: LevelVersion;
  readonly gaps: readonly Gap[];
}

export type RenderHarden = (report: HardenReport, catalogue: Catalogue, text: TextOptions) => Iterable<string>;

export function workloadsIn(
  namespaces: readonly HardenedNamespace[],
  state: HardenedWorkload["state"],
): readonly HardenedWorkload[] {
  return namespaces.flatMap(({ workloads }) => workloads.filter((one) => one.state === state));
}

export function policyName({ policy }: HardenReport): string {
  return formatLevelVersion(policy);
}

/** A path with the names of containers and volumes in place of their indexes. */
export function namedPath(root: unknown, path: Path): string {
  return formatPath(
    path.map((step, at) => {
      const name = typeof step === "number" ? valueAt(root, [...path.slice(0, at + 1), "name"]) : undefined;
      return typeof name === "string" ? name : step;
    }),
  );
}

/** What a question asks, with the place and the value that raise it. */
export function questionText({ ask, violation, offenders }: Question, catalogue: Catalogue): string {
  const where = [...new Set(offenders.map(({ path, containerName }) => placeOf(path, containerName)))].join(", ");
  const values = [...new Set(offenders.map((offender) => valueText(offender.value, offender.path)))].join(", ");
  return catalogue.sayAny(`harden.ask.${ask}`, {
    where: where === "" ? violation.reason : where,
    value: values === "" ? violation.detail : values,
  });
}

function placeOf(path: Path, container: string | undefined): string {
  const field = formatPath(path.slice(path.findLastIndex((step) => typeof step === "number") + 1));
  if (container === undefined) return formatPath(path);
  return `${container}: ${field}`;
}

/** A volume by its path on the node or its name, anything else as it is. */
function valueText(value: unknown, path: Path): string {
  if (value === null || value === undefined) return String(path.at(-1) ?? "");
  if (typeof value === "string") return value;
  if (typeof value !== "object") return JSON.stringify(value) ?? "";
  const named = valueAt(value, ["path"]) ?? valueAt(value, ["name"]);
  return typeof named === "string" ? named : JSON.stringify(value);
}

/** `audit: restricted, enforce: baseline`, without the prefix that all of them have. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
  const prefix = "pod-security.kubernetes.io/";
  return Object.entries(labels)
    .map(([key, value]) => `${key.replace(prefix, "")}=${value}`)
    .join(", ");
}
