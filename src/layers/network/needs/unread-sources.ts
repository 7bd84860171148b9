// Where a destination may stand that is not read: values of Secrets, ConfigMaps and keys that are not in the input.

import { containersOf } from "../../../kubernetes/containers.ts";
import type { Path } from "../../../kubernetes/path.ts";
import type { Container } from "../../../kubernetes/pod.ts";
import { fileKeysOf, secretKeysOf } from "./mounted-files.ts";
import type { NeedNotes, Place } from "./need-notes.ts";
import { mayHoldDestination } from "./setting-names.ts";
import type { Surroundings } from "./surroundings.ts";
import type { WorkloadSpec } from "./workload-spec.ts";

/** Keys of Secrets that hold the configuration of a program rather than a credential. */
const CONFIGURATION = /\.(?:ya?ml|conf|cfg|ini|toml|properties|json|env|xml)$/;
const CREDENTIALS = /^(?:\.dockerconfigjson|\.dockercfg|config\.json)$/;

/** Notes a hint for each reference that may hide a destination. */
export function noteUnreadSources(surroundings: Surroundings, notes: NeedNotes): void {
  for (const spec of surroundings.specs) {
    for (const { container, path } of containersOf(spec.spec)) {
      ofContainer(spec, container, [...spec.templatePath, "spec", ...path], surroundings, notes);
    }
    ofVolumes(spec, surroundings, notes);
  }
}

function ofContainer(
  { workload, resource }: WorkloadSpec,
  container: Container,
  at: Path,
  { configMap }: Surroundings,
  notes: NeedNotes,
): void {
  const hint = (path: Path, value: string): void =>
    notes.hint("not-readable", placeOf(resource, path), value, { workload: workload.id });
  for (const [index, from] of (container.envFrom ?? []).entries()) {
    const { secretRef, configMapRef } = from ?? {};
    if (secretRef?.name) hint([...at, "envFrom", index, "secretRef"], `secret/${secretRef.name}`);
    if (
      configMapRef?.name &&
      configMapRef.optional !== true &&
      configMap(workload.namespace, configMapRef.name) === undefined
    ) {
      hint([...at, "envFrom", index, "configMapRef"], `configmap/${configMapRef.name}`);
    }
  }
  for (const [index, variable] of (container.env ?? []).entries()) {
    const { secretKeyRef, configMapKeyRef } = variable?.valueFrom ?? {};
    const name = variable?.name ?? "";
    if (secretKeyRef?.name && (mayHoldDestination(name) || mayHoldDestination(secretKeyRef.key ?? ""))) {
      hint([...at, "env", index, "valueFrom", "secretKeyRef"], `secret/${secretKeyRef.name}:${secretKeyRef.key ?? ""}`);
    }
    if (!configMapKeyRef?.name || !mayHoldDestination(name)) continue; // where it may be absent, a default counts
    const data = configMap(workload.namespace, configMapKeyRef.name)?.object["data"];
    const key = configMapKeyRef.key ?? "";
    if (typeof data === "object" && data !== null && Object.hasOwn(data, key)) continue;
    hint([...at, "env", index, "valueFrom", "configMapKeyRef"], `configmap/${configMapKeyRef.name}:${key}`);
  }
}

function ofVolumes(
  { workload, resource, templatePath, spec }: WorkloadSpec,
  surroundings: Surroundings,
  notes: NeedNotes,
): void {
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    if (volume === null) continue;
    const place = placeOf(resource, [...templatePath, "spec", "volumes", index]);
    for (const { name, keys } of secretKeysOf(volume)) {
      const key = keys?.find((one) => CONFIGURATION.test(one) && !CREDENTIALS.test(one));
      if (key !== undefined) notes.hint("not-readable", place, `secret/${name}:${key}`, { workload: workload.id });
    }
    if (volume.configMap?.optional === true) continue;
    for (const { name } of fileKeysOf(volume)) {
      if (name === "kube-root-ca.crt" || surroundings.configMap(workload.namespace, name) !== undefined) continue;
      notes.hint("not-readable", place, `configmap/${name}`, { workload: workload.id });
    }
  }
}

function placeOf(resource: Place["resource"], path: Path): Place {
  return { kind: "environment", resource, path };
}
