// The pods of a resource as workload rules see them, narrowed once; fields of the wrong type are problems, not pods.

import { containersOf } from "../kubernetes/containers.ts";
import { valueAt, type Path } from "../kubernetes/path.ts";
import { defaultPod, defaultTemplate } from "../kubernetes/pod-defaults.ts";
import { isPodCarrierKind, podTemplatesOf, type PodTemplatePlace } from "../kubernetes/pod-template.ts";
import { podTemplate, type PodTemplate } from "../kubernetes/pod.ts";
import { jsonTypeOf, narrow, type ShapeProblem } from "../kubernetes/shape.ts";
import type { KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import type { PodSubject } from "./pod-subject.ts";
import type { Resource } from "../cluster/resource.ts";

export interface PodSubjects {
  readonly pods: readonly PodSubject[];
  /** Fields the API server would refuse; the pods they are in were not evaluated. */
  readonly problems: readonly ShapeProblem[];
}

const NONE: PodSubjects = { pods: [], problems: [] };

/** Every Pod or pod template of a resource; none for kinds that carry no pods. */
export function podSubjectsOf(resource: Resource, minor: KubernetesMinor): PodSubjects {
  const { object } = resource;
  if (!isPodCarrierKind(object.apiVersion, object.kind)) return NONE;
  const places = podTemplatesOf(object);
  if (places.length === 0) return { pods: [], problems: blockedPlace(object) };
  const pods: PodSubject[] = [];
  const problems: ShapeProblem[] = [];
  for (const place of places) {
    const narrowed = narrow(podTemplate, valueAt(object, place.path), place.path);
    if (narrowed.ok) pods.push(subjectOf(resource, place, narrowed.value, minor));
    else problems.push(...narrowed.problems);
  }
  return { pods, problems };
}

function subjectOf(resource: Resource, place: PodTemplatePlace, template: PodTemplate, minor: KubernetesMinor): PodSubject {
  const spec = template.spec ?? {};
  return {
    resource,
    isPod: place.isPod,
    at: place.path,
    template,
    defaulted: place.isPod ? defaultPod(template) : defaultTemplate(template, minor),
    spec,
    containers: containersOf(spec),
  };
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
