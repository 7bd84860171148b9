// What the fixtures of single techniques cannot show: which field of which container counts, and what keeps a step away.

import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { readObject } from "../cluster/read-resource.ts";
import type { Resource } from "../cluster/resource.ts";
import { formatPath } from "../kubernetes/path.ts";
import { createAttackGraph } from "./attack-graph.ts";
import { createSearcher } from "./closure.ts";
import { holdingKey, type Holding } from "./holding.ts";
import { techniqueWorld } from "./technique-world.ts";
import { TECHNIQUES } from "./techniques.ts";

const WORKER = "node worker-1";
const MAIN: Holding = { kind: "container", pod: "/Pod/shop/web", container: "main" };
const WEB: Holding = { kind: "user", name: "system:serviceaccount:shop:web" };

function graphOf(texts: readonly string[], minor = 37) {
  const resources = texts.flatMap((text): readonly Resource[] => {
    const read = readObject(load(text), "default");
    if (read.kind !== "object") throw new Error(text);
    const provenance = { kind: "file", file: "test.yaml" } as const;
    return [{ id: read.id, object: read.object, provenance, locate: () => undefined }];
  });
  const world = techniqueWorld(resources, { minor, isComplete: true });
  return createAttackGraph(world, TECHNIQUES);
}

/** Everything come to from the start, as `kind name…`. */
function gainsOf(start: Holding, texts: readonly string[], minor?: number): readonly string[] {
  const graph = graphOf(texts, minor);
  const { held } = createSearcher(graph).from([graph.indexOf(start)].filter((index) => index !== -1));
  return [...held].flatMap((index) => {
    const holding = graph.holdings[index];
    return holding === undefined ? [] : [holdingKey(holding).replaceAll("\u0001", " ")];
  });
}

/** The pod `shop/web` on `worker-1`, as account `web`, with one container `main`. */
function pod(container: string, spec = "", metadata = ""): string {
  return `{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop ${metadata} }, spec: { nodeName: worker-1,
    serviceAccountName: web ${spec}, containers: [{ name: main, image: nginx ${container} }] } }`;
}

function host(path: string, mount = "", container = ""): string {
  return pod(
    `, volumeMounts: [{ name: host, mountPath: /host ${mount} }] ${container}`,
    `, volumes: [{ name: host, hostPath: { path: ${path} } }]`,
  );
}

const ROLE = "{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: own }, rules: [RULES] }";
const BINDING = `{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: { name: own },
  roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: own }, subjects: [{ kind: User, name: ann }] }`;
const ANN: Holding = { kind: "user", name: "ann" };

/** A rule as `group resources verbs names`, bound to ann everywhere. */
function may(...rules: readonly string[]): readonly string[] {
  const written = rules.map((rule) => {
    const [group = "", resources = "", verbs = "", names = ""] = rule.split(" ");
    return `{ apiGroups: ["${group === "core" ? "" : group}"], resources: [${resources}], verbs: [${verbs}], resourceNames: [${names}] }`;
  });
  return [ROLE.replace("RULES", written.join(", ")), BINDING];
}

function namespace(level: string): string {
  return `{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: ${level} } } }`;
}

