// What a container sees of its node's files, and which of those files make it more than a container.

import type { Path } from "../kubernetes/path.ts";
import type { Container } from "../kubernetes/pod.ts";
import { RUNTIME_SOCKETS } from "../layers/workloads/node-path.ts";

/** A part of the node's files that a container mounts, by a hostPath volume or a claim of one. */
export interface HostMount {
  readonly volume: string;
  /** On the node, with `subPath`; what variables stand for in it is not known and shown as `?`. */
  readonly hostPath: string;
  readonly isWritable: boolean;
  /** Other file systems below it can be written even where the mount itself cannot (KEP-3857). */
  readonly areOthersWritable: boolean;
  /** From the object to the mount. */
  readonly mount: Path;
}

/** `pathOf` gives the node's path of a volume of the pod, where it is one. */
export function hostMountsOf(
  { volumeMounts }: Container,
  pathOf: (volume: string) => string | undefined,
  containerPath: Path,
): readonly HostMount[] {
  return (volumeMounts ?? []).flatMap((mount, index) => {
    const base = mount == null ? undefined : pathOf(mount.name ?? "");
    if (mount == null || base === undefined) return [];
    const below = mount.subPath || (mount.subPathExpr ?? "").replaceAll(/\$\([^)]*\)/g, "?");
    const isRecursive = mount.recursiveReadOnly === "Enabled" || mount.recursiveReadOnly === "IfPossible";
    return [
      {
        volume: mount.name ?? "",
        hostPath: normalized(`${base}/${below}`),
        isWritable: mount.readOnly !== true,
        areOthersWritable: mount.readOnly !== true || !isRecursive,
        mount: [...containerPath, "volumeMounts", index],
      },
    ];
  });
}

// `/var/run` is a link to `/run` on every distribution that runs a kubelet.
function normalized(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return `/${(steps[0] === "var" && steps[1] === "run" ? steps.slice(1) : steps).join("/")}`;
}

/** Whether the path is the tree or in it. */
export function isWithin(path: string, tree: string): boolean {
  return tree === "/" || path === tree || path.startsWith(`${tree}/`);
}

/** Whether either holds the other: a mount of a part of the tree, or of all of it. */
function overlaps(path: string, tree: string): boolean {
  return isWithin(path, tree) || isWithin(tree, path);
}

export const KUBELET_PODS = "/var/lib/kubelet/pods";
export const KUBELET_CREDENTIALS = "/var/lib/kubelet/pki/kubelet-client-current.pem";
export const POD_LOGS = "/var/log/pods";
export const NODE_LOGS = "/var/log";
const CORE_PATTERN = "/proc/sys/kernel/core_pattern";
const PROC = "/proc";

/** Trees in which every program and setting is root's, so that writing anywhere in them becomes root on the node. */
const ROOT_TREES: readonly string[] = [
  "/bin",
  "/boot",
  "/etc/cron.d",
  "/etc/cron.daily",
  "/etc/cron.hourly",
  "/etc/cron.monthly",
  "/etc/cron.weekly",
  "/etc/containerd/conf.d",
  "/etc/crio/crio.conf.d",
  "/etc/init.d",
  "/etc/kubernetes/manifests",
  "/etc/ld.so.conf.d",
  "/etc/modprobe.d",
  "/etc/pam.d",
  "/etc/profile.d",
  "/etc/ssh",
  "/etc/sudoers.d",
  "/etc/systemd",
  "/etc/udev",
  "/lib",
  "/lib64",
  "/opt/cni",
  "/root/.ssh",
  "/sbin",
  "/usr/bin",
  "/usr/lib",
  "/usr/lib64",
  "/usr/libexec",
  "/usr/local/bin",
  "/usr/local/sbin",
  "/usr/sbin",
  "/var/lib/containerd",
  "/var/lib/containers",
  "/var/lib/docker",
  "/var/lib/rancher/k3s/agent",
  "/var/lib/rancher/k3s/data",
  "/var/lib/rancher/k3s/server",
  "/var/lib/rancher/rke2/agent",
  "/var/lib/rancher/rke2/bin",
  "/var/lib/rancher/rke2/server",
  "/var/spool/cron",
];
/** Single files of root's in trees that hold much else. */
const ROOT_FILES: readonly string[] = [
  "/etc/containerd/config.toml",
  "/etc/crio/crio.conf",
  "/etc/crontab",
  "/etc/docker/daemon.json",
  "/etc/ld.so.preload",
  "/etc/passwd",
  "/etc/shadow",
  "/etc/sudoers",
  "/root/.bashrc",
  "/root/.profile",
  "/var/lib/kubelet/config.yaml",
  "/var/lib/kubelet/kubeadm-flags.env",
];

/** Parts of those trees that hold data of containers. */
const DATA_TREES: readonly string[] = ["/var/lib/containers/storage/volumes", "/var/lib/docker/volumes"];

/** Writing there becomes root on the node. */
export function isRunByRoot(hostPath: string): boolean {
  if (DATA_TREES.some((tree) => isWithin(hostPath, tree))) return false;
  return ROOT_TREES.some((tree) => overlaps(hostPath, tree)) || ROOT_FILES.some((file) => isWithin(file, hostPath));
}

/** A read-only mount does not keep anybody from connecting. `/var/run` is a link out of a mount of `/var`. */
export function reachesRuntimeSocket(hostPath: string): boolean {
  return hostPath !== "/var" && RUNTIME_SOCKETS.some((socket) => isWithin(socket, hostPath));
}

/** Whether the kernel's core_pattern can be written through the mount. */
export function reachesCorePattern({ hostPath, isWritable, areOthersWritable }: HostMount): boolean {
  if (!isWithin(CORE_PATTERN, hostPath)) return false;
  return isWithin(hostPath, PROC) ? isWritable : areOthersWritable;
}

/** Files of a control plane that make their reader an admin: keys that sign anybody, and kubeconfigs of admins. */
const ADMIN_TREES: readonly string[] = [
  "/etc/kubernetes/admin.conf",
  "/etc/kubernetes/pki",
  "/etc/kubernetes/super-admin.conf",
  "/etc/rancher/k3s/k3s.yaml",
  "/etc/rancher/rke2/rke2.yaml",
  "/var/lib/rancher/k3s/server",
  "/var/lib/rancher/rke2/server",
];

/** Certificates, public keys, and the key by which the API server is known but which signs nothing. */
const HARMLESS_FILE = /\.(?:crt|pub)$|\/apiserver\.key$/;

export function readsAdminFiles(hostPath: string): boolean {
  return !HARMLESS_FILE.test(hostPath) && ADMIN_TREES.some((tree) => overlaps(hostPath, tree));
}

/** Kubeconfigs of the components, and whom each is. */
export const COMPONENT_FILES: readonly (readonly [file: string, user: string])[] = [
  ["/etc/kubernetes/controller-manager.conf", "system:kube-controller-manager"],
  ["/etc/kubernetes/scheduler.conf", "system:kube-scheduler"],
];

/** Where etcd keeps what the API server stores. */
export function readsEtcd(hostPath: string): boolean {
  return overlaps(hostPath, "/var/lib/etcd");
}
