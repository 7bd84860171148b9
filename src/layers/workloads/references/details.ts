// Facts of single objects that relations are made of, one kind of record per role an object can play.

import type { LabelSelector, Labels } from "../../../kubernetes/label-selector.ts";
import type { Path } from "../../../kubernetes/path.ts";
import type { TargetKind } from "./reference.ts";

/** A controller of pods with a scale or a selector. */
export interface ControllerFacts {
  readonly role: "controller";
  /** As declared; absent where the field is. */
  readonly replicas?: number;
  /** Of the kinds whose pods it counts by labels; a plain map counts as matchLabels. */
  readonly selector?: LabelSelector;
}

export interface ServiceFacts {
  readonly role: "service";
  readonly type: string;
  readonly selector: Labels;
  readonly isHeadless: boolean;
  readonly ports: readonly ServicePortFacts[];
}

export interface ServicePortFacts {
  readonly index: number;
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
  /** A name, or the number, which is the port's own where none is given. */
  readonly target: string | number;
  readonly hasTarget: boolean;
}

export interface DisruptionBudgetFacts {
  readonly role: "disruption-budget";
  readonly selector: LabelSelector | null | undefined;
  /** An empty selector selects every pod since policy/v1, none before. */
  readonly selectsAllWhenEmpty: boolean;
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
}

export interface AutoscalerMetric {
  readonly resource: string;
  /** Of one container only. */
  readonly container?: string;
  readonly path: Path;
  /** What the API assumes where the field is absent. */
  readonly assumed?: string;
}

export interface AutoscalerFacts {
  readonly role: "autoscaler";
  readonly scales: "replicas" | "requests";
  readonly target: { readonly kind: TargetKind; readonly name: string; readonly path: Path };
  readonly minimum: number;
  /** Of one that changes requests: `Off`, `Initial`, `Recreate`, … */
  readonly mode?: string;
  /** Metrics measured against requests, or the requests that are changed. */
  readonly metrics: readonly AutoscalerMetric[];
}

export interface GatewayFacts {
  readonly role: "gateway";
  readonly sections: readonly string[];
}

export interface ReferenceGrantFacts {
  readonly role: "reference-grant";
  readonly from: readonly { readonly kind: TargetKind; readonly namespace: string }[];
  readonly to: readonly { readonly kind: TargetKind; readonly name: string }[];
}

export interface MonitorFacts {
  readonly role: "monitor";
  readonly selects: "services" | "pods";
  readonly selector: LabelSelector | null | undefined;
  /** `undefined` for every namespace. */
  readonly namespaces: readonly string[] | undefined;
  readonly ports: readonly { readonly name: string; readonly path: Path }[];
}

export interface VolumeClaimFacts {
  readonly role: "volume-claim";
  readonly accessModes: readonly string[];
}

/** A ConfigMap or Secret; `undefined` where something else may add keys. */
export interface DataFacts {
  readonly role: "data";
  readonly keys: readonly string[] | undefined;
}

export type Detail =
  | ControllerFacts
  | ServiceFacts
  | DisruptionBudgetFacts
  | AutoscalerFacts
  | GatewayFacts
  | ReferenceGrantFacts
  | MonitorFacts
  | VolumeClaimFacts
  | DataFacts;
