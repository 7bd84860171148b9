// What admission accepts and the node then refuses, or the program does not survive: the second-order breakage of
// runAsNonRoot, of dropped capabilities and of a read-only root file system.

import { containersOf, type ContainerView } from "../../../kubernetes/containers.ts";
import type { PodSpec, PodTemplate, Volume } from "../../../kubernetes/pod.ts";
import type { HardeningEdit } from "./edit.ts";

export interface Caution {
  /** The end of message ids `harden.caution.…`. */
  readonly code:
    | "numeric-user"
    | "switches-user"
    | "entrypoint"
    | "privileged-port"
    | "volume-owner"
    | "read-only-root";
  readonly container: string;
  readonly image: string;
  /** The word, port or volume it is about. */
  readonly what: string;
}

/** Programs that need a capability or a set-user-ID bit, by the names they are started under. */
const NEEDS_PRIVILEGE =
  /(?:^|[\s/;&|('"])(sudo|su|gosu|su-exec|setpriv|chown|chgrp|chroot|useradd|adduser|usermod|groupadd|apt-get|apt|apk|yum|dnf|iptables|ip6tables|ipset|mount|umount|sysctl|modprobe|setcap|ping)(?=$|[\s;&|)'"])/;
const LOWEST_OPEN_PORT = 1024;

/** `edits` have paths from the root of the template. */
export function cautionsOf(template: PodTemplate, edits: readonly HardeningEdit[]): readonly Caution[] {
  const spec = template.spec ?? {};
  const sets = (field: string): boolean => edits.some(({ path }) => path.at(-1) === field);
  const setsFor = (view: ContainerView, field: string): boolean =>
    edits.some(({ path }) => path.at(-1) === field && view.path.every((step, index) => path[index + 1] === step));
  return containersOf(spec).flatMap((view) => {
    const about = { container: view.name, image: view.container.image ?? "" };
    const cautions: Caution[] = [];
    const add = (code: Caution["code"], what = ""): void => void cautions.push({ code, ...about, what });
    if (sets("runAsNonRoot")) {
      if (!hasNumericUser(spec, view)) add("numeric-user");
      for (const volume of ownedVolumes(spec, view)) add("volume-owner", volume);
    }
    if (setsFor(view, "drop") || setsFor(view, "allowPrivilegeEscalation")) {
      const word = privilegedWord(view);
      if (word === undefined) add("entrypoint");
      else add("switches-user", word);
    }
    if (setsFor(view, "drop") || sets("runAsNonRoot")) {
      const ports = lowPorts(view);
      if (ports !== "" && !opensLowPorts(spec)) add("privileged-port", ports);
    }
    const isReadOnly = view.container.securityContext?.readOnlyRootFilesystem === true;
    if ((isReadOnly || setsFor(view, "readOnlyRootFilesystem")) && !hasScratch(spec, view)) add("read-only-root");
    return cautions;
  });
}

function hasNumericUser(spec: PodSpec, { container }: ContainerView): boolean {
  const user = container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
  return user != null && user !== 0;
}

function privilegedWord({ container }: ContainerView): string | undefined {
  for (const word of [...(container.command ?? []), ...(container.args ?? [])]) {
    const match = NEEDS_PRIVILEGE.exec(word ?? "");
    if (match !== null) return match[1];
  }
  return undefined;
}

/** From `0` on, every port may be bound by everyone in the pod. */
function opensLowPorts({ securityContext }: PodSpec): boolean {
  return (securityContext?.sysctls ?? []).some((one) => one?.name === "net.ipv4.ip_unprivileged_port_start");
}

function lowPorts({ container }: ContainerView): string {
  const ports = (container.ports ?? []).map((port) => port?.containerPort ?? 0);
  return ports.filter((port) => port > 0 && port < LOWEST_OPEN_PORT).join(", ");
}

/** Claims that were written by root before, where no fsGroup gives them to the new user. */
function ownedVolumes(spec: PodSpec, view: ContainerView): readonly string[] {
  if (spec.securityContext?.fsGroup != null) return [];
  return mountedVolumes(spec, view)
    .filter(
      ({ persistentVolumeClaim, ephemeral, csi }) => persistentVolumeClaim != null || ephemeral != null || csi != null,
    )
    .map(({ name }) => name ?? "");
}

function hasScratch(spec: PodSpec, view: ContainerView): boolean {
  return mountedVolumes(spec, view).some(({ emptyDir }) => emptyDir != null);
}

function mountedVolumes(spec: PodSpec, { container }: ContainerView): readonly Volume[] {
  const names = new Set((container.volumeMounts ?? []).map((mount) => mount?.name ?? ""));
  return (spec.volumes ?? []).flatMap((volume) => (volume !== null && names.has(volume.name ?? "") ? [volume] : []));
}