describe("escapes", () => {
  it.each([
    ["privileged", pod(", securityContext: { privileged: true }"), true],
    ["privileged as another user", pod(", securityContext: { privileged: true, runAsUser: 5 }"), false],
    [
      "privileged, of a pod whose user is another",
      pod(", securityContext: { privileged: true }", ", securityContext: { runAsNonRoot: true }"),
      false,
    ],
    ["privileged in a user namespace", pod(", securityContext: { privileged: true }", ", hostUsers: false"), false],
    [
      "an init container that has ended",
      pod("", ", initContainers: [{ name: init, securityContext: { privileged: true } }]"),
      false,
    ],
    ["a capability with its prefix", pod(", securityContext: { capabilities: { add: [CAP_SYS_MODULE] } }"), true],
    ["all capabilities", pod(", securityContext: { capabilities: { add: [ALL] } }"), true],
    ["a capability that leads nowhere", pod(", securityContext: { capabilities: { add: [NET_ADMIN] } }"), false],
    [
      "AppArmor unconfined by annotation",
      pod(
        ", securityContext: { capabilities: { add: [SYS_ADMIN] } }",
        "",
        ", annotations: { container.apparmor.security.beta.kubernetes.io/main: unconfined }",
      ),
      true,
    ],
    ["the node's processes alone", pod("", ", hostPID: true"), false],
    ["the node's network alone", pod("", ", hostNetwork: true"), false],
    ["a Windows HostProcess", pod(", securityContext: { windowsOptions: { hostProcess: true } }"), true],
  ])("%s", (_, text, isEscape) => {
    expect(gainsOf(MAIN, [text]).includes(WORKER)).toBe(isEscape);
  });

  it.each([
    ["/", "", "", true],
    ["/", ", readOnly: true", "", true],
    ["/", ", readOnly: true, recursiveReadOnly: Enabled", "", true], // the runtime's socket is still there
    ["/", "", ", securityContext: { runAsUser: 65534 }", false],
    ["/", ", subPath: srv/data", "", false],
    ["/", ", subPath: etc", "", true],
    ["/data", ", subPathExpr: $(POD_NAME)", "", false],
    ["/etc/", "", "", true],
    ["/etc", ", readOnly: true", "", false],
    ["/etc/ssl", "", "", false],
    ["/usr/share/zoneinfo", "", "", false],
    ["/usr/local/bin", "", "", true],
    ["/var/lib/kubelet/plugins/csi", "", "", false],
    ["/var/lib/kubelet", "", "", true],
    ["/proc", "", "", true],
    ["/proc", ", readOnly: true", "", false],
    ["/proc/1/root", "", "", false],
    ["/run", ", readOnly: true", "", true],
    ["/var/run/docker.sock", ", readOnly: true", "", true],
    ["/run/containerd", "", ", securityContext: { runAsUser: 5, runAsGroup: 0 }", true],
    ["/var", ", readOnly: true", "", false], // `/var/run` is a link out of the mount
    ["/dev", "", "", false],
    ["/root", "", "", true],
    ["/root/data", "", "", false],
    ["/var/lib/rancher/k3s/storage/pvc-1", "", "", false],
    ["/var/lib/docker/volumes/a/_data", "", "", false],
    ["/var/lib/docker", "", "", true],
    ["/etc/containerd/certs.d", "", "", false],
    ["/etc/containerd", "", "", true],
    ["/var/data/../../etc/cron.d", "", "", true],
  ])("hostPath %s%s%s", (path, mount, container, isEscape) => {
    expect(gainsOf(MAIN, [host(path, mount, container)]).includes(WORKER)).toBe(isEscape);
  });

  it("has a path of the node by a claim too, whether the volume or the claim names the other", () => {
    const volume = (source: string, more: string) =>
      `{ apiVersion: v1, kind: PersistentVolume, metadata: { name: node }, spec: { ${source} ${more} } }`;
    const claim = (more: string) =>
      `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data, namespace: shop }, spec: { ${more} } }`;
    const mounted = ", volumeMounts: [{ name: host, mountPath: /host }]";
    const text = pod(mounted, ", volumes: [{ name: host, persistentVolumeClaim: { claimName: data } }]");
    const own = pod(mounted, ", volumes: [{ name: host, ephemeral: {} }]");
    const etc = "hostPath: { path: /etc }";
    const ref = (name: string) => `, claimRef: { namespace: shop, name: ${name} }`;
    expect(gainsOf(MAIN, [text, volume(etc, ref("data"))])).toContain(WORKER);
    expect(gainsOf(MAIN, [text, volume(etc, ""), claim("volumeName: node")])).toContain(WORKER);
    expect(gainsOf(MAIN, [text, volume("local: { path: /etc/cron.d }", ref("data"))])).toContain(WORKER);
    expect(gainsOf(MAIN, [own, volume(etc, ref("web-host"))])).toContain(WORKER);
    expect(gainsOf(MAIN, [text, volume(etc, ref("other")), claim("")])).not.toContain(WORKER);
    expect(gainsOf(MAIN, [text, volume("hostPath: { path: /srv }", ref("data"))])).not.toContain(WORKER);
  });

  it("needs no AppArmor exception on a node without AppArmor", () => {
    const text = pod(", securityContext: { capabilities: { add: [SYS_ADMIN] } }");
    const node = (image: string) =>
      `{ apiVersion: v1, kind: Node, metadata: { name: worker-1 }, status: { nodeInfo: { osImage: "${image}" } } }`;
    expect(gainsOf(MAIN, [text, node("Amazon Linux 2023.5.20240805")])).toContain(WORKER);
    expect(gainsOf(MAIN, [text, node("Ubuntu 24.04 LTS")])).not.toContain(WORKER);
  });

  it("reads a control plane's keys where the pod runs there, and nowhere else", () => {
    const text = host("/etc/kubernetes/pki", ", readOnly: true");
    const node = (labels: string) =>
      `{ apiVersion: v1, kind: Node, metadata: { name: worker-1, labels: { ${labels} } } }`;
    expect(gainsOf(MAIN, [text, node('node-role.kubernetes.io/control-plane: ""')])).toContain("cluster-admin");
    expect(gainsOf(MAIN, [text, node("")])).not.toContain("cluster-admin");
    for (const [file, isAdmin] of [
      ["sa.key", true],
      ["etcd/server.key", true],
      ["sa.pub", false],
      ["etcd/ca.crt", false],
      ["apiserver.key", false],
    ] as const) {
      const gains = gainsOf(MAIN, [
        host(`/etc/kubernetes/pki/${file}`),
        node('node-role.kubernetes.io/control-plane: ""'),
      ]);
      expect({ file, isAdmin: gains.includes("cluster-admin") }).toEqual({ file, isAdmin });
    }
  });

  it("reads every Secret in etcd's files, unless the API server encrypts them", () => {
    const server = (flag: string) =>
      `{ apiVersion: v1, kind: Pod, metadata: { name: kube-apiserver-a, namespace: kube-system,
        annotations: { kubernetes.io/config.mirror: abc } }, spec: { nodeName: worker-1, containers: [{ name: kube-apiserver,
        command: [kube-apiserver, "${flag}"] }] } }`;
    const text = host("/var/lib/etcd", ", readOnly: true");
    expect(gainsOf(MAIN, [text, server("--etcd-prefix=/registry")])).toContain("secrets *");
    expect(gainsOf(MAIN, [text, server("--encryption-provider-config=/etc/enc.yaml")])).not.toContain("secrets *");
  });

  it("knows a control plane by its static API server", () => {
    const server = `{ apiVersion: v1, kind: Pod, metadata: { name: kube-apiserver-a, namespace: kube-system,
      annotations: { kubernetes.io/config.mirror: abc } }, spec: { nodeName: worker-1, containers: [{ name: kube-apiserver }] } }`;
    expect(gainsOf({ kind: "node", node: "worker-1" }, [server])).toContain("cluster-admin");
  });
});

