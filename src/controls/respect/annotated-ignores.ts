// The annotations by which other tools are told to leave an object alone. Only ids that a rule is known by count: what
// another tool was told not to look for says nothing about what it never looked for.
//   kubescape    kubescape.io/skip-controls: C-0057,C-0016 · kubescape.io/skip-reason · kubescape.io/skip-expiry
//   checkov      checkov.io/skip1: CKV_K8S_20=reason (bridgecrew.io/skip… too), on the object or its pod template
//   kube-linter  ignore-check.kube-linter.io/CHECK: reason · kube-linter.io/ignore-all: reason
//   polaris      polaris.fairwinds.com/CHECK-exempt: "true" · polaris.fairwinds.com/exempt: "true"
//   kube-score   kube-score/ignore: a,b, on the object or its pod template (scorecard/enabled.go)

import type { Resource } from "../../cluster/resource.ts";
import type { Path } from "../../kubernetes/path.ts";
import { valueAt } from "../../kubernetes/path.ts";
import { podTemplatesOf } from "../../kubernetes/pod-template.ts";
import type { RespectedTool } from "./respected-tool.ts";

export interface Ignore {
  /** Ids of the tool, or everything it has a check for. */
  readonly ids: readonly string[] | "all";
  readonly reason: string;
  /** As written. */
  readonly expires?: string;
  /** Path of the annotation. */
  readonly path: Path;
}

type Annotations = readonly (readonly [name: string, value: string, path: Path])[];

/** Tools that keep their ignores in files of their own are not among them. */
export type AnnotatingTool = Exclude<RespectedTool, "trivy">;

export const ANNOTATED_IGNORES: Readonly<Record<AnnotatingTool, (resource: Resource) => readonly Ignore[]>> = {
  kubescape: (resource) => {
    const own = ownAnnotations(resource);
    const find = (name: string): string => own.find(([one]) => one === name)?.[1].trim() ?? "";
    const expires = find("kubescape.io/skip-expiry");
    return own
      .filter(([name]) => name === "kubescape.io/skip-controls")
      .map(([, value, path]) => ({
        ids: listOf(value),
        reason: find("kubescape.io/skip-reason"),
        ...(expires !== "" && { expires }),
        path,
      }));
  },
  checkov: (resource) =>
    [...ownAnnotations(resource), ...templateAnnotations(resource)]
      .filter(([name]) => name.startsWith("checkov.io/skip") || name.startsWith("bridgecrew.io/skip"))
      .map(([, value, path]) => {
        const [id = "", ...reason] = value.split("=");
        return { ids: [id.trim()], reason: reason.join("=").trim(), path };
      }),
  "kube-linter": (resource) =>
    ownAnnotations(resource).flatMap(([name, value, path]): readonly Ignore[] => {
      if (name === "kube-linter.io/ignore-all") return [{ ids: "all", reason: value.trim(), path }];
      const check = /^ignore-check\.kube-linter\.io\/(.+)$/.exec(name)?.[1];
      return check === undefined ? [] : [{ ids: [check], reason: value.trim(), path }];
    }),
  polaris: (resource) =>
    ownAnnotations(resource).flatMap(([name, value, path]): readonly Ignore[] => {
      if (value.trim().toLowerCase() !== "true") return [];
      if (name === "polaris.fairwinds.com/exempt") return [{ ids: "all", reason: "", path }];
      const check = /^polaris\.fairwinds\.com\/(.+)-exempt$/.exec(name)?.[1];
      return check === undefined ? [] : [{ ids: [check], reason: "", path }];
    }),
  "kube-score": (resource) =>
    [...ownAnnotations(resource), ...templateAnnotations(resource)]
      .filter(([name]) => name === "kube-score/ignore")
      .map(([, value, path]) => ({ ids: withImplied(listOf(value)), reason: "", path })),
};

/** kube-score's scorecard.go: who ignores the one ignores the other. */
const IMPLIED: Readonly<Record<string, string>> = {
  "container-resources": "container-ephemeral-storage-request-and-limit",
};

function withImplied(ids: readonly string[]): readonly string[] {
  return [...ids, ...ids.flatMap((id) => IMPLIED[id] ?? [])];
}

function ownAnnotations({ object }: Resource): Annotations {
  return Object.entries(object.metadata?.annotations ?? {}).map(
    ([name, value]) => [name, value ?? "", ["metadata", "annotations", name]] as const,
  );
}

function templateAnnotations({ object }: Resource): Annotations {
  return podTemplatesOf(object)
    .filter(({ isPod }) => !isPod)
    .flatMap(({ path }) => {
      const annotations = valueAt(object, [...path, "metadata", "annotations"]);
      if (annotations === null || typeof annotations !== "object") return [];
      return Object.entries(annotations).flatMap(([name, value]: [string, unknown]) =>
        typeof value === "string" ? [[name, value, [...path, "metadata", "annotations", name]] as const] : [],
      );
    });
}

function listOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
