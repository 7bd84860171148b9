// The programs that tests run, and the Go package each is built from.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Component {
  /** Folder under `go/` with the module: `go.mod.template`, and `main.go` where the package is ours. */
  readonly folder: string;
  readonly goPackage: string;
  readonly defaultVersion: string;
  /** Whether `KUBEBUILDER_ASSETS` (the envtest convention) may hold it. */
  readonly isEnvtestAsset: boolean;
}

const DEFAULT_KUBERNETES = "1.36.3";

/** The newest patch of each other minor that the Go module proxy has. */
export const OTHER_KUBERNETES_VERSIONS: readonly string[] = [
  "1.29.6",
  "1.30.14",
  "1.31.14",
  "1.32.13",
  "1.33.13",
  "1.34.4",
  "1.35.4",
  "1.37.2",
];

function kubernetes(name: string, isEnvtestAsset: boolean): Component {
  return {
    folder: "kubernetes",
    goPackage: `k8s.io/kubernetes/cmd/${name}`,
    defaultVersion: DEFAULT_KUBERNETES,
    isEnvtestAsset,
  };
}

export const COMPONENTS = {
  "kube-apiserver": kubernetes("kube-apiserver", true),
  "kube-controller-manager": kubernetes("kube-controller-manager", false),
  "kube-scheduler": kubernetes("kube-scheduler", false),
  kubectl: kubernetes("kubectl", true),
  etcd: { folder: "etcd", goPackage: ".", defaultVersion: "3.6.5", isEnvtestAsset: true },
  kwok: { folder: "kwok", goPackage: "sigs.k8s.io/kwok/cmd/kwok", defaultVersion: "0.8.0", isEnvtestAsset: false },
  helm: { folder: "helm", goPackage: "helm.sh/helm/v3/cmd/helm", defaultVersion: "3.22.0", isEnvtestAsset: false },
  kustomize: {
    folder: "kustomize",
    goPackage: "sigs.k8s.io/kustomize/kustomize/v5",
    defaultVersion: "5.7.1",
    isEnvtestAsset: false,
  },
  "yaml-scalars": { folder: "yaml-scalars", goPackage: ".", defaultVersion: "1.6.0", isEnvtestAsset: false },
} as const satisfies Record<string, Component>;
export type ComponentName = keyof typeof COMPONENTS;

/** Files of a component's module by name, as they stand in the checkout. */
export function moduleFiles(component: Component): ReadonlyMap<string, string> {
  const folder = join(import.meta.dirname, "go", component.folder);
  const names = readdirSync(folder).filter((name) => name.endsWith(".go") || name === "go.mod.template");
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** The name of a component's folder in the cache: it changes when the module's files do. */
export function cacheName(name: ComponentName, version: string): string {
  const hash = createHash("sha256").update(JSON.stringify([...moduleFiles(COMPONENTS[name])]));
  return `${name}-${version}-${hash.digest("hex").slice(0, 12)}`;
}
