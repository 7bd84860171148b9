// Small random clusters in which attacks are likely: few names, many rights, so that bindings, accounts and pods meet.

import fc from "fast-check";
import { RBAC } from "./use.ts";
import type { ApiObject } from "./fixture.ts";

const NAMESPACES = ["shop", "ops"] as const;
const ACCOUNTS = ["one", "two", "gone"] as const;
const ROLES = ["r1", "r2", "r3"] as const;
const CLUSTER_ROLES = ["c1", "c2", "c3", "c4"] as const;
const USERS = ["alice", "bob"] as const;
const NODES = ["worker-1", "worker-2"] as const;
/** Every name that a rule may give. */
export const NAMES: readonly string[] = [
  ...ACCOUNTS,
  ...ROLES,
  ...CLUSTER_ROLES,
  ...USERS,
  ...NODES,
  "admin",
  "cluster-admin",
  "missing",
  "b0",
  "b1",
  "b2",
  "b3",
  "b4",
  "b5",
  "web",
  "cart",
  "key",
  "token",
];
const CERTIFICATES = "certificates.k8s.io";

interface Kind {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly names: readonly string[];
}

/** What rules are made of: resources that techniques know, verbs that matter there, and names that exist. */
const KINDS: readonly Kind[] = [
  { group: "", resources: ["pods"], verbs: ["create", "patch", "delete"], names: ["web"] },
  { group: "", resources: ["pods/exec", "pods/attach"], verbs: ["create", "get"], names: ["web"] },
  { group: "", resources: ["pods/ephemeralcontainers"], verbs: ["patch"], names: ["web"] },
  { group: "", resources: ["secrets"], verbs: ["get", "list", "create", "patch"], names: ["key", "token"] },
  { group: "", resources: ["serviceaccounts"], verbs: ["create", "impersonate"], names: [...ACCOUNTS] },
  { group: "", resources: ["serviceaccounts/token"], verbs: ["create"], names: [...ACCOUNTS] },
  { group: "", resources: ["users"], verbs: ["impersonate"], names: [...USERS] },
  { group: "", resources: ["groups"], verbs: ["impersonate"], names: ["team", "system:masters"] },
  { group: "", resources: ["namespaces"], verbs: ["patch"], names: [...NAMESPACES] },
  { group: "", resources: ["nodes", "nodes/proxy"], verbs: ["get", "create", "patch"], names: [...NODES] },
  { group: "", resources: ["persistentvolumes"], verbs: ["create"], names: [] },
  { group: "apps", resources: ["deployments"], verbs: ["create", "patch"], names: ["cart"] },
  { group: RBAC, resources: ["roles"], verbs: ["create", "patch", "bind", "escalate"], names: [...ROLES, "missing"] },
  {
    group: RBAC,
    resources: ["clusterroles"],
    verbs: ["create", "patch", "bind", "escalate"],
    names: [...CLUSTER_ROLES, "admin", "cluster-admin"],
  },
  { group: RBAC, resources: ["rolebindings"], verbs: ["create", "patch"], names: ["b0", "b1"] },
  { group: RBAC, resources: ["clusterrolebindings"], verbs: ["create", "patch"], names: ["b0", "b1"] },
  {
    group: CERTIFICATES,
    resources: ["certificatesigningrequests", "certificatesigningrequests/nodeclient"],
    verbs: ["create"],
    names: [],
  },
  { group: CERTIFICATES, resources: ["certificatesigningrequests/approval"], verbs: ["update"], names: [] },
  { group: CERTIFICATES, resources: ["signers"], verbs: ["approve"], names: ["kubernetes.io/kube-apiserver-client"] },
];

const SIGNERS = ["", "kubernetes.io/*", "kubernetes.io/kube-apiserver-client-kubelet", "example.com/own"];

const ruleOfKind = (kind: Kind): fc.Arbitrary<object> =>
  fc.record({
    apiGroups: fc.constant([kind.group]),
    resources: fc.subarray([...kind.resources], { minLength: 1 }),
    verbs: fc.subarray([...kind.verbs], { minLength: 1 }),
    resourceNames: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      fc.subarray([...kind.names], { maxLength: Math.min(2, kind.names.length) }),
    ),
  });

const rule: fc.Arbitrary<object> = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...KINDS).chain(ruleOfKind) },
  { weight: 1, arbitrary: fc.constant({ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }) },
  { weight: 1, arbitrary: fc.constant({ apiGroups: [""], resources: ["*"], verbs: ["create"] }) },
  { weight: 1, arbitrary: fc.constant({ apiGroups: [RBAC], resources: ["*"], verbs: ["*"] }) },
  { weight: 1, arbitrary: fc.constant({ apiGroups: [CERTIFICATES], resources: ["*"], verbs: ["*"] }) },
  { weight: 1, arbitrary: fc.constantFrom(...SIGNERS).map(approver) },
);

/** All that approving takes, for one signer. */
function approver(signer: string): object {
  return {
    apiGroups: [CERTIFICATES],
    resources: ["certificatesigningrequests", "certificatesigningrequests/approval", "signers"],
    verbs: ["create", "update", "approve"],
    ...(signer === "" ? {} : { resourceNames: [signer] }),
  };
}

const rules = fc.array(rule, { minLength: 1, maxLength: 3 });
const apiVersion = `${RBAC}/v1`;

