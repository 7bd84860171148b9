// Custom resources of which a controller makes pods under an account that the resource names, in the resource's namespace.

export interface PodDeputy {
  readonly group: string;
  readonly kind: string;
  /** Plural, as rules name it. */
  readonly resource: string;
}

/** By group, then kind. */
export const POD_DEPUTIES: readonly PodDeputy[] = [
  { group: "actions.github.com", kind: "AutoscalingRunnerSet", resource: "autoscalingrunnersets" },
  { group: "apps.kruise.io", kind: "CloneSet", resource: "clonesets" },
  { group: "apps.kruise.io", kind: "DaemonSet", resource: "daemonsets" },
  { group: "apps.kruise.io", kind: "StatefulSet", resource: "statefulsets" },
  { group: "argoproj.io", kind: "CronWorkflow", resource: "cronworkflows" },
  { group: "argoproj.io", kind: "Rollout", resource: "rollouts" },
  { group: "argoproj.io", kind: "Workflow", resource: "workflows" },
  { group: "batch.volcano.sh", kind: "Job", resource: "jobs" },
  { group: "flink.apache.org", kind: "FlinkDeployment", resource: "flinkdeployments" },
  { group: "jobset.x-k8s.io", kind: "JobSet", resource: "jobsets" },
  { group: "k6.io", kind: "TestRun", resource: "testruns" },
  { group: "keda.sh", kind: "ScaledJob", resource: "scaledjobs" },
  { group: "kubeflow.org", kind: "MPIJob", resource: "mpijobs" },
  { group: "kubeflow.org", kind: "Notebook", resource: "notebooks" },
  { group: "kubeflow.org", kind: "PyTorchJob", resource: "pytorchjobs" },
  { group: "kubeflow.org", kind: "TFJob", resource: "tfjobs" },
  { group: "leaderworkerset.x-k8s.io", kind: "LeaderWorkerSet", resource: "leaderworkersets" },
  { group: "monitoring.coreos.com", kind: "Alertmanager", resource: "alertmanagers" },
  { group: "monitoring.coreos.com", kind: "Prometheus", resource: "prometheuses" },
  { group: "monitoring.coreos.com", kind: "ThanosRuler", resource: "thanosrulers" },
  { group: "opentelemetry.io", kind: "OpenTelemetryCollector", resource: "opentelemetrycollectors" },
  { group: "ray.io", kind: "RayCluster", resource: "rayclusters" },
  { group: "ray.io", kind: "RayJob", resource: "rayjobs" },
  { group: "ray.io", kind: "RayService", resource: "rayservices" },
  { group: "serving.knative.dev", kind: "Service", resource: "services" },
  { group: "sparkoperator.k8s.io", kind: "ScheduledSparkApplication", resource: "scheduledsparkapplications" },
  { group: "sparkoperator.k8s.io", kind: "SparkApplication", resource: "sparkapplications" },
  { group: "tekton.dev", kind: "PipelineRun", resource: "pipelineruns" },
  { group: "tekton.dev", kind: "TaskRun", resource: "taskruns" },
];