describe("tokens", () => {
  const account = (automount: boolean) =>
    `{ apiVersion: v1, kind: ServiceAccount, metadata: { name: web, namespace: shop }, automountServiceAccountToken: ${automount} }`;
  const projected = (audience: string) =>
    `, volumes: [{ name: own, projected: { sources: [{ serviceAccountToken: { path: token ${audience} } }] } }], automountServiceAccountToken: false`;
  const mounted = ", volumeMounts: [{ name: own, mountPath: /t }]";
  const hidden = ", volumeMounts: [{ name: own, mountPath: /var/run/secrets/kubernetes.io/serviceaccount }]";
  it.each([
    ["by default", [pod("")], true],
    ["not where the account says no", [pod(""), account(false)], false],
    [
      "where the pod says yes against its account",
      [pod("", ", automountServiceAccountToken: true"), account(false)],
      true,
    ],
    ["not where the pod says no", [pod("", ", automountServiceAccountToken: false"), account(true)], false],
    ["not in a running pod that has none", [pod("", "", ", uid: abc")], false],
    ["by a projected volume of the pod's own", [pod(mounted, projected(""))], true],
    ["not where the container does not mount it", [pod("", projected(""))], false],
    ["not for another audience", [pod(mounted, projected(", audience: vault"))], false],
    [
      "not where something else is mounted in its place",
      [pod(hidden, ", volumes: [{ name: own, emptyDir: {} }]")],
      false,
    ],
    ["not in a static pod", [pod("", "", ", annotations: { kubernetes.io/config.mirror: abc }")], false],
  ])("are found %s", (_, texts, isFound) => {
    expect(gainsOf(MAIN, texts).includes("user system:serviceaccount:shop:web")).toBe(isFound);
  });

  it("are not a node's to ask for since 1.33 where the pod mounts none", () => {
    const text = pod("", ", automountServiceAccountToken: false");
    const node: Holding = { kind: "user", name: "system:node:worker-1" };
    expect(gainsOf(node, [text], 32)).toContain("user system:serviceaccount:shop:web");
    expect(gainsOf(node, [text], 33)).not.toContain("user system:serviceaccount:shop:web");
  });
});

