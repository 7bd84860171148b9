// What matters of a pod, or of a template that pods will be made of, to somebody with code in it.

import type { Resource } from "../cluster/resource.ts";
import { containersOf, type ContainerView } from "../kubernetes/containers.ts";
import { formatPath, valueAt, type Path } from "../kubernetes/path.ts";
import { podTemplate, type Container, type PodSpec, type PodTemplate } from "../kubernetes/pod.ts";
import { podTemplatesOf } from "../kubernetes/pod-template.ts";
import { narrow, type Narrowed, type ShapeProblem } from "../kubernetes/shape.ts";
import { serviceAccountUser } from "../layers/access/identity.ts";
import type { ClaimedPath } from "./claimed-paths.ts";
import { containerFacts, type ContainerFacts } from "./container-facts.ts";
import type { Located } from "./fact.ts";
import { nodeOfPod, type Holding } from "./holding.ts";

export interface PodFacts {
  /** Unique in a world. */
  readonly key: string;
  /** Code in it. One object for all who speak of it, as {@link user}: graphs tell holdings apart by identity first. */
  readonly holding: Holding;
  /** Its account, as a user. */
  readonly user: Holding;
  readonly resource: Located;
  /** From the object to what has `metadata` and `spec`. */
  readonly template: Path;
  /** Of what a person calls it: `shop/cart`. */
  readonly title: string;
  readonly namespace: string;
  readonly name: string;
  /** A Pod of the API, not a template. */
  readonly isPod: boolean;
  /** The API server's picture of a static pod: it changes nothing of what runs. */
  readonly isMirror: boolean;
  readonly account: string;
  /** What the pod says itself; `undefined` where it says nothing. */
  readonly automount: boolean | undefined;
  /** Where it runs; of a pod that is not placed yet see {@link nodeOfPod}. */
  readonly node: string;
  readonly isPlaced: boolean;
  /** Runs on every node, so on each that somebody controls. */
  readonly isOnEveryNode: boolean;
  /** Something in the cluster makes such pods. */
  readonly isMadeByController: boolean;
  /** Whoever deletes it gets another one, on whatever node the scheduler picks. */
  readonly isRecreated: boolean;
  readonly hostPID: boolean;
  /** Root in the pod is nobody on its node (`hostUsers: false`, KEP-127). */
  readonly hasUserNamespace: boolean;
  readonly shareProcessNamespace: boolean;
  /** Those that code can be in: init containers have ended, sidecars have not. */
  readonly containers: readonly ContainerFacts[];
  /** Names of Secrets that any container sees. */
  readonly secrets: readonly PodSecret[];
  /** Where it is changed for good: its topmost owner in the input, else itself. */
  readonly workload: WorkloadFacts;
  readonly declared: PodTemplate;
}

export interface WorkloadFacts {
  /** Equal for all pods of the workload. */
  readonly key: string;
  readonly resource: Located;
  readonly template: Path;
  readonly spec: PodSpec;
}

export interface PodSecret {
  readonly name: string;
  readonly path: Path;
  readonly containers: readonly string[];
  /** Of its files; `undefined` for variables. */
  readonly volume: string | undefined;
}

/** How much of pods is told apart. */
export interface PodView {
  /** Code in the only container is code in the pod. */
  readonly isMerged: boolean;
  /** Of which Secrets it matters that a pod sees them. */
  readonly isShown: (namespace: string, secret: string) => boolean;
}

const FINISHED: ReadonlySet<unknown> = new Set(["Succeeded", "Failed"]);
/** Their pods stay with their node. */
const BOUND_TO_NODES: ReadonlySet<string> = new Set(["DaemonSet", "Node"]);

/**
 * The pods of an object; malformed templates are reported where pods are scanned, and say nothing here. `owner` is the
 * object's topmost owner.
 */
export function podFactsOf(
  resource: Resource,
  owner: Resource,
  claimed: ClaimedPath,
  view: PodView,
): readonly PodFacts[] {
  const { object } = resource;
  if (object.kind === "Pod" && FINISHED.has(valueAt(object, ["status", "phase"]))) return [];
  return templatesOf(resource).map((template) => factsOf(resource, template, { owner, claimed, view }));
}

/** What keeps an object's pods from being seen: fields of the wrong type, from the root of the object. */
export function podProblemsOf({ object }: Resource): readonly ShapeProblem[] {
  return podTemplatesOf(object).flatMap(({ path }) => {
    const narrowed = narrowTemplate(valueAt(object, path));
    return narrowed.ok ? [] : narrowed.problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
  });
}

const sound = new WeakSet<object>();

/** Asked when a pod is read and when its facts are: looked through once. */
function narrowTemplate(value: unknown): Narrowed<PodTemplate> {
  const object = typeof value === "object" && value !== null ? value : undefined;
  if (object !== undefined && sound.has(object)) return { ok: true, value: object }; // every known field was checked
  const narrowed = narrow(podTemplate, value);
  if (narrowed.ok && object !== undefined) sound.add(object);
  return narrowed;
}

interface Template {
  readonly path: Path;
  readonly isPod: boolean;
  readonly declared: PodTemplate;
  readonly spec: PodSpec;
}

function templatesOf({ object }: Resource): readonly Template[] {
  return podTemplatesOf(object).flatMap(({ path, isPod }) => {
    const narrowed = narrowTemplate(valueAt(object, path));
    if (!narrowed.ok) return [];
    const { spec } = narrowed.value;
    return spec == null ? [] : [{ path, isPod, declared: narrowed.value, spec }];
  });
}

interface PodContext {
  readonly owner: Resource;
  readonly claimed: ClaimedPath;
  readonly view: PodView;
}