const subject: fc.Arbitrary<object> = fc.oneof(
  fc.constantFrom(...USERS).map((name) => ({ kind: "User", apiGroup: RBAC, name })),
  fc.constantFrom("team", "system:serviceaccounts:shop").map((name) => ({ kind: "Group", apiGroup: RBAC, name })),
  fc.tuple(fc.constantFrom(...NAMESPACES), fc.constantFrom(...ACCOUNTS)).map(([namespace, name]) => ({
    kind: "ServiceAccount",
    namespace,
    name,
  })),
);
const subjects = fc.array(subject, { minLength: 1, maxLength: 3 });
const refOf = (kind: string, names: readonly string[]) =>
  fc.constantFrom(...names).map((name) => ({ apiGroup: RBAC, kind, name }));

const clusterBinding = fc.record({ roleRef: refOf("ClusterRole", [...CLUSTER_ROLES, "view"]), subjects });
const binding = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  roleRef: fc.oneof(refOf("Role", [...ROLES, "missing"]), refOf("ClusterRole", [...CLUSTER_ROLES, "admin", "edit"])),
  subjects,
});

const pod = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  account: fc.constantFrom("one", "two", "default"),
  node: fc.constantFrom("", ...NODES),
  privileged: fc.boolean(),
  automount: fc.constantFrom(true, false, undefined),
  secret: fc.constantFrom("key", "token", undefined),
});

export interface RandomWorld {
  readonly objects: readonly ApiObject[];
  readonly isComplete: boolean;
}

export const randomWorld: fc.Arbitrary<RandomWorld> = fc
  .record({
    roles: fc.tuple(...NAMESPACES.flatMap(() => ROLES.map(() => fc.option(rules)))),
    clusterRoles: fc.tuple(...CLUSTER_ROLES.map(() => fc.option(rules, { freq: 8 }))),
    bindings: fc.array(binding, { maxLength: 6 }),
    clusterBindings: fc.array(clusterBinding, { maxLength: 3 }),
    pods: fc.array(pod, { maxLength: 3 }),
    levels: fc.tuple(...NAMESPACES.map(() => fc.constantFrom("privileged", "baseline", "restricted"))),
    isComplete: fc.boolean(),
    hasDeployment: fc.boolean(),
  })
  .map(({ isComplete, ...parts }) => ({ isComplete, objects: objectsOf(parts) }));

interface Parts {
  readonly roles: readonly (readonly object[] | null)[];
  readonly clusterRoles: readonly (readonly object[] | null)[];
  readonly bindings: readonly { readonly namespace: string; readonly roleRef: object; readonly subjects: object[] }[];
  readonly clusterBindings: readonly { readonly roleRef: object; readonly subjects: object[] }[];
  readonly pods: readonly {
    readonly namespace: string;
    readonly account: string;
    readonly node: string;
    readonly privileged: boolean;
    readonly automount: boolean | undefined;
    readonly secret: string | undefined;
  }[];
  readonly levels: readonly string[];
  readonly hasDeployment: boolean;
}

function objectsOf(parts: Parts): readonly ApiObject[] {
  const { roles, clusterRoles, bindings, clusterBindings, pods, levels, hasDeployment } = parts;
  const main = { name: "main", image: "registry.example/main" };
  const token = { annotations: { "kubernetes.io/service-account.name": "one" } };
  return [
    ...NAMESPACES.map((name, index) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels: { "pod-security.kubernetes.io/enforce": levels[index] } },
    })),
    ...NODES.map((name) => ({ apiVersion: "v1", kind: "Node", metadata: { name } })),
    ...NAMESPACES.flatMap((namespace) => [
      ...["one", "two"].map((name) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } })),
      { apiVersion: "v1", kind: "Secret", metadata: { name: "key", namespace }, type: "Opaque" },
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "token", namespace, ...token },
        type: "kubernetes.io/service-account-token",
      },
    ]),
    ...roles.flatMap((given, index) => {
      const namespace = NAMESPACES[Math.floor(index / ROLES.length)] ?? "shop";
      const name = ROLES[index % ROLES.length] ?? "r1";
      return given === null ? [] : [{ apiVersion, kind: "Role", metadata: { name, namespace }, rules: given }];
    }),
    ...clusterRoles.flatMap((given, index) => {
      const name = CLUSTER_ROLES[index] ?? "c1";
      return given === null ? [] : [{ apiVersion, kind: "ClusterRole", metadata: { name }, rules: given }];
    }),
    ...bindings.map(({ namespace, roleRef, subjects: named }, index) => ({
      apiVersion,
      kind: "RoleBinding",
      metadata: { name: `b${index}`, namespace },
      roleRef,
      subjects: named,
    })),
    ...clusterBindings.map(({ roleRef, subjects: named }, index) => ({
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata: { name: `b${index}` },
      roleRef,
      subjects: named,
    })),
    ...pods.map(({ namespace, account, node, privileged, automount, secret }, index) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: index === 0 ? "web" : `web-${index}`, namespace },
      spec: {
        serviceAccountName: account,
        ...(node === "" ? {} : { nodeName: node }),
        ...(automount === undefined ? {} : { automountServiceAccountToken: automount }),
        containers: [
          {
            ...main,
            securityContext: { privileged },
            ...(secret === undefined ? {} : { envFrom: [{ secretRef: { name: secret } }] }),
          },
        ],
      },
    })),
    ...(hasDeployment
      ? [
          {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: { name: "cart", namespace: "shop" },
            spec: {
              selector: { matchLabels: { app: "cart" } },
              template: { metadata: { labels: { app: "cart" } }, spec: { containers: [main] } },
            },
          },
        ]
      : []),
  ];
}
