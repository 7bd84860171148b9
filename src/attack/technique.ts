// A technique of an attacker: one folder each, with its page and what it works and fails on.

import type { AttackWorld } from "./attack-world.ts";
import type { Power } from "./power.ts";
import type { Step } from "./step.ts";

export interface Technique {
  /** Folder, page and message id. */
  readonly id: string;
  /** MITRE ATT&CK (Enterprise) techniques, such as `T1610`. */
  readonly attack: readonly string[];
  /** The Kubernetes source or KEP that makes it work. */
  readonly source: string;
  /** Rights it makes use of; the same power may serve several techniques. */
  readonly powers: (world: Pick<AttackWorld, "features" | "minor">) => readonly Power[];
  /** Every step it offers in a world. Near-linear in what it looks at. */
  readonly steps: (world: AttackWorld) => Iterable<Step>;
  /**
   * Using a right as it was given, such as reading Secrets: a chain of nothing else is no escalation. `meant` is no step
   * of its own either: an account bound to cluster-admin is cluster-admin.
   */
  readonly given?: "used" | "meant";
}
