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

export interface NarrowedTemplates {
  readonly templates: readonly Omit<NarrowedPod, "defaulted">[];
  readonly problems: readonly ShapeProblem[];
}

/** Rules about pods and facts about relations ask of the same object, one after the other. */
let latest: { readonly object: KubernetesObject; readonly narrowed: NarrowedTemplates } | undefined;

/** Every Pod or pod template of an object, narrowed; none for kinds that carry no pods. */
export function narrowTemplates(object: KubernetesObject): NarrowedTemplates {
  if (latest?.object !== object) latest = { object, narrowed: narrowEach(object) };
  return latest.narrowed;
}

function narrowEach(object: KubernetesObject): NarrowedTemplates {
  if (!isPodCarrierKind(object.apiVersion, object.kind)) return { templates: [], problems: [] };
  const places = podTemplatesOf(object);
  if (places.length === 0) return { templates: [], problems: blockedPlace(object) };
  const templates: Omit<NarrowedPod, "defaulted">[] = [];
  const problems: ShapeProblem[] = [];
  for (const place of places) {
    const narrowed = narrow(podTemplate, valueAt(object, place.path), place.path);
    if (narrowed.ok) templates.push({ place, template: narrowed.value });
    else problems.push(...narrowed.problems);
  }
  return { templates, problems };
}

/** Every Pod or pod template of an object, narrowed and defaulted; none for kinds that carry no pods. */
export function narrowPods(object: KubernetesObject, minor: KubernetesMinor): NarrowedPods {
  const { templates, problems } = narrowTemplates(object);
  return {
    problems,
    pods: templates.map(({ place, template }) => ({
      place,
      template,
      defaulted: place.isPod ? defaultPod(template) : defaultTemplate(template, minor),
    })),
  };
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
