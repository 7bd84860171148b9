// A large cluster as RBAC tools meet it (counts of the "big cluster" in KubeHound's PR 87): 30,000 pods on 1,000 nodes,
// 4,491 RoleBindings, 676 ClusterRoleBindings, 1,374 Roles, 721 ClusterRoles. NDJSON on standard output, seeded.
//
//   node bench/generate-rbac-cluster.mjs [pods] > cluster.ndjson

const pods = Number(process.argv[2] ?? 30_000);
let state = 42;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const below = (count) => Math.floor(random() * count);
const pick = (list) => list[below(list.length)];
const put = (object) => process.stdout.write(`${JSON.stringify(object)}\n`);
const RBAC = "rbac.authorization.k8s.io";

const namespaces = Array.from({ length: 300 }, (_, index) => (index === 0 ? "kube-system" : `team-${index}`));
for (const [index, name] of namespaces.entries()) {
  const labels =
    index % 3 === 0 ? {} : { "pod-security.kubernetes.io/enforce": index % 3 === 1 ? "baseline" : "restricted" };
  put({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } });
}
const nodes = Array.from({ length: 1000 }, (_, index) => `node-${index}`);
for (const [index, name] of nodes.entries()) {
  const labels = index < 3 ? { "node-role.kubernetes.io/control-plane": "" } : {};
  put({ apiVersion: "v1", kind: "Node", metadata: { name, labels } });
}
const accounts = namespaces.flatMap((namespace) =>
  Array.from({ length: 8 }, (_, index) => ({ namespace, name: index === 0 ? "default" : `app-${index}` })),
);
for (const { namespace, name } of accounts)
  put({ apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace, name } });

const COMMON = [
  { apiGroups: [""], resources: ["pods", "services", "configmaps"], verbs: ["get", "list", "watch"] },
  { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list"] },
  { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
  { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get", "create", "update"] },
];
const RISKY = [
  { apiGroups: [""], resources: ["pods"], verbs: ["create"] },
  { apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] },
  { apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] },
  { apiGroups: ["apps"], resources: ["deployments"], verbs: ["create", "patch"] },
  { apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] },
  { apiGroups: [RBAC], resources: ["roles", "rolebindings"], verbs: ["create", "update", "bind", "escalate"] },
  { apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] },
];
const rules = (risk) => {
  const list = [pick(COMMON), pick(COMMON)];
  if (random() < risk) list.push(pick(RISKY));
  return list;
};
const roles = Array.from({ length: 1374 }, (_, index) => ({ namespace: pick(namespaces), name: `role-${index}` }));
for (const role of roles) put({ apiVersion: `${RBAC}/v1`, kind: "Role", metadata: role, rules: rules(0.2) });
const clusterRoles = Array.from({ length: 720 }, (_, index) => `cluster-role-${index}`);
for (const name of clusterRoles)
  put({ apiVersion: `${RBAC}/v1`, kind: "ClusterRole", metadata: { name }, rules: rules(0.03) });
put({
  apiVersion: `${RBAC}/v1`,
  kind: "ClusterRole",
  metadata: { name: "cluster-admin" },
  rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
});
const subjects = (namespace) =>
  Array.from({ length: 1 + below(2) }, () => {
    const kind = random();
    if (kind < 0.7) return { kind: "ServiceAccount", ...pick(accounts.filter((one) => one.namespace === namespace)) };
    return kind < 0.85
      ? { kind: "User", apiGroup: RBAC, name: `user-${below(400)}` }
      : { kind: "Group", apiGroup: RBAC, name: `group-${below(60)}` };
  });
for (let index = 0; index < 4491; index++) {
  const role = pick(roles);
  const namespace = index % 4 === 0 ? pick(namespaces) : role.namespace;
  const roleRef =
    index % 4 === 0
      ? { apiGroup: RBAC, kind: "ClusterRole", name: pick(clusterRoles) }
      : { apiGroup: RBAC, kind: "Role", name: role.name };
  put({
    apiVersion: `${RBAC}/v1`,
    kind: "RoleBinding",
    metadata: { namespace, name: `binding-${index}` },
    roleRef,
    subjects: subjects(namespace),
  });
}
for (let index = 0; index < 676; index++) {
  const name = index < 6 ? "cluster-admin" : pick(clusterRoles);
  put({
    apiVersion: `${RBAC}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name: `cluster-binding-${index}` },
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name },
    subjects: subjects(pick(namespaces)),
  });
}
const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
const TOKEN_SOURCES = [
  { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
  { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
  { downwardAPI: { items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }] } },
];
for (let index = 0; index < pods; index++) {
  const { namespace, name: serviceAccountName } = pick(accounts);
  const isRisky = random() < 0.01;
  const hasToken = random() < 0.8; // as admission adds it to a pod that does not refuse
  const volume = `kube-api-access-${index}`;
  put({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace, name: `pod-${index}`, uid: `uid-${index}`, labels: { app: `app-${index % 900}` } },
    spec: {
      serviceAccountName,
      nodeName: pick(nodes),
      hostPID: isRisky,
      containers: [
        {
          name: "main",
          image: "registry.example/app:1",
          securityContext: { privileged: isRisky },
          env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: `secret-${index % 40}`, key: "token" } } }],
          ...(hasToken && { volumeMounts: [{ name: volume, readOnly: true, mountPath: TOKEN_PATH }] }),
        },
      ],
      ...(hasToken && { volumes: [{ name: volume, projected: { defaultMode: 420, sources: TOKEN_SOURCES } }] }),
    },
    status: { phase: "Running" },
  });
}
