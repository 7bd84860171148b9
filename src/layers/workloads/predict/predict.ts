// What labelling namespaces, or upgrading the cluster, would break: every pod there is and every pod that controllers
// would still make, under the policy of its namespace.

import type { ResourceId } from "../../../cluster/resource-id.ts";
import type { Position } from "../../../cluster/resource.ts";
import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import {
  POLICY_MODES,
  podSecurityPolicyOf,
  type AdmissionResponse,
  type PodSecurityConfiguration,
  type PodSecurityPolicy,
  type PolicyFromLabels,
} from "../pod-security/admission/admission.ts";
import { podsOf, type Carrier } from "./carrier.ts";
import { violationsOn } from "./cluster-policy.ts";
import { foldMade, type Entry } from "./fold-made.ts";
import { highestLevel, type Reachable } from "./highest-level.ts";
import { judgeCarrier, type Judgement } from "./judge-carrier.ts";
import { withChanges, type LabelChanges, type Labels } from "./namespace-labels.ts";
import { predictUpgrade, type UpgradePrediction } from "./predict-upgrade.ts";
import { reviewLabelling } from "./server-warnings.ts";

/** A Namespace of the input. */
export interface KnownNamespace {
  readonly id: ResourceId;
  readonly labels: Labels;
  readonly position: Position | undefined;
}

export interface PredictionQuestion {
  readonly namespaces: ReadonlyMap<string, KnownNamespace>;
  readonly carriers: readonly Carrier[];
  readonly configuration: PodSecurityConfiguration;
  readonly minor: KubernetesMinor;
  /** Proposed labels; absent: the labels as they are. */
  readonly changes?: LabelChanges;
  readonly upgradeTo?: KubernetesMinor;
}

export interface PredictedEntry extends Entry {
  readonly judgement: Judgement;
}

export interface NamespacePrediction {
  readonly namespace: string;
  /** `undefined` where the input has no such Namespace: its labels are taken as none. */
  readonly known: KnownNamespace | undefined;
  readonly current: PolicyFromLabels;
  /** What is judged: the proposed labels, else the current ones. */
  readonly judged: PolicyFromLabels;
  readonly labels: Labels;
  readonly isExempt: boolean;
  readonly entries: readonly PredictedEntry[];
  readonly reachable: Reachable;
  readonly upgrade: UpgradePrediction | undefined;
  /** What the API server itself would answer to the labelling; only where labels are proposed for a known Namespace. */
  readonly answer: AdmissionResponse | undefined;
}

/** One prediction for each namespace that has a Namespace or a carrier in the input, by name. */
export function predict(question: PredictionQuestion): readonly NamespacePrediction[] {
  const byNamespace = Map.groupBy(question.carriers, ({ id }) => id.namespace);
  const names = [...new Set([...question.namespaces.keys(), ...byNamespace.keys()])].sort();
  return names.map((name) => predictNamespace(name, byNamespace.get(name) ?? [], question));
}

function predictNamespace(
  namespace: string,
  carriers: readonly Carrier[],
  { namespaces, configuration, minor, changes, upgradeTo }: PredictionQuestion,
): NamespacePrediction {
  const known = namespaces.get(namespace);
  const before = known?.labels ?? {};
  const labels = changes === undefined ? before : withChanges(before, changes);
  const current = podSecurityPolicyOf(before, configuration.defaults);
  const judged = podSecurityPolicyOf(labels, configuration.defaults);
  const entries = foldMade(carriers, violationsText(judged.policy, minor, upgradeTo));
  const setting = { policy: judged.policy, configuration, minor };
  const spoken = entries.map(({ carrier }) => carrier);
  return {
    namespace,
    known,
    current,
    judged,
    labels,
    isExempt: configuration.exemptions.namespaces.includes(namespace),
    entries: entries.map((entry) => ({ ...entry, judgement: judgeCarrier(entry.carrier, setting) })),
    reachable: highestLevel(spoken, judged.policy.enforce.version, configuration, minor),
    upgrade: upgradeTo === undefined ? undefined : predictUpgrade(spoken, setting, upgradeTo),
    answer:
      changes === undefined || known === undefined
        ? undefined
        : reviewLabelling(namespace, before, labels, carriers, configuration, minor),
  };
}

/** What tells two carriers of one owner apart: everything this question could say of their pods. */
function violationsText(
  policy: PodSecurityPolicy,
  minor: KubernetesMinor,
  upgradeTo: KubernetesMinor = minor,
): (carrier: Carrier) => string {
  const texts = new WeakMap<Carrier, string>();
  const versions = new Set(POLICY_MODES.map((mode) => policy[mode].version));
  return (carrier) => {
    const known = texts.get(carrier);
    if (known !== undefined) return known;
    const said = [...new Set([minor, upgradeTo])].flatMap((cluster) => {
      const pods = podsOf(carrier, cluster);
      return [...versions].flatMap((version) =>
        (["baseline", "restricted"] as const).map((level) => violationsOn(pods, { level, version }, cluster)),
      );
    });
    const runtimeClasses = carrier.templates.map(({ spec }) => spec?.runtimeClassName ?? "");
    const text = JSON.stringify([said, runtimeClasses]);
    texts.set(carrier, text);
    return text;
  };
}
