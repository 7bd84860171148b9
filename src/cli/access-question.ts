// The words of `access can` and `access who-can` as a question, and what to say about how they were read.

import { isClusterScoped } from "../kubernetes/cluster-scoped.ts";
import type { Action } from "../layers/access/action.ts";
import { authenticated, type Identity } from "../layers/access/identity.ts";
import { parseQuestion } from "../layers/access/questions/parse-question.ts";
import { resourceNamed } from "../layers/access/questions/resource-names.ts";
import type { AccessNote } from "../report/access/note.ts";
import { UsageError } from "./usage-error.ts";

export interface QuestionFlags {
  readonly as?: string;
  readonly asGroup?: readonly string[];
  readonly namespace?: string;
  readonly allNamespaces?: true;
  readonly subresource?: string;
}

export interface Question {
  readonly action: Action;
  readonly notes: readonly AccessNote[];
}

/** Whom `--as` and `--as-group` mean, with what authentication adds. */
export function identityOf({ as, asGroup = [] }: QuestionFlags): Identity {
  if (as === undefined && asGroup.length === 0) throw new UsageError("error.access-as-needed", {});
  return authenticated(as ?? "", asGroup);
}

/** Reads a question; cluster-scoped resources are asked about without a namespace, as requests for them are. */
export function questionOf(
  verb: string | undefined,
  target: string | undefined,
  flags: QuestionFlags,
  namespace: string,
  command: "can" | "who-can",
): Question {
  const words = { verb: verb ?? "", target: target ?? "", namespace: flags.allNamespaces === true ? "" : namespace };
  const parsed = parseQuestion({ ...words, subresource: flags.subresource ?? "" });
  if (!parsed.ok) {
    if (parsed.problem === "too-many-slashes") throw new UsageError("error.access-slashes", { value: words.target });
    if (parsed.problem === "subresource-of-path") throw new UsageError("error.access-path", {});
    throw new UsageError("error.access-question", { command });
  }
  const { action, notes } = parsed;
  if (action.kind === "path") return { action, notes };
  const known = resourceNamed(action.resource, action.apiGroup);
  if (known === undefined) return { action, notes };
  const apiVersion = known.apiGroup === "" ? "v1" : `${known.apiGroup}/v1`;
  if (!isClusterScoped(apiVersion, known.kind)) return { action, notes };
  // A request for one Namespace is one in that namespace (k8s.io/apiserver/pkg/endpoints/request/requestinfo.go).
  const isOneNamespace = action.resource === "namespaces" && action.apiGroup === "" && action.name !== "";
  const asked = { ...action, namespace: isOneNamespace ? action.name : "" };
  const isSurprising = flags.namespace !== undefined && !isOneNamespace;
  return {
    action: asked,
    notes: isSurprising ? [...notes, { kind: "cluster-scoped", resource: known.resource }] : notes,
  };
}
