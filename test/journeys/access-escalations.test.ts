// `access escalations` through the built program: chains, cuts, exit codes, formats, languages.

import { expect, test } from "vitest";
import { mistakesIn } from "../formats/json-schemas.ts";
import { ringwall, withFolder } from "./program.ts";

const HEADER = "apiVersion: rbac.authorization.k8s.io/v1";
const DEPLOYER = `${HEADER}
kind: Role
metadata: {name: deploy, namespace: kube-system}
rules:
- apiGroups: [""]
  resources: [pods, configmaps]
  verbs: [create]
---
${HEADER}
kind: RoleBinding
metadata: {name: ci, namespace: kube-system}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deploy}
subjects:
- {kind: ServiceAccount, name: deployer, namespace: ci}
`;
const ADMIN = `apiVersion: v1
kind: ServiceAccount
metadata: {name: admin, namespace: kube-system}
---
${HEADER}
kind: ClusterRoleBinding
metadata: {name: admin}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
- {kind: ServiceAccount, name: admin, namespace: kube-system}
`;
const LEVEL = `apiVersion: v1
kind: Namespace
metadata: {name: kube-system, labels: {pod-security.kubernetes.io/enforce: baseline}}
`;
const FILES = { "rbac.yaml": DEPLOYER, "admin.yaml": ADMIN, "level.yaml": LEVEL };
const ask = (directory: string, ...words: readonly string[]) =>
  ringwall(["access", "escalations", ...words], { directory });

test("a deployer that creates pods beside an admin account is two steps from cluster-admin", async () => {
  await withFolder(FILES, async (directory) => {
    const { code, stdout } = await ask(directory, ".");
    expect(code).toBe(1);
    const text = stdout.replaceAll(/ +/g, " ");
    expect(text).toContain("system:serviceaccount:ci:deployer becomes cluster-admin in 2 steps");
    expect(text).toContain("1 may create pods in kube-system");
    expect(text).toContain("RoleBinding kube-system/ci → Role kube-system/deploy, rule 1 rbac.yaml:5:3");
    expect(text).toContain("2 a pod there may run as kube-system/admin");
    expect(text).toContain("bound to cluster-admin by ClusterRoleBinding admin admin.yaml:10:3");
    expect(text).toContain('Stop it: remove "create pods" from Role kube-system/deploy');
    expect(text).toContain("1 subject was given cluster-admin: system:serviceaccount:kube-system:admin");
  });
});

test("the proposed change stops it, and the answer is then no", async () => {
  const fixed = { ...FILES, "rbac.yaml": DEPLOYER.replace("[pods, configmaps]", "[configmaps]") };
  await withFolder(fixed, async (directory) => {
    const { code, stdout } = await ask(directory, ".");
    expect(code).toBe(0);
    expect(stdout).toContain("Nobody can gain what they were not given");
  });
});

test("the document is as its schema says, in both languages", async () => {
  await withFolder(FILES, async (directory) => {
    for (const language of ["en", "zh-CN"]) {
      const { stdout } = await ask(directory, ".", "-o", "json", "--lang", language);
      const document: unknown = JSON.parse(stdout);
      expect(mistakesIn(document, "access-escalations.v1.json")).toEqual([]);
      expect(document).toMatchObject({
        escalations: [
          {
            subject: { kind: "ServiceAccount", namespace: "ci", name: "deployer" },
            target: { kind: "cluster-admin" },
            steps: [
              { technique: "create-pod", evidence: [{ binding: { name: "ci" }, role: { at: "rbac.yaml:5" } }] },
              { technique: "pod-service-account" },
            ],
            stop: [{ change: "narrow-role", power: "create pods", file: "rbac.yaml", line: 5 }],
          },
        ],
        given: [{ kind: "ServiceAccount", namespace: "kube-system", name: "admin" }],
      });
    }
    const chinese = await ask(directory, ".", "--lang", "zh-CN");
    expect(chinese.stdout).toContain("2 步成为 cluster-admin");
  });
});

test("--to and --as narrow the question; a target that does not exist is a mistake", async () => {
  await withFolder(FILES, async (directory) => {
    // cluster-admin is root on nodes and reads Secrets as well.
    for (const target of ["cluster-admin", "node", "secrets", "namespace-admin"])
      expect([target, (await ask(directory, ".", "--to", target)).code]).toEqual([target, 1]);
    const other = await ask(directory, ".", "--as", "system:serviceaccount:ci:other");
    expect(other.code).toBe(0);
    expect(other.stdout).toContain("Nothing in the input names system:serviceaccount:ci:other");
    const one = await ask(directory, ".", "--as", "system:serviceaccount:ci:deployer");
    expect(one.code).toBe(1);
    const wrong = await ask(directory, ".", "--to", "cluster-admn");
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("Did you mean cluster-admin?");
  });
});

test("what cannot be read leaves the answer incomplete", async () => {
  const broken = { "rbac.yaml": `${DEPLOYER.replace("[pods, configmaps]", "[configmaps]")}---\nkind: Role\n\tx: y\n` };
  await withFolder(broken, async (directory) => {
    const { code, stdout } = await ask(directory, ".");
    expect(code).toBe(3);
    expect(stdout).toContain("rbac.yaml:");
  });
});

