// Pods that somebody can change through the API: Pod Security judges them again when an image or a container changes
// (pod-security-admission/admission/admission.go ValidatePod), and static pods run whatever the API server says.

import { defaultPod, defaultTemplate } from "../kubernetes/pod-defaults.ts";
import { evaluatePod } from "../layers/workloads/pod-security/pod-security.ts";
import type { AttackWorld } from "./attack-world.ts";
import type { Control } from "./fact.ts";
import { EVERYWHERE, holdingKey, type Holding } from "./holding.ts";
import type { PodFacts } from "./pod-facts.ts";
import { podsNamed } from "./pods-holding.ts";
import type { Power } from "./power.ts";
import type { Step } from "./step.ts";

const answers = new WeakMap<PodFacts, boolean>();

/** Whether a change of an image or a new container gets past admission. Linear in the pod, once. */
export function isAdmittedAgain(world: AttackWorld, pod: PodFacts): boolean {
  let answer = answers.get(pod);
  if (answer === undefined) answers.set(pod, (answer = isAdmitted(world, pod)));
  return answer;
}

function isAdmitted({ minor, namespace }: AttackWorld, pod: PodFacts): boolean {
  if (pod.isMirror) return false;
  const { level } = namespace(pod.namespace);
  if (level === "privileged") return true;
  const { declared } = pod;
  return evaluatePod(pod.isPod ? defaultPod(declared) : defaultTemplate(declared, minor), level, minor).allowed;
}

interface PodChange {
  readonly id: string;
  readonly power: Power;
  /** What comes of a pod that is changed: at most itself, and more; nothing where the change does not get through. */
  readonly given: (pod: PodFacts) => readonly Holding[];
  /** What comes of it besides once Pod Security is switched off in the namespace. */
  readonly givenUnenforced?: (pod: PodFacts) => readonly Holding[];
  /** Changes that keep the holding away where the pod is of the namespace. */
  readonly controls?: (namespace: string, gives: Holding) => readonly Control[];
}

/** From rights to change pods to what comes of the pods they are about. Linear in rights and pods. */
export function* podChangeSteps(
  world: AttackWorld,
  { id, power, given, givenUnenforced = () => [], controls = () => [] }: PodChange,
): Generator<Step> {
  const scopes = new Set<string>();
  const changed = (namespace: string): Holding => ({ kind: "means", of: id, namespace, name: "" });
  for (const { holding, namespace, name } of world.rights.of(power)) {
    if (name === "") {
      scopes.add(namespace);
      yield { needs: [holding], gives: changed(namespace), says: { namespace } };
      continue;
    }
    for (const pod of podsNamed(world, namespace, name)) {
      const says = { namespace: pod.namespace };
      for (const gives of given(pod))
        yield { needs: [holding], gives, says, controls: () => controls(pod.namespace, gives) };
      const needs = [holding, unenforced(pod.namespace)];
      for (const gives of givenUnenforced(pod)) yield { needs, gives, says };
    }
  }
  if (scopes.size === 0) return;
  for (const { name } of world.namespaces) {
    if (!scopes.has(EVERYWHERE) && !scopes.has(name)) continue;
    if (scopes.has(EVERYWHERE)) yield { needs: [changed(EVERYWHERE)], gives: changed(name), isMeant: true };
    for (const gives of givenIn(name, world.podsIn(name), given))
      yield { needs: [changed(name)], gives, isMeant: true, controls: () => controls(name, gives) };
    const needs = [changed(name), unenforced(name)];
    for (const gives of givenIn(name, world.podsIn(name), givenUnenforced)) yield { needs, gives, isMeant: true };
  }
}

function unenforced(namespace: string): Holding {
  return { kind: "unenforced", namespace };
}

/** Each holding once; where every pod of the namespace is among them, that is said in one. */
function givenIn(namespace: string, pods: readonly PodFacts[], given: PodChange["given"]): Iterable<Holding> {
  const found = new Map<string, Holding>();
  const changed: Holding[] = [];
  for (const pod of pods)
    for (const holding of given(pod)) {
      if (holding.kind === "pod") changed.push(holding);
      else found.set(holding.kind === "node" ? holding.node : holdingKey(holding), holding);
    }
  const isEveryPod = changed.length > 0 && changed.length === pods.length;
  return [...(isEveryPod ? [{ kind: "pods", namespace } as const] : changed), ...found.values()];
}
