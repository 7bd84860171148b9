// Kinds whose controllers make pods from a template in them.

import { creationPowers, type CreationPowers } from "./creation.ts";
import { named, type Power } from "./power.ts";

export interface WorkloadKind {
  readonly group: string;
  readonly kind: string;
  readonly create: CreationPowers;
  readonly change: Power;
  /** The template of one that exists can be changed, and new pods come of it. */
  readonly isTemplateMutable: boolean;
}

function kindOf(group: string, kind: string, resource: string, isTemplateMutable = true): WorkloadKind {
  return {
    group,
    kind,
    create: creationPowers(group, resource),
    change: named(["update", "patch"], group, resource),
    isTemplateMutable,
  };
}

/** A Job's template is fixed once it exists (k/k pkg/apis/batch/validation ValidateJobUpdate). */
export const WORKLOAD_KINDS: readonly WorkloadKind[] = [
  kindOf("", "ReplicationController", "replicationcontrollers"),
  kindOf("apps", "DaemonSet", "daemonsets"),
  kindOf("apps", "Deployment", "deployments"),
  kindOf("apps", "ReplicaSet", "replicasets"),
  kindOf("apps", "StatefulSet", "statefulsets"),
  kindOf("batch", "CronJob", "cronjobs"),
  kindOf("batch", "Job", "jobs", false),
];