describe("changes of pods", () => {
  it("get past Pod Security only where the whole pod does", () => {
    const patch = may("core pods patch");
    expect(gainsOf(ANN, [...patch, namespace("baseline"), pod("")])).toContain("pod /Pod/shop/web");
    const old = pod("", ", hostNetwork: true");
    expect(gainsOf(ANN, [...patch, namespace("baseline"), old])).not.toContain("pod /Pod/shop/web");
    expect(gainsOf(ANN, [...patch, namespace("privileged"), old])).toContain("pod /Pod/shop/web");
  });

  it("do not reach static pods, into which commands do", () => {
    const text = pod("", "", ", annotations: { kubernetes.io/config.mirror: abc }");
    expect(gainsOf(ANN, [...may("core pods,pods/ephemeralcontainers patch"), text])).not.toContain("pod /Pod/shop/web");
    expect(gainsOf(ANN, [...may("core pods/exec create"), text])).toContain("pod /Pod/shop/web");
  });

  it("are of the pods that the rule names", () => {
    expect(gainsOf(ANN, [...may("core pods patch web"), pod("")])).toContain("pod /Pod/shop/web");
    expect(gainsOf(ANN, [...may("core pods patch cart"), pod("")])).not.toContain("pod /Pod/shop/web");
  });

  it("open with a GET until 1.34", () => {
    for (const [minor, isOpen] of [
      [34, true],
      [35, false],
    ] as const)
      expect(gainsOf(ANN, [...may("core pods/exec get"), pod("")], minor).includes("pod /Pod/shop/web")).toBe(isOpen);
  });

  it("are not given by what only looks like a wildcard, and are by a real one", () => {
    expect(gainsOf(ANN, [...may('core "pods/*" create'), pod("")])).not.toContain("pod /Pod/shop/web");
    expect(gainsOf(ANN, [...may('core "*/exec" create'), pod("")])).toContain("pod /Pod/shop/web");
  });
});

describe("rights to create with names", () => {
  it("are worth something to who may patch that name, by server-side apply, where the name is free", () => {
    expect(gainsOf(ANN, [...may("core pods create web")])).not.toContain("new-pod *");
    expect(gainsOf(ANN, [...may("core pods create,patch web")])).toContain("new-pod *");
    expect(gainsOf(ANN, [...may("core pods create web", "core pods patch")])).toContain("new-pod *");
    expect(gainsOf(ANN, [...may("core pods create web", "core pods patch cart")])).not.toContain("new-pod *");
    const inShop = [...may("core pods create,patch web")].map((text) =>
      text
        .replaceAll("ClusterRole", "Role")
        .replaceAll("metadata: { name: own }", "metadata: { name: own, namespace: shop }"),
    );
    expect(gainsOf(ANN, inShop)).toContain("new-pod shop");
    expect(gainsOf(ANN, [...inShop, pod("")])).not.toContain("new-pod shop");
  });
});

