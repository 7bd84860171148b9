// What matters of a container to somebody with code in it: its uid, capabilities, AppArmor, host paths and token.

import type { ContainerView } from "../kubernetes/containers.ts";
import type { Path } from "../kubernetes/path.ts";
import type { Container, PodSpec, PodTemplate, Volume } from "../kubernetes/pod.ts";
import type { Holding } from "./holding.ts";
import { hostMountsOf, type HostMount } from "./host-mount.ts";

export interface ContainerFacts {
  readonly name: string;
  /** Code in it: one object for all who speak of it. */
  readonly holding: Holding;
  /** From the object. */
  readonly path: Path;
  readonly privileged: boolean;
  /** Runs on a Windows node itself (`windowsOptions.hostProcess`). */
  readonly isHostProcess: boolean;
  /** Added capabilities without `CAP_`, upper case; `ALL` stands for itself. */
  readonly capabilities: readonly string[];
  /** Dropped ones in the same spelling. */
  readonly dropped: readonly string[];
  /** Nothing keeps it from being uid 0: where no field says so, the image decides, and most images are root. */
  readonly isRoot: boolean;
  /** What the fields say; `undefined` where the image decides. */
  readonly runAsUser: number | undefined;
  /** Its group is 0, which may use sockets of container runtimes. */
  readonly isInRootGroup: boolean;
  readonly isAppArmorUnconfined: boolean;
  readonly hostMounts: readonly HostMount[];
  readonly stdin: boolean;
  readonly token: TokenMount;
}

/** Whether the container sees a token of its account that the API server takes. */
export type TokenMount =
  | {
      /** By a volume of the pod, which it declares itself or which admission has added. */
      readonly kind: "volume";
      readonly volume: string;
      readonly path: Path;
      readonly isAdded: boolean;
    }
  | { /** As the pod and its account say about automounting. */ readonly kind: "automount" }
  | { readonly kind: "none" };

export interface ContainerSurroundings {
  /** Of the pod. */
  readonly key: string;
  /** The pod itself, where it stands for its only container. */
  readonly merged: Holding | undefined;
  readonly declared: PodTemplate;
  readonly spec: PodSpec;
  readonly specPath: Path;
  /** The node's path of a volume, where it is one. */
  readonly pathOf: (volume: string) => string | undefined;
  /** A pod of a server: what is to be mounted is in it already. */
  readonly isLive: boolean;
}

const APP_ARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";
const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
/** What admission calls the volume it adds (k/k plugin/pkg/admission/serviceaccount/admission.go). */
const ADDED_VOLUME = "kube-api-access-";

export function containerFacts(view: ContainerView, around: ContainerSurroundings): ContainerFacts {
  const { name, container, path } = view;
  const { declared, spec, specPath } = around;
  const own = container.securityContext;
  const ofPod = spec.securityContext;
  const runAsUser = own?.runAsUser ?? ofPod?.runAsUser ?? undefined;
  const runAsGroup = own?.runAsGroup ?? ofPod?.runAsGroup ?? undefined;
  const appArmor = (own?.appArmorProfile ?? ofPod?.appArmorProfile)?.type;
  const annotated = declared.metadata?.annotations?.[`${APP_ARMOR_ANNOTATION}${name}`];
  return {
    name,
    holding: around.merged ?? { kind: "container", pod: around.key, container: name },
    path: [...specPath, ...path],
    privileged: own?.privileged === true,
    isHostProcess: (own?.windowsOptions?.hostProcess ?? ofPod?.windowsOptions?.hostProcess) === true,
    capabilities: (own?.capabilities?.add ?? []).map(spelled),
    dropped: (own?.capabilities?.drop ?? []).map(spelled),
    isRoot: runAsUser === undefined ? (own?.runAsNonRoot ?? ofPod?.runAsNonRoot) !== true : runAsUser === 0,
    runAsUser,
    isInRootGroup: runAsGroup === 0 || ofPod?.fsGroup === 0 || (ofPod?.supplementalGroups ?? []).includes(0),
    isAppArmorUnconfined: appArmor == null ? annotated === "unconfined" : appArmor === "Unconfined",
    hostMounts: hostMountsOf(container, around.pathOf, [...specPath, ...path]),
    stdin: container.stdin === true,
    token: tokenMountOf(view, around),
  };
}

function spelled(capability: string | null): string {
  return (capability ?? "").toUpperCase().replace(/^CAP_/, "");
}

/** Whether the container was given the capability and can use it: without root, an added one stays unused. */
export function canUse(container: ContainerFacts, capability: string): boolean {
  const { capabilities, isRoot } = container;
  return isRoot && (capabilities.includes(capability) || capabilities.includes("ALL"));
}

function tokenMountOf({ container, kind }: ContainerView, around: ContainerSurroundings): TokenMount {
  const { spec, specPath, isLive } = around;
  const mounts = container.volumeMounts ?? [];
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    if (volume == null || !holdsToken(volume) || !mounts.some((mount) => mount?.name === volume.name)) continue;
    const name = volume.name ?? "";
    const isAdded = name.startsWith(ADDED_VOLUME);
    return { kind: "volume", volume: name, path: [...specPath, "volumes", index], isAdded };
  }
  const isToBeAdded = !isLive && kind !== "ephemeral" && !hasMountAt(container, TOKEN_PATH);
  return isToBeAdded ? { kind: "automount" } : { kind: "none" };
}

function hasMountAt({ volumeMounts }: Container, path: string): boolean {
  return (volumeMounts ?? []).some((mount) => mount?.mountPath === path);
}

/** A token for another audience is none that the API server takes. */
function holdsToken({ projected }: Volume): boolean {
  return (projected?.sources ?? []).some(
    (source) => source?.serviceAccountToken != null && isOfServer(source.serviceAccountToken.audience ?? ""),
  );
}

function isOfServer(audience: string): boolean {
  return audience === "" || /^(?:https:\/\/)?kubernetes(?:\.default(?:\.svc.*)?)?$/.test(audience);
}
