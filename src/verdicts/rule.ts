// A rule: one security expectation. Metadata and texts are data, `evaluate` is one pure function.

import type { Cluster } from "../cluster/cluster.ts";
import type { Resource } from "../cluster/resource.ts";
import type { KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import type { Outcome, ResourceOutcome } from "./outcome.ts";
import type { PodSubject } from "./pod-subject.ts";
import type { Projection } from "./projection.ts";
import type { Severity } from "./severity.ts";

export const LAYERS = ["control-plane", "access", "network", "secrets", "workloads", "images", "runtime"] as const;
export type Layer = (typeof LAYERS)[number];

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a person reads about a rule. Templates take the arguments of its outcomes. */
export interface RuleText {
  /** The finding in a few words, as a heading. */
  readonly title: string;
  /** One finding, e.g. `Container {container} runs privileged`. */
  readonly message: string;
  /** What an attacker gains, in one sentence. */
  readonly risk: string;
  /** What to do, in one sentence. */
  readonly fix: string;
}

/** Ids under which other tools' users know the same expectation. */
export interface KnownAs {
  readonly kubescape?: readonly string[];
  readonly trivy?: readonly string[];
  readonly kubeLinter?: readonly string[];
  readonly polaris?: readonly string[];
  readonly checkov?: readonly string[];
  readonly kubeScore?: readonly string[];
}

interface RuleBase {
  /** `layer/name`; equals the folder. Never reused. */
  readonly id: `${Layer}/${string}`;
  readonly severity: Severity;
  /** The Ringwall version that introduced it. */
  readonly since: string;
  /** Kinds whose objects are read; `pod templates` stands for every kind that carries one. */
  readonly reads: readonly string[];
  /** `framework/requirement`, e.g. `cis-kubernetes/5.2.2`. */
  readonly frameworks: readonly string[];
  /** Where the semantics come from: upstream path, KEP, advisory. */
  readonly references: readonly string[];
  readonly knownAs?: KnownAs;
  /** Earlier ids, still accepted by selections and exceptions. */
  readonly aliases?: readonly string[];
  readonly deprecated?: true;
  readonly text: Readonly<Record<Language, RuleText>>;
}

export interface RuleContext {
  readonly minor: KubernetesMinor;
}

/** Asked of every Pod and every template pods are stamped from. No outcome means pass. */
export interface PodRule extends RuleBase {
  readonly scope: "pod";
  readonly evaluate: (pod: PodSubject, context: RuleContext) => Iterable<Outcome>;
}

/** Asked of every object of the kinds in `kinds`. No outcome means pass. */
export interface ObjectRule extends RuleBase {
  readonly scope: "object";
  readonly kinds: readonly string[];
  readonly evaluate: (resource: Resource, context: RuleContext) => Iterable<Outcome>;
}

/** Asked once, of relations between objects. `subjects` are the resources it answers for; those without outcome pass. */
export interface ClusterRule extends RuleBase {
  readonly scope: "cluster";
  /** Facts it needs in place of whole objects; with them, the objects of `reads` are not kept for this rule. */
  readonly projections?: readonly Projection<unknown>[];
  readonly subjects: (cluster: Cluster) => Iterable<Resource>;
  readonly evaluate: (cluster: Cluster, context: RuleContext) => Iterable<ResourceOutcome>;
}

export type Rule = PodRule | ObjectRule | ClusterRule;