describe("other conditions", () => {
  it("take a finer subresource of nodes for what it is", () => {
    expect(gainsOf(ANN, [...may("core nodes/stats,nodes/log get"), pod("")])).not.toContain("pod /Pod/shop/web");
  });

  it("change a webhook only where there is one", () => {
    const change = may("admissionregistration.k8s.io mutatingwebhookconfigurations update");
    const deployment = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: cart, namespace: shop }, spec: { template: { spec: { containers: [{ name: main }] } } } }`;
    const webhook =
      "{ apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: { name: mesh } }";
    expect(gainsOf(ANN, [...change, deployment])).not.toContain("new-pod shop");
    expect(gainsOf(ANN, [...change, deployment, webhook])).toContain("new-pod shop");
  });

  it("draw pods by a taint or a deleted node alone, but for those that tolerate it and those that do not come again", () => {
    const node = "{ apiVersion: v1, kind: Node, metadata: { name: worker-1 } }";
    const agent = pod(", securityContext: { privileged: true }");
    const cart = (kind: string, spec = "") =>
      `{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: cart, namespace: far }, spec: { template: { spec: { containers: [{ name: main }] ${spec} } } } }`;
    const binding = BINDING.replace("kind: User, name: ann", "kind: ServiceAccount, name: web, namespace: shop");
    const gains = (rule: string, workload: string) =>
      gainsOf(MAIN, [may(rule)[0] ?? "", binding, node, agent, workload]).some((one) => one.startsWith("pod apps/"));
    expect(gains("core nodes patch", cart("Deployment"))).toBe(true);
    expect(gains("core nodes patch", cart("Deployment", ", tolerations: [{ operator: Exists }]"))).toBe(false);
    expect(gains("core nodes delete", cart("Deployment", ", tolerations: [{ operator: Exists }]"))).toBe(true);
    expect(gains("core nodes patch", cart("DaemonSet", ", nodeSelector: { a: b }"))).toBe(false);
    expect(gains("core nodes patch worker-2", cart("Deployment"))).toBe(false);
    expect(gains("core nodes/status patch", cart("Deployment"))).toBe(false);
    expect(gains("core nodes get", cart("Deployment"))).toBe(false);
  });

  it("look into a container only with all its capabilities", () => {
    const shared = (
      first: string,
      second: string,
    ) => `{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop },
      spec: { shareProcessNamespace: true, containers: [{ name: main ${first} }, { name: other ${second} }] } }`;
    const other = "container /Pod/shop/web other";
    const drop = ", securityContext: { capabilities: { drop: [ALL] } }";
    const user = ", securityContext: { runAsUser: 5 }";
    expect(gainsOf(MAIN, [shared("", "")])).toContain(other);
    expect(gainsOf(MAIN, [shared("", drop)])).toContain(other);
    expect(gainsOf(MAIN, [shared(drop, "")])).not.toContain(other);
    expect(gainsOf(MAIN, [shared(user, user)])).toContain(other);
    expect(gainsOf(MAIN, [shared(user, "")])).not.toContain(other);
    expect(gainsOf(MAIN, [shared("", ", securityContext: { capabilities: { add: [NET_ADMIN] } }")])).not.toContain(
      other,
    );
    expect(gainsOf(MAIN, [shared(", securityContext: { capabilities: { add: [SYS_PTRACE] } }", user)])).toContain(
      other,
    );
  });

  it("name the workload as the place to change, not its pods", () => {
    const template =
      "template: { spec: { containers: [{ name: side }, { name: main, securityContext: { privileged: true } }] } }";
    const graph = graphOf([
      `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop, uid: d }, spec: { ${template} } }`,
      `{ apiVersion: apps/v1, kind: ReplicaSet, metadata: { name: web-1, namespace: shop, uid: r,
        ownerReferences: [{ kind: Deployment, uid: d, controller: true }] }, spec: { ${template} } }`,
      pod(
        ", securityContext: { privileged: true }",
        "",
        ", uid: p, ownerReferences: [{ kind: ReplicaSet, uid: r, controller: true }]",
      ),
    ]);
    const steps = [...graph.steps.keys()].filter((step) => graph.steps[step]?.technique?.id === "privileged-container");
    const places = steps
      .flatMap((step) => graph.controlsOf(step))
      .map((number) => graph.control(number).change)
      .map((change) =>
        change.kind === "change-field" ? `${change.resource.id.kind} ${formatPath(change.path)}` : change.kind,
      );
    expect(places).toEqual(["Deployment spec.template.spec.containers[1].securityContext.privileged"]);
  });

  it("take what an account of the pod holds", () => {
    expect(gainsOf(WEB, [pod("")])).toEqual(["user system:serviceaccount:shop:web"]);
  });
});