function factsOf(resource: Resource, own: Template, { owner, claimed, view }: PodContext): PodFacts {
  const { id, locate, object } = resource;
  const { path: template, isPod, declared, spec } = own;
  const specPath = [...template, "spec"];
  const views = containersOf(spec);
  const running = views.filter(({ kind }) => kind !== "init");
  const isMirror = declared.metadata?.annotations?.["kubernetes.io/config.mirror"] != null;
  const key = `${id.group}/${id.kind}/${id.namespace}/${id.name}${isPod ? "" : `#${formatPath(template)}`}`;
  const controllerKind = controllerKindOf(resource, isPod);
  const account = spec.serviceAccountName || spec.serviceAccount || "default"; // empty is absent
  const pathOf = nodePaths(spec, id, claimed);
  const holding: Holding = { kind: "pod", pod: key };
  const merged = view.isMerged && running.length === 1 ? holding : undefined;
  const isLive = isPod && object.metadata?.uid != null;
  return {
    key,
    holding,
    user: { kind: "user", name: serviceAccountUser(id.namespace, account) },
    resource: { id, locate },
    template,
    title: `${id.namespace}/${id.name}`,
    namespace: id.namespace,
    name: id.name,
    isPod,
    isMirror,
    account,
    automount: isMirror ? false : (spec.automountServiceAccountToken ?? undefined),
    node: spec.nodeName || nodeOfPod(key),
    isPlaced: Boolean(spec.nodeName),
    isOnEveryNode:
      id.kind === "DaemonSet" && spec.affinity == null && Object.keys(spec.nodeSelector ?? {}).length === 0,
    isMadeByController: controllerKind !== undefined,
    isRecreated: controllerKind !== undefined && !BOUND_TO_NODES.has(controllerKind),
    hostPID: spec.hostPID === true,
    hasUserNamespace: spec.hostUsers === false,
    shareProcessNamespace: spec.shareProcessNamespace === true,
    containers: running.map((one) => containerFacts(one, { key, merged, declared, spec, specPath, isLive, pathOf })),
    secrets: [...volumeSecrets(spec, specPath, views), ...environmentSecrets(views, specPath)].filter(({ name }) =>
      view.isShown(id.namespace, name),
    ),
    workload: workloadOf(owner, key, own, resource),
    declared,
  };
}

/** The paths of the node that the pod's volumes are: most pods have none. */
function nodePaths(
  { volumes }: PodSpec,
  { namespace, name }: Resource["id"],
  claimed: ClaimedPath,
): (volume: string) => string | undefined {
  const paths = new Map<string, string>();
  for (const volume of volumes ?? []) {
    const own = volume?.name ?? "";
    const claim = volume?.ephemeral == null ? volume?.persistentVolumeClaim?.claimName : `${name}-${own}`;
    const path = volume?.hostPath?.path ?? (claim ? claimed(namespace, claim) : undefined);
    if (path !== undefined) paths.set(own, path);
  }
  return (volume) => paths.get(volume);
}

/** The kind of what makes such pods: of a template its own. */
function controllerKindOf({ id, object }: Resource, isPod: boolean): string | undefined {
  if (!isPod) return id.kind;
  return object.metadata?.ownerReferences?.find((one) => one?.controller === true)?.kind ?? undefined;
}

const workloads = new WeakMap<Resource, WorkloadFacts | undefined>();

function workloadOf(owner: Resource, key: string, own: Template, { id, locate }: Resource): WorkloadFacts {
  const itself = { key, resource: { id, locate }, template: own.path, spec: own.spec };
  if (owner.object.kind === "Pod" || owner.id === id) return itself;
  // Asked for each of its pods.
  if (!workloads.has(owner))
    workloads.set(owner, templatesOf(owner).map((template) => factsOfOwner(owner, template))[0]);
  return workloads.get(owner) ?? itself;
}

function factsOfOwner({ id, locate }: Resource, { path, spec }: Template): WorkloadFacts {
  return { key: `${id.group}/${id.kind}/${id.namespace}/${id.name}`, resource: { id, locate }, template: path, spec };
}

function* volumeSecrets(spec: PodSpec, specPath: Path, views: readonly ContainerView[]): Generator<PodSecret> {
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    const { secret, projected } = volume ?? {};
    if (secret == null && projected == null) continue;
    const containers = views
      .filter(({ container }) => (container.volumeMounts ?? []).some((mount) => mount?.name === volume?.name))
      .map(({ name }) => name);
    const path = [...specPath, "volumes", index];
    const of = volume?.name ?? "";
    if (secret?.secretName)
      yield { name: secret.secretName, path: [...path, "secret", "secretName"], containers, volume: of };
    for (const [at, source] of (projected?.sources ?? []).entries()) {
      const name = source?.secret?.name;
      if (name) yield { name, path: [...path, "projected", "sources", at, "secret", "name"], containers, volume: of };
    }
  }
}

function* environmentSecrets(views: readonly ContainerView[], specPath: Path): Generator<PodSecret> {
  for (const { name, container, path } of views) {
    const at = [...specPath, ...path];
    const made = (secret: string, field: Path): PodSecret => ({
      name: secret,
      path: [...at, ...field],
      containers: [name],
      volume: undefined,
    });
    for (const [index, from] of (container.envFrom ?? []).entries()) {
      const secret = from?.secretRef?.name;
      if (secret) yield made(secret, ["envFrom", index, "secretRef", "name"]);
    }
    for (const { index, secret } of variableSecrets(container))
      yield made(secret, ["env", index, "valueFrom", "secretKeyRef", "name"]);
  }
}

function variableSecrets(container: Container): readonly { readonly index: number; readonly secret: string }[] {
  return (container.env ?? []).flatMap((variable, index) => {
    const secret = variable?.valueFrom?.secretKeyRef?.name;
    return secret ? [{ index, secret }] : [];
  });
}
