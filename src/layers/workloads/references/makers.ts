// Custom resources whose controllers make Secrets, ConfigMaps, claims and Services, by their published APIs. Knowing
// them keeps a reference to such an object from being called dangling.

import type { ResourceId } from "../../../cluster/resource-id.ts";
import { isBuiltInGroup } from "../../../kubernetes/cluster-scoped.ts";
import type { KubernetesObject } from "../../../kubernetes/object.ts";
import { valueAt } from "../../../kubernetes/path.ts";
import type { MadeObject } from "./made-object.ts";
import { CONFIG_MAP, SECRET, SERVICE, SERVICE_ACCOUNT, VOLUME_CLAIM, type TargetKind } from "./reference.ts";

type Make = (object: KubernetesObject, id: ResourceId) => readonly MadeObject[];

/** Made in a namespace the object does not name. */
const ANYWHERE = "*";

const MAKERS: Readonly<Record<string, Make>> = {
  "bitnami.com/SealedSecret": (object, id) => [
    {
      ...declared(id, text(object, "spec.template.metadata.name") ?? id.name),
      keys: [...keysOf(object, "spec.encryptedData"), ...keysOf(object, "spec.template.data")],
    },
  ],
  "cdi.kubevirt.io/DataVolume": (_, id) => [made(VOLUME_CLAIM, id, id.name)],
  "cert-manager.io/Certificate": (object, id) => [
    {
      ...made(SECRET, id, text(object, "spec.secretName")),
      ...(!has(object, "spec.keystores") &&
        !has(object, "spec.additionalOutputFormats") && { keys: ["tls.crt", "tls.key", "ca.crt"] }),
    },
  ],
  "external-secrets.io/ClusterExternalSecret": (object, id) => {
    const name = text(object, "spec.externalSecretSpec.target.name") ?? text(object, "spec.externalSecretName");
    return [{ target: SECRET, namespace: ANYWHERE, name: name ?? id.name }];
  },
  "external-secrets.io/ExternalSecret": externalSecret,
  "infisical.com/InfisicalSecret": (object, id) => [
    declared(id, text(object, "spec.managedSecretReference.secretName")),
  ],
  "isindir.github.com/SopsSecret": (object, id) =>
    list(object, "spec.secretTemplates").map((template) => declared(id, text(template, "name"))),
  "kafka.strimzi.io/Kafka": (_, id) => [
    ...suffixed(SECRET, id, ["-cluster-ca-cert", "-clients-ca-cert", "-cluster-ca", "-clients-ca"]),
    ...suffixed(SERVICE, id, ["-kafka-bootstrap", "-kafka-brokers", "-kafka-external-bootstrap"]),
  ],
  "kafka.strimzi.io/KafkaUser": (_, id) => [made(SECRET, id, id.name)],
  "kustomize.config.k8s.io/Kustomization": (object) => [
    ...generated(object, "configMapGenerator", CONFIG_MAP),
    ...generated(object, "secretGenerator", SECRET),
  ],
  "onepassword.com/OnePasswordItem": (_, id) => [declared(id, id.name)],
  "postgresql.cnpg.io/Cluster": (_, id) => [
    ...suffixed(SECRET, id, ["-app", "-superuser", "-ca", "-server", "-replication"]),
    ...suffixed(SERVICE, id, ["-rw", "-ro", "-r"]),
    made(SERVICE_ACCOUNT, id, id.name),
  ],
  "secrets-store.csi.x-k8s.io/SecretProviderClass": (object, id) =>
    list(object, "spec.secretObjects").map((secret) => declared(id, text(secret, "secretName"))),
  "secrets.doppler.com/DopplerSecret": (object, id) => [
    {
      ...declared(id, text(object, "spec.managedSecret.name")),
      namespace: text(object, "spec.managedSecret.namespace") ?? id.namespace,
    },
  ],
  "secrets.hashicorp.com/VaultDynamicSecret": (object, id) => [declared(id, text(object, "spec.destination.name"))],
  "secrets.hashicorp.com/VaultPKISecret": (object, id) => [declared(id, text(object, "spec.destination.name"))],
  "secrets.hashicorp.com/VaultStaticSecret": (object, id) => [declared(id, text(object, "spec.destination.name"))],
  "serving.knative.dev/Service": (_, id) => [made(SERVICE, id, id.name)],
  "trust.cert-manager.io/Bundle": (_, id) => [
    { target: CONFIG_MAP, namespace: ANYWHERE, name: id.name },
    { target: SECRET, namespace: ANYWHERE, name: id.name },
  ],
};

/** Whether objects of the kind may make others: custom resources, and kustomize's file. */
export function canMake({ group, kind }: ResourceId): boolean {
  return !isBuiltInGroup(group) || Object.hasOwn(MAKERS, `${group}/${kind}`);
}

/** What the controller of a custom resource makes of it; empty for kinds that are not known. */
export function objectsMadeBy(object: KubernetesObject, id: ResourceId): readonly MadeObject[] {
  const key = `${id.group}/${id.kind}`;
  const make = Object.hasOwn(MAKERS, key) ? MAKERS[key] : undefined;
  const own = make?.(object, id).filter(({ name }) => name !== "") ?? [];
  // Crossplane and its kin write what a managed resource is reached with into a Secret.
  const connection = text(object, "spec.writeConnectionSecretToRef.name");
  if (connection === undefined) return own;
  const namespace = text(object, "spec.writeConnectionSecretToRef.namespace") ?? id.namespace;
  return [...own, { target: SECRET, namespace, name: connection }];
}

function externalSecret(object: KubernetesObject, id: ResourceId): readonly MadeObject[] {
  const secret = declared(id, text(object, "spec.target.name") ?? id.name);
  const isOpen = ["spec.dataFrom", "spec.target.template.data", "spec.target.template.templateFrom"].some((path) =>
    has(object, path),
  );
  if (isOpen || text(object, "spec.target.creationPolicy") === "Merge") return [secret];
  return [{ ...secret, keys: list(object, "spec.data").flatMap((entry) => text(entry, "secretKey") ?? []) }];
}

function generated(object: KubernetesObject, field: string, target: TargetKind): readonly MadeObject[] {
  return list(object, field).map((generator) => ({ target, namespace: ANYWHERE, name: text(generator, "name") ?? "" }));
}

/** Of custom resources that are written where a Secret would be. */
function declared(id: ResourceId, name: string | undefined): MadeObject {
  return { ...made(SECRET, id, name), isDeclaration: true };
}

function made(target: TargetKind, { namespace }: ResourceId, name: string | undefined): MadeObject {
  return { target, namespace, name: name ?? "" };
}

function suffixed(target: TargetKind, id: ResourceId, suffixes: readonly string[]): readonly MadeObject[] {
  return suffixes.map((suffix) => made(target, id, `${id.name}${suffix}`));
}

function text(value: unknown, path: string): string | undefined {
  const found = valueAt(value, path.split("."));
  return typeof found === "string" && found !== "" ? found : undefined;
}

function list(value: unknown, path: string): readonly unknown[] {
  const found = valueAt(value, path.split("."));
  return Array.isArray(found) ? found : [];
}

function keysOf(value: unknown, path: string): readonly string[] {
  const found = valueAt(value, path.split("."));
  return found !== null && typeof found === "object" ? Object.keys(found) : [];
}

function has(value: unknown, path: string): boolean {
  return valueAt(value, path.split(".")) != null;
}
