// What is known of findings in a running cluster and not in files: who set a value, which pods have it, which cluster it is.

import type { Finding } from "../verdicts/finding.ts";
import type { SetBy } from "../verdicts/set-by.ts";
import type { Catalogue } from "./catalogue.ts";
import { printable } from "./printable.ts";
import type { Target } from "./report.ts";

/** `kubectl-edit 2026-11-24`: who set the first value, and on which day. */
export function setterText({ evidence }: Finding): string {
  const setBy = evidence.find((one) => one.setBy !== undefined)?.setBy;
  return setBy === undefined ? "" : printable(shortSetter(setBy));
}

function shortSetter({ manager, time }: SetBy): string {
  return [manager, time.slice(0, "2026-11-24".length)].filter((part) => part !== "").join(" ");
}

/** `Deployment, 300 pods`. */
export function kindText({ resource, instances }: Finding, catalogue: Catalogue): string {
  if (instances === undefined || instances.total === 0) return resource.kind;
  return `${resource.kind}, ${catalogue.say("report.pods", { count: instances.total })}`;
}

/** `in 2 of 300 pods, not in the template`; empty when the resource says it itself and all its pods have it. */
export function originText(finding: Finding, catalogue: Catalogue): string {
  const { origin } = finding;
  const instances = finding.instances?.total === 0 ? undefined : finding.instances;
  // What no pod has is the controller's own: its replicas, its deadline, its labels.
  const isInSome = instances !== undefined && instances.count > 0 && instances.count !== instances.total;
  const parts = [
    ...(isInSome || (origin !== undefined && instances !== undefined)
      ? [catalogue.say("report.instances", { count: instances.count, total: instances.total })]
      : []),
    ...(origin === undefined ? [] : [catalogue.sayAny(origin.id, origin.arguments)]),
  ];
  return printable(parts.join(catalogue.say("report.comma")));
}

/** Which cluster was read, and how much of it; empty for files. */
export function targetText({ server, context, namespaces, takenAt }: Target, catalogue: Catalogue): string {
  if (server === undefined) return "";
  const facts = [
    server,
    ...(context === undefined || context === "" ? [] : [catalogue.say("report.context", { context })]),
    ...(takenAt === undefined || takenAt === "" ? [] : [catalogue.say("report.taken", { time: takenAt })]),
    namespaces === undefined || namespaces.length === 0
      ? catalogue.say("report.all-namespaces")
      : catalogue.say("report.only-namespaces", { count: namespaces.length, names: namespaces.join(", ") }),
  ];
  return printable(facts.join(" · "));
}
