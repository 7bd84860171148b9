// Builds the real servers that tests run against, once per version and machine, outside the checkout.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { copyFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cacheName, COMPONENTS, moduleFiles, type ComponentName } from "./components.ts";
import { downloadModule, findGo, runGo } from "./go-toolchain.ts";
import { kubernetesBuildTags, kubernetesLinkerFlags, kubernetesModule } from "./kubernetes-module.ts";
import { withLock } from "./lock.ts";

/** Stages that kwok plays, in the order they are given to it, copied beside its binary. */
const KWOK_STAGES = ["node/fast", "node/heartbeat", "pod/fast"];

const inFlight = new Map<string, Promise<string>>();

/** Where binaries are kept; `XDG_CACHE_HOME` moves it. */
export function cacheRoot(): string {
  const cache = process.env["XDG_CACHE_HOME"];
  return join(cache === undefined || cache === "" ? join(homedir(), ".cache") : cache, "ringwall", "servers");
}

/**
 * Absolute path of a component's binary. `KUBEBUILDER_ASSETS` serves where no version is asked for; else the binary is
 * built unless the cache has it. Builds run one at a time on a machine: kube-apiserver takes some minutes, once.
 */
export async function serverBinary(name: ComponentName, version?: string): Promise<string> {
  const ready = existingBinary(name, version);
  if (ready !== undefined) return ready;
  const wanted = version ?? COMPONENTS[name].defaultVersion;
  const key = `${name}-${wanted}`;
  const building = inFlight.get(key) ?? build(name, wanted).finally(() => inFlight.delete(key));
  inFlight.set(key, building);
  return building;
}

/** The binary if it is there without building anything. */
export function existingBinary(name: ComponentName, version?: string): string | undefined {
  const assets = process.env["KUBEBUILDER_ASSETS"] ?? "";
  if (assets !== "" && version === undefined && COMPONENTS[name].isEnvtestAsset) {
    const asset = join(assets, name);
    if (existsSync(asset)) return asset;
  }
  const built = join(cacheRoot(), cacheName(name, version ?? COMPONENTS[name].defaultVersion), name);
  return existsSync(built) ? built : undefined;
}

async function build(name: ComponentName, version: string): Promise<string> {
  const go = findGo();
  if (go === undefined) throw new Error(`${name} ${version} is not built yet and there is no Go to build it with`);
  const root = cacheRoot();
  mkdirSync(root, { recursive: true });
  return withLock(join(root, "build.lock"), async () => {
    const target = join(root, cacheName(name, version));
    if (existsSync(join(target, name))) return join(target, name);
    const folder = mkdtempSync(join(root, "building-"));
    try {
      await buildIn(folder, go, name, version);
      rmSync(target, { recursive: true, force: true });
      renameSync(folder, target);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return join(target, name);
  });
}

/** Leaves the binary in `folder`, beside the go.mod and go.sum it was built from. */
async function buildIn(folder: string, go: string, name: ComponentName, version: string): Promise<void> {
  const component = COMPONENTS[name];
  const isKubernetes = component.folder === "kubernetes";
  for (const [file, text] of moduleFiles(component)) {
    if (file !== "go.mod.template") writeFileSync(join(folder, file), text);
    else if (!isKubernetes) writeFileSync(join(folder, "go.mod"), text.replace("${version}", version));
    else {
      const { goModPath } = await downloadModule(go, folder, `k8s.io/kubernetes@v${version}`);
      writeFileSync(join(folder, "go.mod"), kubernetesModule(text, version, readFileSync(goModPath, "utf8")));
    }
  }
  const linkerFlags = isKubernetes ? kubernetesLinkerFlags(version) : "-s -w";
  const tags = isKubernetes ? kubernetesBuildTags(version) : "";
  const flags = ["-mod=mod", "-trimpath", "-buildvcs=false", `-tags=${tags}`, "-ldflags", linkerFlags];
  await runGo(go, folder, ["build", ...flags, "-o", join(folder, name), component.goPackage]);
  if (name === "kwok") copyStages(folder, (await downloadModule(go, folder, `sigs.k8s.io/kwok@v${version}`)).directory);
}

function copyStages(folder: string, kwokModule: string): void {
  mkdirSync(join(folder, "stages"));
  for (const stage of KWOK_STAGES) {
    const source = join(kwokModule, "kustomize", "stage", stage);
    const files = readdirSync(source).filter((file) => file.endsWith(".yaml") && file !== "kustomization.yaml");
    for (const file of files) copyFileSync(join(source, file), join(folder, "stages", file));
  }
}