test("an audit log says which of the changes take away what is used", async () => {
  const event = (id: string, verb: string, uri: string) =>
    JSON.stringify({
      kind: "Event",
      apiVersion: "audit.k8s.io/v1",
      level: "Metadata",
      auditID: id,
      stage: "ResponseComplete",
      requestURI: uri,
      verb,
      user: {
        username: "system:serviceaccount:ci:deployer",
        groups: ["system:serviceaccounts", "system:authenticated"],
      },
      responseStatus: { code: 201 },
      requestReceivedTimestamp: "2026-11-01T10:00:00.000000Z",
      stageTimestamp: "2026-11-01T10:00:00.100000Z",
      annotations: { "authorization.k8s.io/decision": "allow", "authorization.k8s.io/reason": "" },
    });
  const made = event("a", "create", "/api/v1/namespaces/kube-system/configmaps");
  const logs = {
    "unused.log": `${made}\n`,
    "used.log": `${made}\n${event("b", "create", "/api/v1/namespaces/kube-system/pods")}\n`,
  };
  await withFolder(
    { ...logs, "deploy/rbac.yaml": DEPLOYER, "deploy/admin.yaml": ADMIN, "deploy/level.yaml": LEVEL },
    async (directory) => {
      const unused = await ask(directory, "deploy", "--audit-log", "unused.log");
      expect(unused.stdout.replaceAll(/\s+/g, " ")).toContain(
        'Stop it: remove "create pods" from Role kube-system/deploy (used 0 times in the given audit log)',
      );
      const used = await ask(directory, "deploy", "--audit-log", "used.log", "-o", "json");
      expect(mistakesIn(JSON.parse(used.stdout), "access-escalations.v1.json")).toEqual([]);
      // The other way to stop it breaks nobody in the log.
      expect(JSON.parse(used.stdout)).toMatchObject({
        escalations: [
          { stop: [{ change: "remove-subject", subject: "system:serviceaccount:kube-system:admin", used: 0 }] },
        ],
      });
    },
  );
});

test("--as with --as-group is one identity: rights of both add up in one request", async () => {
  const role = (name: string, rules: string, kind: string, subject: string) => `${HEADER}
kind: ClusterRole
metadata: {name: ${name}}
rules: [${rules}]
---
${HEADER}
kind: ClusterRoleBinding
metadata: {name: ${name}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${name}}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${subject}}]
---
`;
  const group = "apiGroups: [rbac.authorization.k8s.io]";
  const halves =
    role("bind", `{${group}, resources: [clusterroles], verbs: [bind]}`, "User", "jane") +
    role("create", `{${group}, resources: [clusterrolebindings], verbs: [create]}`, "Group", "dev") +
    role("bind-ops", `{${group}, resources: [clusterroles], verbs: [bind]}`, "Group", "ops");
  await withFolder({ "halves.yaml": halves }, async (directory) => {
    expect((await ask(directory, ".")).code).toBe(0);
    expect((await ask(directory, ".", "--as", "jane")).code).toBe(0);
    const both = await ask(directory, ".", "--as", "jane", "--as-group", "dev");
    expect(both.code).toBe(1);
    expect(both.stdout).toContain("jane  becomes cluster-admin in 1 step");
    const groups = await ask(directory, ".", "--as", "joe", "--as-group", "dev", "--as-group", "ops");
    expect(groups.stdout).toContain("joe  becomes cluster-admin in 1 step");
    expect((await ask(directory, ".", "--as-group", "dev", "--as-group", "ops")).code).toBe(2);
  });
});

test("who was given what their group gains is told nothing of it", async () => {
  const lists = `${HEADER}
kind: Role
metadata: {name: list, namespace: shop}
rules: [{apiGroups: [""], resources: [secrets], verbs: [list]}]
---
${HEADER}
kind: RoleBinding
metadata: {name: list, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: list}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: auditor}, {kind: ServiceAccount, name: reader, namespace: shop}]
---
${HEADER}
kind: Role
metadata: {name: tokens, namespace: shop}
rules: [{apiGroups: [""], resources: [serviceaccounts/token], verbs: [create]}]
---
${HEADER}
kind: RoleBinding
metadata: {name: tokens, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tokens}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:authenticated"}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: reader, namespace: shop}
`;
  await withFolder({ "lists.yaml": lists }, async (directory) => {
    const everyone = await ask(directory, ".");
    expect(everyone.stdout).toContain("group system:authenticated  reads every Secret of namespace shop");
    expect((await ask(directory, ".", "--as", "auditor")).code).toBe(0);
  });
});

test("a pod that cannot be read is named, and the answer incomplete", async () => {
  const pod =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: odd, namespace: shop}\nspec: {nodeName: n, containers: []}\n";
  await withFolder({ "pod.yaml": pod }, async (directory) => {
    const { code, stdout } = await ask(directory, ".");
    expect(code).toBe(3);
    expect(stdout).toContain("pod.yaml:4:");
    expect(stdout).toContain("spec.nodeName");
  });
});
