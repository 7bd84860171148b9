// What the fixtures of single techniques cannot show: versions, scopes, names, and what else has to be in the cluster.

import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { readObject } from "../cluster/read-resource.ts";
import type { Resource } from "../cluster/resource.ts";
import { createAttackGraph } from "./attack-graph.ts";
import { createSearcher } from "./closure.ts";
import { holdingKey } from "./holding.ts";
import { techniqueWorld } from "./technique-world.ts";
import { TECHNIQUES } from "./techniques.ts";

const ANN = "user ann";
const NODE_GROUP = "system:bootstrappers:join";

interface Options {
  readonly minor?: number;
  readonly isComplete?: boolean;
}

/** Everything that ann comes to, as `kind name…`. */
function gains(texts: readonly string[], { minor = 37, isComplete = false }: Options = {}): readonly string[] {
  const resources = texts.flatMap((text): readonly Resource[] => {
    const read = readObject(load(text), "default");
    if (read.kind !== "object") throw new Error(text);
    const provenance = { kind: "file", file: "test.yaml" } as const;
    return [{ id: read.id, object: read.object, provenance, locate: () => undefined }];
  });
  const world = techniqueWorld(resources, { minor, isComplete });
  const graph = createAttackGraph(world, TECHNIQUES);
  const { holdings } = graph;
  const nameOf = (index: number): string => {
    const holding = holdings[index];
    return holding === undefined ? "" : holdingKey(holding).replaceAll("\u0001", " ");
  };
  const start = holdings.findIndex((_, index) => nameOf(index) === ANN);
  return start === -1 ? [] : [...createSearcher(graph).from([start]).held].map(nameOf);
}

const RBAC = "rbac.authorization.k8s.io";

/** ann's own rights: in the namespace, or everywhere. */
function granted(rules: string, namespace?: string): readonly string[] {
  const kind = namespace === undefined ? "ClusterRole" : "Role";
  const metadata = `metadata: { name: own${namespace === undefined ? "" : `, namespace: ${namespace}`} }`;
  return [
    `{ apiVersion: ${RBAC}/v1, kind: ${kind}, ${metadata}, rules: [${rules}] }`,
    `{ apiVersion: ${RBAC}/v1, kind: ${kind}Binding, ${metadata},
      roleRef: { apiGroup: ${RBAC}, kind: ${kind}, name: own }, subjects: [{ kind: User, name: ann }] }`,
  ];
}

function rule(group: string, resources: string, verbs: string, names = ""): string {
  const resourceNames = names === "" ? "" : `, resourceNames: [${names}]`;
  return `{ apiGroups: ["${group}"], resources: [${resources}], verbs: [${verbs}]${resourceNames} }`;
}

function bound(name: string, kind: string, role: string, subject: string, namespace = "shop"): string {
  return `{ apiVersion: ${RBAC}/v1, kind: RoleBinding, metadata: { name: ${name}, namespace: ${namespace} },
    roleRef: { apiGroup: ${RBAC}, kind: ${kind}, name: ${role} }, subjects: [${subject}] }`;
}

const account = (name: string, namespace = "shop"): string =>
  `{ apiVersion: v1, kind: ServiceAccount, metadata: { name: ${name}, namespace: ${namespace} } }`;

describe("impersonation", () => {
  const acting = [
    account("reader"),
    bound("reader", "ClusterRole", "admin", "{ kind: ServiceAccount, name: reader, namespace: shop }"),
    ...granted(
      [
        rule("authentication.k8s.io", "serviceaccounts", "'impersonate:serviceaccount'", "reader"),
        rule("", "secrets", "'impersonate-on:serviceaccount:list'"),
      ].join(", "),
      "shop",
    ),
  ];

  it("is constrained since 1.36 only", () => {
    expect(gains(acting, { minor: 36 })).toContain("secrets shop");
    expect(gains(acting, { minor: 35 })).not.toContain("secrets shop");
  });

  it("for one thing makes nobody of the other", () => {
    expect(gains(acting, { minor: 36 })).not.toContain("user system:serviceaccount:shop:reader");
  });

  it("of accounts of a namespace reaches those that bindings only name", () => {
    const objects = [
      account("web"),
      bound("gone", "ClusterRole", "view", "{ kind: ServiceAccount, name: gone, namespace: shop }"),
      ...granted(rule("", "serviceaccounts", "impersonate"), "shop"),
    ];
    expect(gains(objects)).toContain("means acting-user  system:serviceaccount:shop:gone");
  });
});

