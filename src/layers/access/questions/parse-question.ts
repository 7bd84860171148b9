// Questions as people write them: `get pods`, `get deployments.apps/web`, `get /metrics`, as kubectl auth can-i reads them.

import { pathAction, resourceAction, type Action } from "../action.ts";
import { resourceNamed } from "./resource-names.ts";

export interface QuestionWords {
  readonly verb: string;
  /** `RESOURCE[.GROUP][/NAME]`, or a path that begins with a slash. */
  readonly target: string;
  readonly subresource?: string;
  /** Empty for all namespaces, and for cluster-scoped resources. */
  readonly namespace?: string;
}

export type QuestionNote =
  | {
      /** Not a built-in name; taken as it is written, in the core group unless one is given. */ readonly kind: "unknown-resource";
      readonly resource: string;
    }
  | {
      /** `pods/exec` asks about an object named exec. */ readonly kind: "looks-like-subresource";
      readonly resource: string;
      readonly name: string;
    };

export type ParsedQuestion =
  | { readonly ok: true; readonly action: Action; readonly notes: readonly QuestionNote[] }
  | { readonly ok: false; readonly problem: "no-verb" | "no-resource" | "subresource-of-path" | "too-many-slashes" };

const SUBRESOURCES: ReadonlySet<string> = new Set(
  "approval attach binding ephemeralcontainers eviction exec finalize log portforward proxy resize scale status token".split(
    " ",
  ),
);

/** Reads a question; names are resolved as kubectl would on a cluster without custom resources. */
export function parseQuestion({ verb, target, subresource = "", namespace = "" }: QuestionWords): ParsedQuestion {
  if (verb === "") return { ok: false, problem: "no-verb" };
  if (target === "") return { ok: false, problem: "no-resource" };
  if (target.startsWith("/")) {
    if (subresource !== "") return { ok: false, problem: "subresource-of-path" };
    return { ok: true, action: pathAction(verb, target), notes: [] };
  }
  const [written = "", name = "", ...rest] = target.split("/");
  if (written === "") return { ok: false, problem: "no-resource" };
  if (rest.length > 0) return { ok: false, problem: "too-many-slashes" };
  const { apiGroup, resource, notes } = resolve(written);
  const isSuspicious = subresource === "" && SUBRESOURCES.has(name);
  return {
    ok: true,
    action: resourceAction(verb, resource, { apiGroup, subresource, namespace, name }),
    notes: isSuspicious ? [...notes, { kind: "looks-like-subresource", resource, name }] : notes,
  };
}

function resolve(written: string): {
  readonly apiGroup: string;
  readonly resource: string;
  readonly notes: readonly QuestionNote[];
} {
  // As kubectl: `*` is every resource of the core group, `*.*` of every group.
  if (written === "*" || written === "*.*") return { apiGroup: written.slice(2), resource: "*", notes: [] };
  const dot = written.indexOf(".");
  const word = dot === -1 ? written : written.slice(0, dot);
  const suffix = dot === -1 ? undefined : written.slice(dot + 1);
  const apiGroup = suffix === undefined ? undefined : groupIn(suffix);
  const known = resourceNamed(word, apiGroup);
  if (known !== undefined) return { ...known, notes: [] };
  const isCustom = apiGroup !== undefined && apiGroup.includes(".");
  const notes: readonly QuestionNote[] = isCustom ? [] : [{ kind: "unknown-resource", resource: written }];
  return { apiGroup: apiGroup ?? "", resource: word, notes };
}

/** `apps` of `apps` and of `v1.apps`. */
function groupIn(suffix: string): string {
  const versioned = /^v\d+(?:(?:alpha|beta)\d+)?(?:\.|$)/.exec(suffix);
  return versioned === null ? suffix : suffix.slice(versioned[0].length);
}
