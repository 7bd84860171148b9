// The projection behind every relation rule: from an object to the facts that relations are made of, in time linear in
// the object. One table says which kind is read how.

import type { Resource } from "../../../cluster/resource.ts";
import { isPodCarrierKind } from "../../../kubernetes/pod-template.ts";
import { valueAt } from "../../../kubernetes/path.ts";
import { narrowTemplates } from "../../../verdicts/pod-subjects.ts";
import type { Projection } from "../../../verdicts/projection.ts";
import type { Detail } from "./details.ts";
import type { MadeObject } from "./made-object.ts";
import { canMake, objectsMadeBy } from "./makers.ts";
import type { ObjectFacts, ReadFacts } from "./object-facts.ts";
import { podFactsOf, type PodFacts } from "./pod-facts.ts";
import { podReferences } from "./pod-references.ts";
import { readHorizontalAutoscaler, readScaledObject, readVerticalAutoscaler } from "./read-autoscaler.ts";
import { readApiService, readCustomResourceDefinition, readWebhooks } from "./read-called-service.ts";
import { readReplicationController, readScaled, readStatefulSet } from "./read-controller.ts";
import { readData } from "./read-data.ts";
import { readDisruptionBudget } from "./read-disruption-budget.ts";
import { readGateway, readReferenceGrant, readRoute } from "./read-gateway.ts";
import { readIngress } from "./read-ingress.ts";
import { readPodMonitor, readServiceMonitor } from "./read-monitor.ts";
import { readRole } from "./read-role.ts";
import { readService } from "./read-service.ts";
import { readServiceAccount } from "./read-service-account.ts";
import { readVolume, readVolumeClaim } from "./read-storage.ts";
import { targetKindOf, type Reference, type TargetKind } from "./reference.ts";

export interface RelationFacts {
  /** The kind under the group it has today. */
  readonly kind: TargetKind;
  readonly references: readonly Reference[];
  readonly makes: readonly MadeObject[];
  /** Pods it is, or stamps. */
  readonly pods: readonly PodFacts[];
  readonly detail: Detail | undefined;
}

const ROLE = "rbac.authorization.k8s.io/Role";
const identityOnly: ReadFacts = () => ({});

const READERS: Readonly<Record<TargetKind, ReadFacts>> = {
  "/ConfigMap": readData,
  "/LimitRange": identityOnly,
  "/Namespace": identityOnly,
  "/PersistentVolume": readVolume,
  "/PersistentVolumeClaim": readVolumeClaim,
  "/ReplicationController": readReplicationController,
  "/ResourceQuota": identityOnly,
  "/Secret": readData,
  "/Service": readService,
  "/ServiceAccount": readServiceAccount,
  "admissionregistration.k8s.io/MutatingWebhookConfiguration": readWebhooks,
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration": readWebhooks,
  "apiextensions.k8s.io/CustomResourceDefinition": readCustomResourceDefinition,
  "apiregistration.k8s.io/APIService": readApiService,
  "apps.kruise.io/CloneSet": readScaled,
  "apps.kruise.io/StatefulSet": readStatefulSet,
  "apps/DaemonSet": readScaled,
  "apps/Deployment": readScaled,
  "apps/ReplicaSet": readScaled,
  "apps/StatefulSet": readStatefulSet,
  "argoproj.io/Rollout": readScaled,
  "autoscaling.k8s.io/VerticalPodAutoscaler": readVerticalAutoscaler,
  "autoscaling/HorizontalPodAutoscaler": readHorizontalAutoscaler,
  "gateway.networking.k8s.io/GRPCRoute": readRoute,
  "gateway.networking.k8s.io/Gateway": readGateway,
  "gateway.networking.k8s.io/GatewayClass": identityOnly,
  "gateway.networking.k8s.io/HTTPRoute": readRoute,
  "gateway.networking.k8s.io/ReferenceGrant": readReferenceGrant,
  "gateway.networking.k8s.io/TCPRoute": readRoute,
  "gateway.networking.k8s.io/TLSRoute": readRoute,
  "gateway.networking.k8s.io/UDPRoute": readRoute,
  "keda.sh/ScaledObject": readScaledObject,
  "monitoring.coreos.com/PodMonitor": readPodMonitor,
  "monitoring.coreos.com/ServiceMonitor": readServiceMonitor,
  "networking.k8s.io/Ingress": readIngress,
  "networking.k8s.io/IngressClass": identityOnly,
  "node.k8s.io/RuntimeClass": identityOnly,
  "policy/PodDisruptionBudget": readDisruptionBudget,
  [ROLE]: readRole,
  "resource.k8s.io/ResourceClaim": identityOnly,
  "resource.k8s.io/ResourceClaimTemplate": identityOnly,
  "scheduling.k8s.io/PriorityClass": identityOnly,
  "storage.k8s.io/StorageClass": identityOnly,
};

