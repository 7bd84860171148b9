// Who asks the API server: pods that have a token and either rights bound to their account or a setting that names the
// API. A token that is mounted because nobody said otherwise, to an account without rights, is no sign of use.

import type { Resource } from "../../../cluster/resource.ts";
import type { Path } from "../../../kubernetes/path.ts";
import { anything, array, boolean, narrow, object, string } from "../../../kubernetes/shape.ts";
import { workloadEnd, type NeedNotes, type Place } from "./need-notes.ts";
import { portOf } from "./service-needs.ts";
import type { Surroundings } from "./surroundings.ts";
import type { WorkloadSpec } from "./workload-spec.ts";

const binding = object({
  roleRef: object({ kind: string, name: string }),
  subjects: array(object({ kind: string, name: string, namespace: string })),
});
const role = object({ rules: array(anything) });
const serviceAccount = object({ automountServiceAccountToken: boolean });

const RBAC = "rbac.authorization.k8s.io";
const API_PORT = 443;

export function noteApiServerNeeds(surroundings: Surroundings, notes: NeedNotes): void {
  const bindings = bindingsByAccount(surroundings);
  for (const spec of surroundings.specs) {
    const { workload, resource } = spec;
    const account = spec.spec.serviceAccountName || spec.spec.serviceAccount || "default";
    const token = tokenOf(spec, account, surroundings);
    if (token === undefined) continue;
    const bound = bindings.get(`${workload.namespace}/${account}`);
    if (token.kind === "mounted" && (bound === undefined || account === "default")) {
      // Rights of the account that everybody has are no sign of who uses them.
      if (bound !== undefined) notes.hint("ambiguous", hintPlace(bound), `${workload.namespace}/default`);
      continue;
    }
    const place =
      bound === undefined
        ? { resource, path: token.path, value: "serviceAccountToken" }
        : { resource: bound, path: ["subjects"], value: `${workload.namespace}/${account}` };
    notes.need(workloadEnd(workload.id), { kind: "api-server" }, portOf(API_PORT), { kind: "api-server", ...place });
  }
}

function hintPlace(resource: Resource): Place {
  return { kind: "api-server", resource, path: ["subjects"] };
}

interface Token {
  /** `asked`: the pod asks for a token of the API server's audience itself. */
  readonly kind: "mounted" | "asked";
  readonly path: Path;
}

function tokenOf(
  { spec, templatePath, workload }: WorkloadSpec,
  account: string,
  { serviceAccount: find }: Surroundings,
): Token | undefined {
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    for (const [at, source] of (volume?.projected?.sources ?? []).entries()) {
      const { serviceAccountToken: asked } = source ?? {};
      if (asked == null || asked.audience) continue; // a token for somebody else
      return { kind: "asked", path: [...templatePath, "spec", "volumes", index, "projected", "sources", at] };
    }
  }
  const resource = find(workload.namespace, account);
  const read = resource === undefined ? undefined : narrow(serviceAccount, resource.object);
  const ofAccount = read?.ok === true ? read.value.automountServiceAccountToken : undefined;
  const isMounted = spec.automountServiceAccountToken ?? ofAccount ?? true;
  return isMounted ? { kind: "mounted", path: [...templatePath, "spec", "serviceAccountName"] } : undefined;
}

/** `namespace/name` of service accounts → a binding that gives them rights. Groups of all accounts do not count. */
function bindingsByAccount({ ofKind, get }: Surroundings): ReadonlyMap<string, Resource> {
  const bindings = new Map<string, Resource>();
  for (const resource of [...ofKind(RBAC, "ClusterRoleBinding"), ...ofKind(RBAC, "RoleBinding")]) {
    const read = narrow(binding, resource.object);
    if (!read.ok) continue;
    if (isOfNothing(read.value.roleRef, resource)) continue;
    for (const subject of read.value.subjects ?? []) {
      if (subject?.kind !== "ServiceAccount") continue;
      const key = `${subject.namespace || resource.id.namespace}/${subject.name ?? ""}`;
      if (!bindings.has(key)) bindings.set(key, resource);
    }
  }
  return bindings;

  function isOfNothing(
    reference: { readonly kind?: string | null; readonly name?: string | null } | null | undefined,
    { id }: Resource,
  ): boolean {
    const { kind = "", name = "" } = reference ?? {};
    const found = get({
      group: RBAC,
      kind: kind ?? "",
      namespace: kind === "Role" ? id.namespace : "",
      name: name ?? "",
    });
    const read = found === undefined ? undefined : narrow(role, found.object);
    const hasAggregation = found?.object["aggregationRule"] != null;
    return read?.ok === true && !hasAggregation && (read.value.rules ?? []).length === 0;
  }
}
