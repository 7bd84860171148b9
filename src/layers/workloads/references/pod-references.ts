// Everything a pod names: k8s.io/kubernetes/pkg/api/v1/pod/util.go (VisitPodSecretNames, VisitPodConfigmapNames), and
// the classes, claims and account it asks for.

import { containersOf } from "../../../kubernetes/containers.ts";
import type { Path } from "../../../kubernetes/path.ts";
import { valueAt } from "../../../kubernetes/path.ts";
import type { Container, PodSpec, Volume } from "../../../kubernetes/pod.ts";
import { interned, internedPath } from "../../../verdicts/interned.ts";
import {
  CONFIG_MAP,
  isObjectName,
  PRIORITY_CLASS,
  RESOURCE_CLAIM,
  RESOURCE_CLAIM_TEMPLATE,
  RUNTIME_CLASS,
  SECRET,
  SERVICE_ACCOUNT,
  STORAGE_CLASS,
  VOLUME_CLAIM,
  type KeyReference,
  type Reference,
  type TargetKind,
} from "./reference.ts";

interface Named {
  readonly target: TargetKind;
  readonly name: string | null | undefined;
  readonly path: Path;
  readonly isOptional?: boolean | null | undefined;
  readonly keys?: readonly KeyReference[];
}

type Add = (named: Named) => void;

/** The references of a pod spec; `at` is its path in the object. `replaced` are volumes a StatefulSet puts claims in for. */
export function podReferences(
  spec: PodSpec,
  at: Path,
  namespace: string,
  replaced: readonly string[] = NONE_REPLACED,
): readonly Reference[] {
  const found: Reference[] = [];
  const add: Add = ({ target, name, path, isOptional, keys }) => {
    if (!isObjectName(name)) return;
    const home = CLASSES.has(target) ? "" : namespace;
    found.push({
      target,
      namespace: home,
      name: interned(name),
      path: internedPath([...at, ...path]),
      isOptional: isOptional === true,
      ...(keys !== undefined &&
        keys.length > 0 && {
          keys: keys.map(({ key, path: own }) => ({ key: interned(key), path: internedPath([...at, ...own]) })),
        }),
    });
  };
  addAccountAndClasses(spec, add);
  addResourceClaims(spec, add);
  for (const { container, path } of containersOf(spec)) addEnvironment(container, path, add);
  const subPaths = subPathsOf(spec);
  spec.volumes?.forEach((volume, index) => {
    if (volume !== null && !replaced.includes(volume.name ?? ""))
      addVolume(volume, ["volumes", index], subPaths.get(volume.name ?? "") ?? [], add);
  });
  return found;
}

const NONE_REPLACED: readonly string[] = [];
const CLASSES: ReadonlySet<TargetKind> = new Set([PRIORITY_CLASS, RUNTIME_CLASS, STORAGE_CLASS]);

function addAccountAndClasses(spec: PodSpec, add: Add): void {
  const field = spec.serviceAccountName ? "serviceAccountName" : "serviceAccount";
  add({ target: SERVICE_ACCOUNT, name: spec[field], path: [field] });
  add({ target: PRIORITY_CLASS, name: spec.priorityClassName, path: ["priorityClassName"] });
  add({ target: RUNTIME_CLASS, name: spec.runtimeClassName, path: ["runtimeClassName"] });
  spec.imagePullSecrets?.forEach((secret, index) => {
    add({ target: SECRET, name: secret?.name, path: ["imagePullSecrets", index, "name"] });
  });
}

function addResourceClaims(spec: PodSpec, add: Add): void {
  const claims = valueAt(spec, ["resourceClaims"]);
  if (!Array.isArray(claims)) return;
  for (const [field, target] of [
    ["resourceClaimName", RESOURCE_CLAIM],
    ["resourceClaimTemplateName", RESOURCE_CLAIM_TEMPLATE],
  ] as const) {
    claims.forEach((claim, index) => {
      add({ target, name: textAt(claim, [field]), path: ["resourceClaims", index, field] });
    });
  }
}

function addEnvironment(container: Container, at: Path, add: Add): void {
  container.env?.forEach((variable, index) => {
    for (const [field, target] of [
      ["configMapKeyRef", CONFIG_MAP],
      ["secretKeyRef", SECRET],
    ] as const) {
      const reference = variable?.valueFrom?.[field];
      if (reference == null) continue;
      const path = [...at, "env", index, "valueFrom", field];
      const keys = reference.key ? [{ key: reference.key, path: [...path, "key"] }] : [];
      add({ target, name: reference.name, path: [...path, "name"], isOptional: reference.optional, keys });
    }
  });
  container.envFrom?.forEach((source, index) => {
    for (const [field, target] of [
      ["configMapRef", CONFIG_MAP],
      ["secretRef", SECRET],
    ] as const) {
      const reference = source?.[field];
      const path = [...at, "envFrom", index, field, "name"];
      add({ target, name: reference?.name, path, isOptional: reference?.optional });
    }
  });
}

interface VolumeItems {
  readonly optional?: boolean | null;
  readonly items?: readonly ({ readonly key?: string | null } | null)[] | null;
}

function addVolume(volume: Volume, at: Path, subPaths: readonly KeyReference[], add: Add): void {
  const { configMap, secret, persistentVolumeClaim: claim } = volume;
  addItems(CONFIG_MAP, configMap, configMap?.name, [...at, "configMap"], "name", subPaths, add);
  addItems(SECRET, secret, secret?.secretName, [...at, "secret"], "secretName", subPaths, add);
  volume.projected?.sources?.forEach((source, index) => {
    const path = [...at, "projected", "sources", index];
    addItems(CONFIG_MAP, source?.configMap, source?.configMap?.name, [...path, "configMap"], "name", [], add);
    addItems(SECRET, source?.secret, source?.secret?.name, [...path, "secret"], "name", [], add);
  });
  const claimPath = [...at, "persistentVolumeClaim", "claimName"];
  add({ target: VOLUME_CLAIM, name: claim?.claimName, path: claimPath });
  const classPath = ["ephemeral", "volumeClaimTemplate", "spec", "storageClassName"];
  add({ target: STORAGE_CLASS, name: textAt(volume, classPath), path: [...at, ...classPath] });
}

function addItems(
  target: TargetKind,
  source: VolumeItems | null | undefined,
  name: string | null | undefined,
  at: Path,
  field: string,
  subPaths: readonly KeyReference[],
  add: Add,
): void {
  if (source == null) return;
  const listed = (source.items ?? []).flatMap((item, index) =>
    item?.key ? [{ key: item.key, path: [...at, "items", index, "key"] }] : [],
  );
  // Without items every key is a file of its name, so a subPath names a key; kubelet makes an empty directory of others.
  const keys = source.items == null ? subPaths : listed;
  add({ target, name, path: [...at, field], isOptional: source.optional, keys });
}

/** Per volume, the files its mounts ask for. */
function subPathsOf(spec: PodSpec): ReadonlyMap<string, readonly KeyReference[]> {
  const found = new Map<string, KeyReference[]>();
  for (const { container, path } of containersOf(spec)) {
    container.volumeMounts?.forEach((mount, index) => {
      const key = (mount?.subPath ?? "").replace(/^\.?\/+|\/+$/g, "");
      if (key === "" || key.includes("/") || !mount?.name) return;
      const list = found.get(mount.name) ?? [];
      list.push({ key, path: [...path, "volumeMounts", index, "subPath"] });
      found.set(mount.name, list);
    });
  }
  return found;
}

function textAt(value: unknown, path: Path): string | undefined {
  const found = valueAt(value, path);
  return typeof found === "string" ? found : undefined;
}