describe("roles of one name", () => {
  it("in a namespace and for the cluster are not taken for each other", () => {
    const strong = `{ apiVersion: ${RBAC}/v1, kind: ClusterRole, metadata: { name: both },
      rules: [${rule("", "secrets", "get")}] }`;
    const weak = `{ apiVersion: ${RBAC}/v1, kind: Role, metadata: { name: both, namespace: shop },
      rules: [${rule("", "configmaps", "get")}] }`;
    const rights = (kind: string): readonly string[] =>
      granted(`${rule(RBAC, "rolebindings", "create")}, ${rule(RBAC, kind, "bind", "both")}`, "shop");
    expect(gains([strong, weak, ...rights("clusterroles")])).toContain("secrets shop");
    expect(gains([strong, weak, ...rights("roles")])).not.toContain("secrets shop");
  });
});

describe("a bootstrap token", () => {
  const objects = [
    `{ apiVersion: ${RBAC}/v1, kind: ClusterRoleBinding, metadata: { name: join },
      roleRef: { apiGroup: ${RBAC}, kind: ClusterRole, name: view }, subjects: [{ kind: Group, name: "${NODE_GROUP}" }] }`,
    ...granted(rule("", "secrets", "create"), "kube-system"),
  ];
  const server = (flag: string): string =>
    `{ apiVersion: v1, kind: Pod, metadata: { name: kube-apiserver-1, namespace: kube-system },
      spec: { containers: [{ name: kube-apiserver, image: registry.example/kube-apiserver,
        command: [kube-apiserver, ${flag}] }] } }`;

  it("counts where bindings count on it, unless the server that is there does not", () => {
    expect(gains(objects)).toContain(`group ${NODE_GROUP}`);
    expect(gains([...objects, server("--enable-bootstrap-token-auth=true")])).toContain(`group ${NODE_GROUP}`);
    expect(gains([...objects, server("--anonymous-auth=true")])).not.toContain(`group ${NODE_GROUP}`);
  });
});

describe("Argo CD", () => {
  const controller = [
    `{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: argocd-application-controller, namespace: argocd },
      spec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: {
        serviceAccountName: argocd-application-controller, containers: [{ name: main, image: registry.example/argocd }] } } } }`,
    `{ apiVersion: ${RBAC}/v1, kind: ClusterRoleBinding, metadata: { name: argocd },
      roleRef: { apiGroup: ${RBAC}, kind: ClusterRole, name: cluster-admin },
      subjects: [{ kind: ServiceAccount, name: argocd-application-controller, namespace: argocd }] }`,
  ];
  const project = (repositories: string): string =>
    `{ apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: { name: default, namespace: argocd },
      spec: { sourceRepos: ["${repositories}"], destinations: [{ namespace: "*", server: "*" }],
        clusterResourceWhitelist: [{ group: "*", kind: "*" }] } }`;
  const rights = (namespace: string): readonly string[] =>
    granted(rule("argoproj.io", "applications", "create"), namespace);

  it("applies applications of its own namespace, of a project that takes any repository", () => {
    expect(gains([...controller, project("*"), ...rights("argocd")])).toContain("cluster-admin");
    expect(gains([...controller, project("*"), ...rights("shop")])).not.toContain("cluster-admin");
    expect(gains([...controller, project("https://git.example/own"), ...rights("argocd")])).not.toContain(
      "cluster-admin",
    );
  });
});

describe("the admin of a namespace", () => {
  it("may be made of several roles", () => {
    const objects = [
      bound("one", "ClusterRole", "edit", "{ kind: User, name: ann }"),
      bound("two", "ClusterRole", "system:aggregate-to-admin", "{ kind: User, name: ann }"),
    ];
    expect(gains(objects)).toContain("namespace-admin shop");
    expect(gains(objects.slice(0, 1))).not.toContain("namespace-admin shop");
  });
});
