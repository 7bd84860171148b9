// What a hostPath gives a pod, by its path: which of the rules about hostPath volumes speaks of it.

import { valueAt } from "../../kubernetes/path.ts";
import type { PodSubject } from "../../verdicts/pod-subject.ts";
import type { Offender } from "./pod-security/offender.ts";

export type NodePathClass = "runtime-socket" | "cloud-credentials" | "sensitive" | "other";

/** Sockets of container runtimes: whoever connects makes containers that are root on the node. */
export const RUNTIME_SOCKETS: readonly string[] = [
  "/run/containerd/containerd.sock",
  "/run/cri-dockerd.sock",
  "/run/crio/crio.sock",
  "/run/docker.sock",
  "/run/docker/containerd/containerd.sock",
  "/run/dockershim.sock",
  "/run/k3s/containerd/containerd.sock",
  "/run/k0s/containerd.sock",
  "/run/podman/podman.sock",
  "/var/snap/microk8s/common/run/containerd.sock",
];
const SOCKET_NAMES = new Set(RUNTIME_SOCKETS.map((path) => path.slice(path.lastIndexOf("/") + 1)));

const CLOUD_CREDENTIALS = /\/\.(?:aws|azure|config\/gcloud)(?:\/|$)|^\/etc\/kubernetes\/(?:azure|cloud)[^/]*$/;

/** Trees the node runs from or keeps its secrets in. */
const SENSITIVE_TREES: readonly string[] = [
  "/bin",
  "/boot",
  "/etc",
  "/home",
  "/lib",
  "/lib64",
  "/opt/cni",
  "/proc",
  "/root",
  "/sbin",
  "/sys",
  "/usr",
  "/var/lib/containerd",
  "/var/lib/containers",
  "/var/lib/docker",
  "/var/lib/etcd",
  "/var/lib/kubelet",
  "/var/lib/rancher",
  "/var/log",
  "/var/spool/cron",
];

/** Parts of those trees that hold no secret and run nothing as root: what everybody reads, and what one driver owns. */
const HARMLESS_TREES: readonly string[] = [
  "/etc/hostname",
  "/etc/hosts",
  "/etc/localtime",
  "/etc/machine-id",
  "/etc/os-release",
  "/etc/pki",
  "/etc/resolv.conf",
  "/etc/ssl",
  "/etc/timezone",
  "/lib/modules",
  "/sys/fs/bpf",
  "/usr/lib/os-release",
  "/usr/share",
  "/usr/src",
  "/var/lib/kubelet/plugins",
];

/** The class of a path alone. */
export function classOfNodePath(written: string): NodePathClass {
  const path = normalized(written);
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (SOCKET_NAMES.has(name) || RUNTIME_SOCKETS.some((socket) => path.startsWith("/") && isDirectoryOf(path, socket))) {
    return "runtime-socket";
  }
  if (CLOUD_CREDENTIALS.test(path)) return "cloud-credentials";
  if (HARMLESS_TREES.some((tree) => isWithin(path, tree))) return "other";
  const isSensitive = SENSITIVE_TREES.some((tree) => isWithin(path, tree) || isWithin(tree, path));
  return isSensitive ? "sensitive" : "other";
}

// `/var/run` is a link to `/run` on every distribution that runs a kubelet.
function normalized(path: string): string {
  const steps = path.split("/").filter((step) => step !== "" && step !== ".");
  return `/${(steps[0] === "var" && steps[1] === "run" ? steps.slice(1) : steps).join("/")}`;
}

function isWithin(path: string, tree: string): boolean {
  return tree === "/" || path === tree || path.startsWith(`${tree}/`);
}

/** `/run` and `/run/containerd`, but not `/` or `/var`, which hold much else. */
function isDirectoryOf(path: string, socket: string): boolean {
  return path !== "/" && path !== "/var" && isWithin(socket, path);
}

/** The class of the volume that an offender of the hostPath check is in: sensitive only where it can be written. */
export function classOfVolume(pod: PodSubject, { path }: Pick<Offender, "path">): NodePathClass {
  const [, , index] = path; // ["spec", "volumes", index, "hostPath"]
  const volume = typeof index === "number" ? pod.spec.volumes?.[index] : undefined;
  const found = classOfNodePath(volume?.hostPath?.path ?? "");
  return found === "sensitive" && !isWritable(pod, volume?.name ?? "") ? "other" : found;
}

function isWritable({ containers }: PodSubject, volume: string): boolean {
  return containers.some(({ container }) =>
    container.volumeMounts?.some((mount) => mount?.name === volume && mount.readOnly !== true),
  );
}

/** How a message shows a hostPath volume. */
export function shownNodePath({ value }: Pick<Offender, "value">): string {
  return textOf(valueAt(value, ["path"]));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
