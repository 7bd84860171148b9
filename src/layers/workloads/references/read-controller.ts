// Kinds that run pods: their scale, their selector, what their claims and Services are called.

import { labelSelector, type LabelSelector } from "../../../kubernetes/label-selector.ts";
import { array, integer, map, narrow, object, string } from "../../../kubernetes/shape.ts";
import { internedValues } from "../../../verdicts/interned.ts";
import type { MadeObject } from "./made-object.ts";
import type { ReadFacts } from "./object-facts.ts";
import { isObjectName, SERVICE, STORAGE_CLASS, VOLUME_CLAIM, type Reference } from "./reference.ts";

const scaled = object({ spec: object({ replicas: integer, selector: labelSelector }) });
const replicationController = object({ spec: object({ replicas: integer, selector: map(string) }) });
const statefulSet = object({
  spec: object({
    serviceName: string,
    volumeClaimTemplates: array(
      object({ metadata: object({ name: string }), spec: object({ storageClassName: string }) }),
    ),
  }),
});

/** Deployments and whatever else has `spec.replicas` and `spec.selector` of the same form. */
export const readScaled: ReadFacts = (raw) => {
  const narrowed = narrow(scaled, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const { replicas, selector } = narrowed.value.spec ?? {};
  return {
    detail: {
      role: "controller",
      ...(replicas != null && { replicas }),
      ...(selector != null && { selector: lean(selector) }),
    },
  };
};

/** Nearly always labels alone, and the same as those of the template. */
function lean(selector: LabelSelector): LabelSelector {
  const { matchLabels } = selector;
  return matchLabels == null ? selector : { ...selector, matchLabels: internedValues(matchLabels) };
}

export const readReplicationController: ReadFacts = (raw) => {
  const narrowed = narrow(replicationController, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const { replicas, selector: labels } = narrowed.value.spec ?? {};
  const selector: LabelSelector | undefined = labels == null ? undefined : { matchLabels: labels };
  return {
    detail: { role: "controller", ...(replicas != null && { replicas }), ...(selector !== undefined && { selector }) },
  };
};

export const readStatefulSet: ReadFacts = (raw, id) => {
  const scale = readScaled(raw, id);
  const narrowed = narrow(statefulSet, raw);
  if (!narrowed.ok || scale.problems !== undefined) {
    return { ...scale, problems: [...(scale.problems ?? []), ...(narrowed.ok ? [] : narrowed.problems)] };
  }
  const { serviceName, volumeClaimTemplates } = narrowed.value.spec ?? {};
  const { namespace } = id;
  const references: Reference[] = [];
  const makes: MadeObject[] = [];
  if (isObjectName(serviceName)) {
    const path = ["spec", "serviceName"];
    references.push({ target: SERVICE, namespace, name: serviceName, path, isOptional: false });
  }
  volumeClaimTemplates?.forEach((template, index) => {
    const claim = template?.metadata?.name ?? "";
    makes.push({ target: VOLUME_CLAIM, namespace, name: `${claim}-${id.name}`, isNumbered: true });
    const path = ["spec", "volumeClaimTemplates", index, "spec", "storageClassName"];
    const name = template?.spec?.storageClassName;
    if (isObjectName(name)) references.push({ target: STORAGE_CLASS, namespace: "", name, path, isOptional: false });
  });
  return { ...scale, references, makes };
};
