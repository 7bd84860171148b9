// The attack graph of KubeHound's test cluster, and its edges as KubeHound names them: pairs `from -> to`, where a permission
// set is `role::binding`.

import { readdirSync } from "node:fs";
import { loadAll } from "js-yaml";
import { createAttackGraph, type AttackGraph } from "../../src/attack/attack-graph.ts";
import type { AttackWorld } from "../../src/attack/attack-world.ts";
import { createSearcher } from "../../src/attack/closure.ts";
import type { StepFact } from "../../src/attack/step-fact.ts";
import { isGrantedRole } from "../../src/attack/granted-role.ts";
import { EVERYWHERE, holdingKey, type Holding } from "../../src/attack/holding.ts";
import { resourcesOf } from "../../src/attack/resources.fixture.ts";
import { techniqueWorld } from "../../src/attack/technique-world.ts";
import { TECHNIQUES } from "../../src/attack/techniques.ts";
import { valueAt } from "../../src/kubernetes/path.ts";
import { oraclePath, readOracle } from "./oracle.ts";

export interface KubeHoundWorld {
  readonly world: AttackWorld;
  readonly graph: AttackGraph;
}

/** Built from the manifests, with `nodes`: a control plane and workers, over which pods are spread. `more` is YAML beside. */
export function kubeHoundWorld(nodes: readonly string[], more = ""): KubeHoundWorld {
  const [controlPlane = "", ...workers] = nodes;
  const texts = readdirSync(oraclePath("attack/attacks")).map((file) => readOracle(`attack/attacks/${file}`));
  const resources = resourcesOf([...texts, more].flatMap((text) => loadAll(text)));
  let placed = 0;
  for (const { object } of resources) {
    const spec = valueAt(object, ["spec"]);
    if (object.kind !== "Pod" || spec === null || typeof spec !== "object") continue;
    Object.assign(spec, { nodeName: workers[placed++ % workers.length] });
  }
  const all = [...resources, ...resourcesOf(nodes.map((name) => nodeObject(name, name === controlPlane)))];
  const world = techniqueWorld(all, { minor: 37, isComplete: true });
  return { world, graph: createAttackGraph(world, TECHNIQUES) };
}

function nodeObject(name: string, isControlPlane: boolean): unknown {
  const labels = isControlPlane ? { "node-role.kubernetes.io/control-plane": "" } : {};
  return { apiVersion: "v1", kind: "Node", metadata: { name, labels } };
}

/** `role::binding` of each grant that gives the right, with the namespace of the binding. */
function permissionSets(graph: AttackGraph, right: number): readonly { readonly name: string; readonly in: string }[] {
  if (graph.holdings[right]?.kind !== "right") return [];
  const found = new Set([right]);
  const sets = new Map<string, { readonly name: string; readonly in: string }>();
  for (const one of found)
    for (const index of graph.into(one)) {
      const { needs = [], facts } = graph.steps[index] ?? {};
      for (const need of needs) {
        const from = graph.holdings[need];
        if (from !== undefined && isGrantedRole(from)) found.add(need); // sets grow while walked
      }
      for (const fact of facts?.() ?? []) {
        if (fact.kind !== "binding") continue;
        const { binding, role } = fact.subject;
        const set = { name: `${role?.resource.name ?? ""}::${binding.resource.name}`, in: binding.resource.namespace };
        sets.set(`${set.in}/${set.name}`, set);
      }
    }
  return [...sets.values()];
}

/** What a holding means, without another technique. */
function meant(graph: AttackGraph, holding: number): readonly Holding[] {
  const found = new Set([holding]);
  for (const one of found)
    for (const index of graph.from(one)) {
      const step = graph.steps[index];
      if (step?.technique === undefined && step?.needs.length === 1) found.add(step.gives); // sets grow while walked
    }
  return [...found].flatMap((one) => graph.holdings[one] ?? []);
}

/** Permission sets and pods, of a technique that starts from rights in namespace `default`. */
export function permissionToPods({ world, graph }: KubeHoundWorld, technique: string): ReadonlySet<string> {
  const names = new Map(world.pods.map(({ key, name }) => [key, name]));
  return permissionTo(graph, technique, (holding) => (holding.kind === "pod" ? [names.get(holding.pod) ?? ""] : []));
}

/** Permission sets and nodes: pods of one's own that may be privileged there. */
export function permissionToNodes({ graph }: KubeHoundWorld): ReadonlySet<string> {
  const escapes = stepsOf(graph, "privileged-pod");
  return permissionTo(graph, "create-pod", (holding) =>
    escapes
      .filter(({ needs }) => needs.includes(graph.indexOf(holding)))
      .flatMap(({ gives }) => meant(graph, gives))
      .flatMap((one) => (one.kind === "node" ? [one.node] : [])),
  );
}

/** Permission sets and accounts whose tokens lie in Secrets that can be read. */
export function permissionToTokens({ graph }: KubeHoundWorld): ReadonlySet<string> {
  const tokens = stepsOf(graph, "secret-token");
  return permissionTo(graph, "read-secrets", (holding) =>
    tokens
      .filter(({ needs }) => needs.includes(graph.indexOf(holding)))
      .map(({ gives }) => accountName(graph.holdings[gives])),
  );
}

function permissionTo(
  graph: AttackGraph,
  technique: string,
  names: (holding: Holding) => readonly string[],
): ReadonlySet<string> {
  return new Set(
    stepsOf(graph, technique).flatMap(({ needs, gives }) => {
      const to = meant(graph, gives).flatMap(names);
      const sets = needs.flatMap((need) => permissionSets(graph, need)).filter((set) => set.in === "default");
      return sets.flatMap((set) => to.map((name) => `${set.name} -> ${name}`));
    }),
  );
}

