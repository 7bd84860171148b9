// Whom bindings grant something, and where, as arguments of a message.

import type { MessageArguments } from "../../verdicts/message.ts";
import type { BindingView } from "./access-view.ts";
import type { Subject } from "./subject.ts";

const MOST_NAMED = 3;

/** `subjects` and `namespaces`, each a short list; `–` for nobody, `*` for every namespace. */
export function grantedTo(bindings: readonly BindingView[]): MessageArguments {
  const subjects = bindings.flatMap(({ record }) =>
    record.subjects.map((subject) => subjectName(subject, record.resource.namespace)),
  );
  const namespaces = bindings.map(({ resource }) => resource.id.namespace);
  const places = namespaces.includes("") ? ["*"] : namespaces.toSorted();
  return { subjects: shortList(subjects), namespaces: shortList(places) };
}

/** `ServiceAccount shop/cart`, `Group ops`. */
export function subjectName({ kind, name, namespace }: Subject, bindingNamespace: string): string {
  if (kind !== "ServiceAccount") return `${kind} ${name}`;
  return `${kind} ${namespace || bindingNamespace}/${name}`; // an empty namespace is absent
}

export function shortList(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  if (distinct.length === 0) return "–";
  const rest = distinct.length - MOST_NAMED;
  return `${distinct.slice(0, MOST_NAMED).join(", ")}${rest > 0 ? `, … +${rest}` : ""}`;
}
