// What `workloads harden` writes for machines to apply, as values: the program prints them as YAML.

import { groupOf, versionOf, type KubernetesObject } from "../../kubernetes/object.ts";
import { jsonPatch, strategicMergePatch } from "../../layers/workloads/harden/edit.ts";
import type { HardenedNamespace } from "../../layers/workloads/harden/harden-namespace.ts";
import type { HardenedWorkload } from "../../layers/workloads/harden/harden-workload.ts";
import type { Catalogue } from "../catalogue.ts";
import { labelsText } from "./harden-report.ts";

/** One document of a file, with the comment above it. */
export interface HardenDocument {
  readonly comment: string;
  readonly value: unknown;
}

/** A file of a Kustomize component. */
export interface ComponentFile {
  readonly name: string;
  readonly documents: readonly HardenDocument[];
}

/** Namespaces with the labels that break nothing now, then every hardened workload as a whole. */
export function hardenedDocuments(
  namespaces: readonly HardenedNamespace[],
  catalogue: Catalogue,
): readonly HardenDocument[] {
  return namespaces.flatMap((namespace) => [
    ...labelDocuments(namespace, catalogue),
    ...hardened(namespace).map(({ hardened }) => ({ comment: "", value: withoutServerFields(hardened) })),
  ]);
}

/** The same as patches. A pod that exists cannot be patched, so it is left out; nor can what has no name yet. */
export function patchDocuments(
  namespaces: readonly HardenedNamespace[],
  catalogue: Catalogue,
): readonly HardenDocument[] {
  return namespaces.flatMap((namespace) => [
    ...labelDocuments(namespace, catalogue),
    ...hardened(namespace)
      .filter((workload) => !workload.isImmutable && nameOf(workload) !== "")
      .map((workload) => {
        const { kind, name } = workload.carrier.id;
        const id = workload.carrier.isSeen ? "harden.file.patch" : "harden.file.json-patch";
        const comment = catalogue.say(id, { kind: kind.toLowerCase(), name, namespace: namespace.namespace });
        return { comment, value: patchOf(workload) };
      }),
  ]);
}

/** A component: one patch a file, and the kustomization that lists them. Kustomize refuses patches without a target. */
export function componentFiles(
  namespaces: readonly HardenedNamespace[],
  catalogue: Catalogue,
): readonly ComponentFile[] {
  const files: ComponentFile[] = [];
  const patches: object[] = [];
  const add = (name: string, document: HardenDocument, target?: object): void => {
    files.push({ name, documents: [document] });
    patches.push({ path: name, ...(target && { target }) });
  };
  for (const namespace of namespaces) {
    const [labels] = labelDocuments(namespace, catalogue);
    if (namespace.known !== undefined && labels !== undefined) add(fileName("namespace", namespace.namespace), labels);
    for (const workload of hardened(namespace)) {
      if (nameOf(workload) === "") continue;
      const { kind, name } = workload.carrier.id;
      const file = fileName(kind, namespace.namespace, name);
      const document = { comment: "", value: patchOf(workload) };
      if (workload.carrier.isSeen) add(file, document);
      else add(file, document, targetOf(workload.object));
    }
  }
  const kustomization = { apiVersion: "kustomize.config.k8s.io/v1alpha1", kind: "Component", patches };
  return [{ name: "kustomization.yaml", documents: [{ comment: "", value: kustomization }] }, ...files];
}

function hardened({ workloads }: HardenedNamespace): readonly HardenedWorkload[] {
  return workloads.filter(({ state }) => state === "hardened");
}

function labelDocuments(
  { namespace, now, afterPatches }: HardenedNamespace,
  catalogue: Catalogue,
): readonly HardenDocument[] {
  if (Object.keys(now).length === 0) return [];
  const later = Object.keys(afterPatches).length === 0 ? [] : [labelsText(afterPatches)];
  const comment = [
    catalogue.say("harden.file.labels"),
    ...later.map((labels) => catalogue.say("harden.file.later", { labels })),
  ].join("\n");
  return [{ comment, value: { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels: now } } }];
}

function patchOf({ carrier, object, edits }: HardenedWorkload): unknown {
  if (!carrier.isSeen) return jsonPatch(object, edits);
  const { apiVersion, kind, metadata } = object;
  const namespace = metadata?.namespace;
  const identity = { name: metadata?.name ?? "", ...(namespace != null && namespace !== "" && { namespace }) };
  return { apiVersion, kind, metadata: identity, ...strategicMergePatch(object, edits) };
}

function targetOf({ apiVersion, kind, metadata }: KubernetesObject): object {
  const namespace = metadata?.namespace;
  return {
    group: groupOf(apiVersion),
    version: versionOf(apiVersion),
    kind,
    name: metadata?.name ?? "",
    ...(namespace != null && namespace !== "" && { namespace }),
  };
}

function nameOf({ object }: HardenedWorkload): string {
  return object.metadata?.name ?? "";
}

function fileName(...parts: readonly string[]): string {
  return `${parts.map((part) => part.toLowerCase().replaceAll(/[^a-z0-9.-]/g, "_")).join("-")}.yaml`;
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
const SERVER_FIELDS: ReadonlySet<string> = new Set([
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
]);

/** As somebody would have written it: what the server added is left out. */
function withoutServerFields(object: KubernetesObject): unknown {
  const { apiVersion, kind, metadata, status: _, ...fields } = object;
  const { annotations, ...own } = metadata ?? {};
  const kept = Object.entries(own).filter(([field]) => !SERVER_FIELDS.has(field));
  const others = Object.entries(annotations ?? {}).filter(([key]) => key !== LAST_APPLIED);
  const written = {
    ...Object.fromEntries(kept),
    ...(others.length > 0 && { annotations: Object.fromEntries(others) }),
  };
  return { apiVersion, kind, metadata: written, ...fields };
}
