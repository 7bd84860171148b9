// Baseline: SELinux types only from the container families, and neither user nor role. Since v1.31 container_engine_t too.
// pod-security-admission/policy/check_seLinuxOptions.go

import { containersOf } from "../../../../kubernetes/containers.ts";
import type { KubernetesMinor } from "../../../../kubernetes/kubernetes-version.ts";
import type { SecurityContext } from "../../../../kubernetes/pod.ts";
import type { Check, CheckRevision, Violation } from "../check.ts";
import { containerOffender, podOffender, type Offender } from "../offender.ts";
import { containersWhere, type PodView } from "../pod-view.ts";
import { distinct, plural, quoteAll, setters } from "../wording.ts";

const TYPES_SINCE_0 = ["", "container_t", "container_init_t", "container_kvm_t"];

export const seLinuxOptions: Check = {
  id: "seLinuxOptions",
  level: "baseline",
  revisions: [revision(0, TYPES_SINCE_0), revision(31, [...TYPES_SINCE_0, "container_engine_t"])],
};

type Context = Pick<SecurityContext, "seLinuxOptions"> | null | undefined;
type Types = ReadonlySet<string>;

function revision(since: KubernetesMinor, types: readonly string[]): CheckRevision {
  const allowed = new Set(types);
  const isRefused = (context: Context): boolean =>
    context?.seLinuxOptions != null && forbiddenFields(context, allowed).length > 0;
  return {
    since,
    evaluate: (pod) => evaluate(pod, allowed, isRefused),
    locate: (pod) => locate(pod, allowed),
  };
}

function forbiddenFields(context: Context, allowed: Types): ("type" | "user" | "role")[] {
  const options = context?.seLinuxOptions;
  const fields: ("type" | "user" | "role")[] = [];
  if (!allowed.has(options?.type ?? "")) fields.push("type");
  if ((options?.user ?? "") !== "") fields.push("user");
  if ((options?.role ?? "") !== "") fields.push("role");
  return fields;
}

function evaluate(pod: PodView, allowed: Types, isRefused: (context: Context) => boolean): Violation | undefined {
  const podRefused = isRefused(pod.securityContext);
  const names = containersWhere(pod, isRefused);
  if (!podRefused && names === undefined) return undefined;
  const what = forbiddenSettings([pod.securityContext, ...pod.contexts], allowed);
  return {
    check: "seLinuxOptions",
    reason: "seLinuxOptions",
    detail: `${setters(podRefused, names)} set forbidden securityContext.seLinuxOptions: ${what}`,
  };
}

function forbiddenSettings(contexts: readonly Context[], allowed: Types): string {
  const fields = new Set(contexts.flatMap((context) => forbiddenFields(context, allowed)));
  const settings: string[] = [];
  if (fields.has("type")) {
    const set = contexts.map((context) => context?.seLinuxOptions?.type ?? "");
    const types = distinct(set.filter((type) => !allowed.has(type)));
    settings.push(`${plural(types.length, "type", "types")} ${quoteAll(types)}`);
  }
  if (fields.has("user")) settings.push("user may not be set");
  if (fields.has("role")) settings.push("role may not be set");
  return settings.join("; ");
}

function locate(pod: PodView, allowed: Types): Offender[] {
  const field = ["securityContext", "seLinuxOptions"];
  return [
    ...forbiddenFields(pod.securityContext, allowed).map((name) => podOffender(pod, ["spec", ...field, name])),
    ...containersOf(pod.spec).flatMap((view) =>
      forbiddenFields(view.container.securityContext, allowed).map((name) => containerOffender(view, [...field, name])),
    ),
  ];
}