const NO_REFERENCES: readonly Reference[] = [];
const NO_MADE: readonly MadeObject[] = [];
const NO_PODS: readonly PodFacts[] = [];

/** Findings can be about what refers, selects or scales, and about namespaces; not about what is only referred to. */
function isJudged({ references, pods, detail, kind }: RelationFacts): boolean {
  if (references.length > 0 || pods.length > 0 || kind === "/Namespace") return true;
  return detail !== undefined && JUDGED_ROLES.has(detail.role);
}

const JUDGED_ROLES: ReadonlySet<Detail["role"]> = new Set([
  "controller",
  "service",
  "disruption-budget",
  "autoscaler",
  "monitor",
]);

export const RELATIONS: Projection<RelationFacts> = {
  extract: (resource) => {
    const { id, object } = resource;
    const kind = targetKindOf(id.apiVersion, id.kind);
    const read = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
    const isCarrier = isPodCarrierKind(id.apiVersion, id.kind);
    const isMaker = canMake(id);
    if (read === undefined && !isCarrier && !isMaker) return undefined;
    const own: ObjectFacts = read?.(object, id) ?? {};
    const made = isMaker ? objectsMadeBy(object, id) : NO_MADE;
    const pods = isCarrier ? podsOf(resource) : NO_POD_FACTS;
    if (kind === ROLE && own.makes === undefined) return undefined;
    const facts: RelationFacts = {
      kind,
      references: joined(own.references ?? NO_REFERENCES, pods.references),
      makes: joined(own.makes ?? NO_MADE, made),
      pods: pods.pods,
      detail: own.detail,
    };
    return { facts, isJudged: isJudged(facts), ...(own.problems !== undefined && { problems: own.problems }) };
  },
};

interface PodsOfObject {
  readonly references: readonly Reference[];
  readonly pods: readonly PodFacts[];
}

const NO_POD_FACTS: PodsOfObject = { references: NO_REFERENCES, pods: NO_PODS };

/** Templates that cannot be read are left out: they are reported where pods are evaluated. */
function podsOf({ id, object }: Resource): PodsOfObject {
  const references: Reference[] = [];
  const pods: PodFacts[] = [];
  const replaced = claimTemplatesOf(object);
  for (const { place, template } of narrowTemplates(object).templates) {
    references.push(...podReferences(template.spec ?? {}, [...place.path, "spec"], id.namespace, replaced));
    pods.push(podFactsOf(template, place.path));
  }
  // Copies: a list that grew keeps room for more.
  return { references: references.length === 0 ? NO_REFERENCES : references.slice(), pods: pods.slice() };
}

/** Names of a StatefulSet's claim templates; a volume of the name gives way (k/k pkg/controller/statefulset updateStorage). */
function claimTemplatesOf(object: unknown): readonly string[] | undefined {
  const templates = valueAt(object, ["spec", "volumeClaimTemplates"]);
  if (!Array.isArray(templates)) return undefined;
  return templates.flatMap((template) => {
    const name = valueAt(template, ["metadata", "name"]);
    return typeof name === "string" ? [name] : [];
  });
}

function joined<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  if (other.length === 0) return one;
  return one.length === 0 ? other : [...one, ...other];
}
