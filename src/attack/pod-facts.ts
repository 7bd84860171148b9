// What matters of a pod, or of a template that pods will be made of, to somebody with code in it.

import type { Resource } from "../cluster/resource.ts";
import { containersOf, type ContainerView } from "../kubernetes/containers.ts";
import { formatPath, valueAt, type Path } from "../kubernetes/path.ts";
import { podTemplate, type Container, type PodSpec } from "../kubernetes/pod.ts";
import { podTemplatesOf } from "../kubernetes/pod-template.ts";
import { narrow } from "../kubernetes/shape.ts";
import type { Located } from "./fact.ts";

export interface PodFacts {
  /** Unique in a world. */
  readonly key: string;
  readonly resource: Located;
  /** From the object to what has `metadata` and `spec`. */
  readonly template: Path;
  /** Of what a person calls it: `shop/cart`. */
  readonly title: string;
  readonly namespace: string;
  readonly name: string;
  /** A Pod of the API, not a template. */
  readonly isPod: boolean;
  readonly account: string;
  /** What the pod says itself; `undefined` where it says nothing. */
  readonly automount: boolean | undefined;
  /** Empty where it is not placed. */
  readonly node: string;
  /** Runs on every node, so on each that somebody controls. */
  readonly isOnEveryNode: boolean;
  readonly hostPID: boolean;
  readonly hostNetwork: boolean;
  readonly shareProcessNamespace: boolean;
  readonly containers: readonly ContainerFacts[];
  readonly hostPaths: readonly HostPath[];
  /** Names of Secrets that any container sees. */
  readonly secrets: readonly PodSecret[];
}

export interface ContainerFacts {
  readonly name: string;
  /** From the object. */
  readonly path: Path;
  readonly privileged: boolean;
  /** Added capabilities without `CAP_`, upper case; `ALL` stands for itself. */
  readonly capabilities: readonly string[];
  readonly runAsUser: number | undefined;
  readonly isAppArmorUnconfined: boolean;
  /** Volumes mounted, and whether they may be written. */
  readonly mounts: readonly { readonly volume: string; readonly readOnly: boolean; readonly path: Path }[];
  readonly stdin: boolean;
}

export interface HostPath {
  readonly volume: string;
  readonly hostPath: string;
  readonly path: Path;
}

export interface PodSecret {
  readonly name: string;
  readonly path: Path;
  /** Empty: every container that mounts the volume. */
  readonly containers: readonly string[];
}

const FINISHED: ReadonlySet<unknown> = new Set(["Succeeded", "Failed"]);

/** The pods of an object; malformed templates are reported where pods are scanned, and say nothing here. */
export function podFactsOf(resource: Resource): readonly PodFacts[] {
  const { object } = resource;
  if (object.kind === "Pod" && FINISHED.has(valueAt(object, ["status", "phase"]))) return [];
  return podTemplatesOf(object).flatMap(({ path, isPod }) => {
    const narrowed = narrow(podTemplate, valueAt(object, path));
    const spec = narrowed.ok ? narrowed.value.spec : undefined;
    return spec == null ? [] : [factsOf(resource, path, isPod, spec)];
  });
}

function factsOf(resource: Resource, template: Path, isPod: boolean, spec: PodSpec): PodFacts {
  const { id, locate, object } = resource;
  const specPath = [...template, "spec"];
  const views = containersOf(spec);
  const isMirror = valueAt(object, [...template, "metadata", "annotations", "kubernetes.io/config.mirror"]) != null;
  return {
    key: `${id.group}/${id.kind}/${id.namespace}/${id.name}${isPod ? "" : `#${formatPath(template)}`}`,
    resource: { id, locate },
    template,
    title: `${id.namespace}/${id.name}`,
    namespace: id.namespace,
    name: id.name,
    isPod,
    account: spec.serviceAccountName || spec.serviceAccount || "default", // empty is absent
    automount: isMirror ? false : (spec.automountServiceAccountToken ?? undefined),
    node: spec.nodeName ?? "",
    isOnEveryNode:
      id.kind === "DaemonSet" && spec.affinity == null && Object.keys(spec.nodeSelector ?? {}).length === 0,
    hostPID: spec.hostPID === true,
    hostNetwork: spec.hostNetwork === true,
    shareProcessNamespace: spec.shareProcessNamespace === true,
    containers: views.map((view) => containerFacts(view, spec, specPath)),
    hostPaths: hostPathsOf(spec, specPath),
    secrets: [...volumeSecrets(spec, specPath, views), ...environmentSecrets(views, specPath)],
  };
}

function containerFacts({ name, container, path }: ContainerView, spec: PodSpec, specPath: Path): ContainerFacts {
  const own = container.securityContext;
  const appArmor = own?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
  return {
    name,
    path: [...specPath, ...path],
    privileged: own?.privileged === true,
    capabilities: (own?.capabilities?.add ?? []).map((name) => (name ?? "").toUpperCase().replace(/^CAP_/, "")),
    runAsUser: own?.runAsUser ?? spec.securityContext?.runAsUser ?? undefined,
    isAppArmorUnconfined: appArmor?.type === "Unconfined",
    mounts: (container.volumeMounts ?? []).map((mount, index) => ({
      volume: mount?.name ?? "",
      readOnly: mount?.readOnly === true,
      path: [...specPath, ...path, "volumeMounts", index],
    })),
    stdin: container.stdin === true,
  };
}

function hostPathsOf(spec: PodSpec, specPath: Path): readonly HostPath[] {
  return (spec.volumes ?? []).flatMap((volume, index) =>
    volume?.hostPath?.path == null
      ? []
      : [
          {
            volume: volume.name ?? "",
            hostPath: volume.hostPath.path,
            path: [...specPath, "volumes", index, "hostPath", "path"],
          },
        ],
  );
}

function* volumeSecrets(spec: PodSpec, specPath: Path, views: readonly ContainerView[]): Generator<PodSecret> {
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    const mounting = () =>
      views
        .filter(({ container }) => (container.volumeMounts ?? []).some((mount) => mount?.name === volume?.name))
        .map(({ name }) => name);
    const path = [...specPath, "volumes", index];
    const { secret, projected } = volume ?? {};
    if (secret?.secretName)
      yield { name: secret.secretName, path: [...path, "secret", "secretName"], containers: mounting() };
    for (const [at, source] of (projected?.sources ?? []).entries()) {
      const name = source?.secret?.name;
      if (name) yield { name, path: [...path, "projected", "sources", at, "secret", "name"], containers: mounting() };
    }
  }
}

function* environmentSecrets(views: readonly ContainerView[], specPath: Path): Generator<PodSecret> {
  for (const { name, container, path } of views) {
    const at = [...specPath, ...path];
    for (const [index, from] of (container.envFrom ?? []).entries()) {
      const secret = from?.secretRef?.name;
      if (secret) yield { name: secret, path: [...at, "envFrom", index, "secretRef", "name"], containers: [name] };
    }
    for (const { index, secret } of variableSecrets(container)) {
      const field = [...at, "env", index, "valueFrom", "secretKeyRef", "name"];
      yield { name: secret, path: field, containers: [name] };
    }
  }
}

function variableSecrets(container: Container): readonly { readonly index: number; readonly secret: string }[] {
  return (container.env ?? []).flatMap((variable, index) => {
    const secret = variable?.valueFrom?.secretKeyRef?.name;
    return secret ? [{ index, secret }] : [];
  });
}
