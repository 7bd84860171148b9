// Who asks the API server: pods that have a token and either rights bound to their account or a setting that names the
// API. A token that is mounted because nobody said otherwise, to an account without rights, is no sign of use.

import type { Resource } from "../../../cluster/resource.ts";
import type { Path } from "../../../kubernetes/path.ts";
import { array, boolean, narrow, object, string, type TypeOf } from "../../../kubernetes/shape.ts";
import { workloadEnd, type NeedNotes, type Place } from "./need-notes.ts";
import { portOf } from "./service-needs.ts";
import type { Surroundings } from "./surroundings.ts";
import type { WorkloadSpec } from "./workload-spec.ts";

const roleReference = object({ kind: string, name: string });
const binding = object({
  roleRef: roleReference,
  subjects: array(object({ kind: string, name: string, namespace: string })),
});
const role = object({ rules: array(object({ resources: array(string) })) });
const serviceAccount = object({ automountServiceAccountToken: boolean });

const RBAC = "rbac.authorization.k8s.io";
const API_PORT = 443;
const KUBELET_PORT = 10250;

export function noteApiServerNeeds(surroundings: Surroundings, notes: NeedNotes): void {
  const bindings = bindingsByAccount(surroundings);
  for (const spec of surroundings.specs) {
    const { workload, resource } = spec;
    const account = spec.spec.serviceAccountName || spec.spec.serviceAccount || "default";
    const token = tokenOf(spec, account, surroundings);
    if (token === undefined) continue;
    const bound = bindings.get(`${workload.namespace}/${account}`);
    if (bound?.kubelet !== undefined) {
      const place: Place = { kind: "metrics", resource: bound.kubelet, path: ["subjects"], value: account };
      notes.need(workloadEnd(workload.id), { kind: "nodes" }, portOf(KUBELET_PORT), place);
    }
    if (bound?.isForApi === false) continue;
    if (token.kind === "mounted" && (bound === undefined || account === "default")) {
      // Rights of the account that everybody has are no sign of who uses them.
      if (bound !== undefined) notes.hint("ambiguous", hintPlace(bound.resource), `${workload.namespace}/default`);
      continue;
    }
    const place =
      bound === undefined
        ? { resource, path: token.path, value: "serviceAccountToken" }
        : { resource: bound.resource, path: ["subjects"], value: `${workload.namespace}/${account}` };
    notes.need(workloadEnd(workload.id), { kind: "api-server" }, portOf(API_PORT), { kind: "api-server", ...place });
  }
}

function hintPlace(resource: Resource): Place {
  return { kind: "api-server", resource, path: ["subjects"] };
}

interface Bound {
  readonly resource: Resource;
  readonly isForApi: boolean;
  /** Binds to a role for what kubelets serve. */
  readonly kubelet: Resource | undefined;
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
function bindingsByAccount({ ofKind, get }: Surroundings): ReadonlyMap<string, Bound> {
  const bindings = new Map<string, Bound>();
  for (const resource of [...ofKind(RBAC, "ClusterRoleBinding"), ...ofKind(RBAC, "RoleBinding")]) {
    const read = narrow(binding, resource.object);
    if (!read.ok) continue;
    const { isForApi, isForKubelet } = purposeOf(read.value.roleRef, resource);
    for (const subject of read.value.subjects ?? []) {
      if (subject?.kind !== "ServiceAccount") continue;
      const key = `${subject.namespace || resource.id.namespace}/${subject.name ?? ""}`;
      const known = bindings.get(key);
      const kubelet = known?.kubelet ?? (isForKubelet ? resource : undefined);
      bindings.set(
        key,
        known !== undefined && (known.isForApi || !isForApi) ? { ...known, kubelet } : { resource, isForApi, kubelet },
      );
    }
  }
  return bindings;

  /** A role of no rules, or of rules that only kubelets ask about, is no reason to talk with the API server. */
  function purposeOf(reference: TypeOf<typeof roleReference> | null | undefined, { id }: Resource): Purpose {
    const { kind, name } = reference ?? {};
    const namespace = kind === "Role" ? id.namespace : "";
    const found = get({ group: RBAC, kind: kind ?? "", namespace, name: name ?? "" });
    const read = found === undefined ? undefined : narrow(role, found.object);
    if (read?.ok !== true || found?.object["aggregationRule"] != null) return { isForApi: true, isForKubelet: false };
    const asked = (read.value.rules ?? []).flatMap((rule) => rule?.resources ?? []);
    return { isForApi: asked.some(isOfApi), isForKubelet: asked.some((one) => !isOfApi(one)) };
  }
}

interface Purpose {
  readonly isForApi: boolean;
  readonly isForKubelet: boolean;
}

/** Subresources of nodes that the kubelet itself answers for (pkg/kubelet/server/auth.go); `proxy` is the API server's too. */
const OF_KUBELET = /^nodes\/(?:metrics|stats|log|spec|checkpoint|configz|healthz|pods)$/;

function isOfApi(resource: string | null): boolean {
  return !OF_KUBELET.test(resource ?? "");
}
