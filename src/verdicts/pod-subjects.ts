// The pods of a resource as workload rules see them, narrowed once; fields of the wrong type are problems, not pods.

import { containersOf } from "../kubernetes/containers.ts";
import { valueAt, type Path } from "../kubernetes/path.ts";
import { defaultPod, defaultTemplate } from "../kubernetes/pod-defaults.ts";
import { isPodCarrierKind, podTemplatesOf, type PodTemplatePlace } from "../kubernetes/pod-template.ts";
import { podTemplate, type PodTemplate } from "../kubernetes/pod.ts";
import { jsonTypeOf, narrow, type ShapeProblem } from "../kubernetes/shape.ts";
import type { KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import type { PodSubject } from "./pod-subject.ts";
import type { Resource } from "../cluster/resource.ts";

/** A pod template with its place in the object. */
export interface NarrowedPod {
  readonly place: PodTemplatePlace;
  /** As written. */
  readonly template: PodTemplate;
  /** After the API defaulting that decides verdicts. */
  readonly defaulted: PodTemplate;
}

export interface NarrowedPods {
  readonly pods: readonly NarrowedPod[];
  /** Fields the API server would refuse; the pods they are in are left out. */
  readonly problems: readonly ShapeProblem[];
}

/** Every Pod or pod template of an object, narrowed and defaulted; none for kinds that carry no pods. */
export function narrowPods(object: KubernetesObject, minor: KubernetesMinor): NarrowedPods {
  if (!isPodCarrierKind(object.apiVersion, object.kind)) return { pods: [], problems: [] };
  const places = podTemplatesOf(object);
  if (places.length === 0) return { pods: [], problems: blockedPlace(object) };
  const pods: NarrowedPod[] = [];
  const problems: ShapeProblem[] = [];
  for (const place of places) {
    const narrowed = narrow(podTemplate, valueAt(object, place.path), place.path);
    if (!narrowed.ok) problems.push(...narrowed.problems);
    else {
      const template = narrowed.value;
      pods.push({ place, template, defaulted: place.isPod ? defaultPod(template) : defaultTemplate(template, minor) });
    }
  }
  return { pods, problems };
}

export interface PodSubjects {
  readonly pods: readonly PodSubject[];
  readonly problems: readonly ShapeProblem[];
}

/** The pods of a resource as workload rules see them. */
export function podSubjectsOf(resource: Resource, minor: KubernetesMinor): PodSubjects {
  const { pods, problems } = narrowPods(resource.object, minor);
  return { problems, pods: pods.map((pod) => subjectOf(resource, pod)) };
}

function subjectOf(resource: Resource, { place, template, defaulted }: NarrowedPod): PodSubject {
  const spec = template.spec ?? {};
  return { resource, isPod: place.isPod, at: place.path, template, defaulted, spec, containers: containersOf(spec) };
}

/** The field on the way to the template that is no object, e.g. `spec: "x"`; none when the way is simply absent. */
function blockedPlace(object: unknown): readonly ShapeProblem[] {
  const way: Path = ["spec", "jobTemplate", "spec", "template"];
  const problems: ShapeProblem[] = [];
  const visit = (value: unknown, at: Path, rest: Path): void => {
    if (value == null) return;
    if (typeof value !== "object" || Array.isArray(value)) {
      problems.push({ path: at, expected: "object", found: jsonTypeOf(value) });
      return;
    }
    for (const [index, step] of rest.entries()) {
      if (typeof step === "string" && Object.hasOwn(value, step)) {
        visit((value as Record<string, unknown>)[step], [...at, step], rest.slice(index + 1)); // own property
        return;
      }
    }
  };
  visit(object, [], way);
  return problems;
}