function stepsOf(graph: AttackGraph, technique: string): AttackGraph["steps"] {
  return graph.steps.filter((step) => step.technique?.id === technique);
}

function accountName(holding: Holding | undefined): string {
  return holding?.kind === "user" ? (holding.name.split(":")[3] ?? holding.name) : "";
}

/** Accounts of namespace `default` and the permission sets that are theirs. */
export function accountToPermissions({ world }: KubeHoundWorld): ReadonlySet<string> {
  return new Set(
    world.rights.bound.flatMap(({ holder, binding, role }) =>
      holder.kind === "user" && holder.name.startsWith("system:serviceaccount:default:")
        ? [`${accountName(holder)} -> ${role?.resource.name ?? ""}::${binding.resource.name}`]
        : [],
    ),
  );
}

/** Containers and what a technique gives, by the names of both. */
export function containerTo(
  { graph }: KubeHoundWorld,
  technique: string,
  name: (holding: Holding, facts: readonly StepFact[]) => string,
): ReadonlySet<string> {
  return new Set(
    stepsOf(graph, technique).flatMap(({ needs: [need = -1], facts, gives }) => {
      const from = graph.holdings[need];
      if (from?.kind !== "container") return [];
      return meant(graph, gives)
        .map((to) => name(to, facts?.() ?? []))
        .filter((to) => to !== "")
        .map((to) => `${from.container} -> ${to}`);
    }),
  );
}

export const toAccount = (holding: Holding): string => (holding.kind === "user" ? accountName(holding) : "");
export const toContainer = (holding: Holding): string => (holding.kind === "container" ? holding.container : "");
export const toNode = (holding: Holding): string =>
  holding.kind === "node" || holding.kind === "node-files" ? holding.node : "";

/** The volume of the mount that the facts name. */
export function toVolume({ world }: KubeHoundWorld): (holding: Holding, facts: readonly StepFact[]) => string {
  const mounts = world.pods.flatMap(({ resource, containers }) =>
    containers.flatMap(({ hostMounts }) => hostMounts.map(({ mount, volume }) => ({ resource, mount, volume }))),
  );
  return (_, facts) => {
    const [fact] = facts;
    if (fact?.kind !== "field") return "";
    const { resource, path } = fact;
    return mounts.find((one) => one.resource === resource && one.mount === path)?.volume ?? "";
  };
}

/** Nodes and the identities they assume. */
export function nodeToIdentities({ graph }: KubeHoundWorld): ReadonlySet<string> {
  return new Set(
    stepsOf(graph, "node-credentials").flatMap(({ needs, gives }) =>
      needs
        .map((need) => graph.holdings[need])
        .flatMap((node) =>
          node?.kind === "node"
            ? meant(graph, gives).flatMap((to) => ("name" in to ? [`${node.node} -> ${to.name}`] : []))
            : [],
        ),
    ),
  );
}

export interface PermissionReach {
  /** In one technique. */
  readonly direct: ReadonlySet<string>;
  /** In any number of them. */
  readonly whole: ReadonlySet<string>;
}

/** Permission sets and those that whoever has one can come to, all of whose names `isAsked`. */
export function permissionToPermissions(
  { world, graph }: KubeHoundWorld,
  isAsked: (name: string) => boolean,
): PermissionReach {
  const sets = new Map<string, { readonly rights: Set<number>; readonly holdings: readonly Holding[] }>();
  for (const { binding, role, namespace } of world.rights.bound) {
    const name = `${role?.resource.name ?? ""}::${binding.resource.name}`;
    if (role === undefined || !isAsked(name)) continue;
    const { resource } = role;
    const own = resource.kind === "Role" ? `${resource.namespace}/${resource.name}` : resource.name;
    const holdings: readonly Holding[] = [
      { kind: "cluster-admin" },
      { kind: "namespace-admin", namespace },
      { kind: "namespace-admin", namespace: EVERYWHERE },
      { kind: "role", role: own, namespace },
    ];
    // Outside namespaces an admin of every namespace has nothing.
    const fitting = holdings.filter(({ kind }) => namespace !== EVERYWHERE || kind !== "namespace-admin");
    sets.set(name, { rights: new Set(), holdings: fitting });
  }
  for (const [index, holding] of graph.holdings.entries())
    if (holding.kind === "right")
      for (const { name } of permissionSets(graph, index)) sets.get(name)?.rights.add(index);
  const direct = new Set<string>();
  const whole = new Set<string>();
  const searcher = createSearcher(graph);
  for (const [from, { rights }] of sets) {
    const closure = searcher.from([...rights]);
    for (const [to, { holdings }] of sets)
      for (const holding of holdings) {
        const index = graph.indexOf(holding);
        if (index === -1 || !closure.has(index)) continue;
        whole.add(`${from} -> ${to}`);
        if (closure.cost(index) <= 1) direct.add(`${from} -> ${to}`);
      }
  }
  return { direct, whole };
}

/** Every pod and container there is, and whether something leads to it. */
export function unreached({ world, graph }: KubeHoundWorld): readonly string[] {
  const holdings = world.pods.flatMap(({ key, containers }): readonly Holding[] => [
    { kind: "pod", pod: key },
    ...containers.map(({ name }): Holding => ({ kind: "container", pod: key, container: name })),
  ]);
  return holdings.filter((one) => [...graph.into(graph.indexOf(one))].length === 0).map(holdingKey);
}
