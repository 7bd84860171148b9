import { expect, test } from "vitest";
import { classOfNodePath } from "./node-path.ts";

test.each([
  ["/var/run/docker.sock", "runtime-socket"],
  ["/run//docker.sock", "runtime-socket"],
  ["/run", "runtime-socket"],
  ["/var/run/", "runtime-socket"],
  ["/run/containerd", "runtime-socket"],
  ["/var/run/docker", "runtime-socket"],
  ["/custom/containerd.sock", "runtime-socket"],
  ["/run/secrets", "other"],
  ["/home/me/.aws/credentials", "cloud-credentials"],
  ["/root/.config/gcloud", "cloud-credentials"],
  ["/etc/kubernetes/azure.json", "cloud-credentials"],
  ["/", "sensitive"],
  ["/etc", "sensitive"],
  ["/etc/cron.d", "sensitive"],
  ["/var", "sensitive"],
  ["/var/lib/kubelet/pods", "sensitive"],
  ["/etc/localtime", "other"],
  ["/etc/ssl/certs", "other"],
  ["/etcetera", "other"],
  ["/var/lib/kubelet/plugins/csi.example.com", "other"],
  ["/var/lib/kubelet/plugins_registry", "sensitive"],
  ["/srv/data", "other"],
  ["/dev/fuse", "other"],
  ["", "sensitive"],
] as const)("%s is %s", (path, expected) => expect(classOfNodePath(path)).toBe(expected));
