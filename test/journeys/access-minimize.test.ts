import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { mistakesIn } from "../formats/json-schemas.ts";
import { auditEvent, auditLog, CART } from "./audit-log.ts";
import { ringwall, withFolder } from "./program.ts";

const RBAC = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: worker}
rules:
- apiGroups: [""]
  resources: [pods, secrets, configmaps]
  verbs: [get, list, watch, delete]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [clusterroles]
  verbs: [bind]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: worker}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: worker}
subjects:
- {kind: ServiceAccount, name: cart, namespace: shop}
- {apiGroup: rbac.authorization.k8s.io, kind: Group, name: ops}
`;
const USED = [
  { verb: "list", uri: "/api/v1/namespaces/shop/pods?limit=500" },
  { verb: "watch", uri: "/api/v1/namespaces/shop/pods?allowWatchBookmarks=true&watch=true" },
  { verb: "get", uri: "/api/v1/namespaces/shop/configmaps/settings" },
  { verb: "get", uri: "/api/v1/namespaces/shop/configmaps/settings", code: 404 },
  { verb: "get", uri: "/api/v1/namespaces/shop/secrets/none", code: 403, decision: "forbid" },
  { verb: "get", uri: "/apis" },
] as const;
const FILES = { "audit.log": auditLog(USED), "rbac.yaml": RBAC };
const minimize = (directory: string, ...words: readonly string[]) =>
  ringwall(["access", "minimize", ...words], { directory });

test("a person sees the proposal, its proof, what to leave, and what cannot be judged", async () => {
  await withFolder(FILES, async (directory) => {
    const { code, stdout } = await minimize(directory, "--audit-log", "audit.log", "rbac.yaml");
    expect(code).toBe(0);
    expect(stdout).toContain(`6 events of 1 identity in 1 file, 2026-11-25`);
    expect(stdout).toContain(`${CART}  0 of 4 used rights lost
  1 more used right through groups and roles that every API server brings: untouched
  Role minimal:shop:cart  in shop
    get configmaps[settings] in core  2 requests
    list,watch pods in core  2 requests
  leave ClusterRoleBinding worker → ClusterRole worker, which stays for 1 other  rbac.yaml:16:1
`);
    expect(stdout).toContain("unused cluster-wide: ");
    expect(stdout).toContain("not judged cluster-wide, for it is checked inside other requests");
  });
});

test("-o yaml is what to apply, with the binding that stays for others", async () => {
  await withFolder(FILES, async (directory) => {
    const { code, stdout } = await minimize(directory, "--audit-log", "audit.log", "rbac.yaml", "-o", "yaml");
    expect(code).toBe(0);
    const objects = parseAllDocuments(stdout).map((one) => one.toJS() as Record<string, unknown>); // our own YAML
    expect(objects.map(({ kind }) => kind)).toEqual(["Role", "RoleBinding", "ClusterRoleBinding"]);
    expect(objects[0]).toMatchObject({
      metadata: { name: "minimal:shop:cart", namespace: "shop" },
      rules: [
        { apiGroups: [""], resources: ["configmaps"], resourceNames: ["settings"], verbs: ["get"] },
        { apiGroups: [""], resources: ["pods"], verbs: ["list", "watch"] },
      ],
    });
    expect(objects[2]).toMatchObject({ metadata: { name: "worker" }, subjects: [{ kind: "Group", name: "ops" }] });
  });
});

test("a proposal that was applied proposes itself", async () => {
  await withFolder(FILES, async (directory) => {
    const words = ["--audit-log", "audit.log", "-o", "yaml"];
    const first = await minimize(directory, ...words, "rbac.yaml");
    const role = RBAC.slice(0, RBAC.indexOf("---"));
    const applied = await ringwall(["access", "minimize", ...words, "-"], {
      directory,
      input: `${role}---\n${first.stdout}`,
    });
    expect(applied.code).toBe(0);
    const objects = (text: string) =>
      parseAllDocuments(text).map((one) => one.toJS() as { metadata: { name: string } }); // our own YAML
    expect(objects(applied.stdout)).toEqual(objects(first.stdout).slice(0, 2));
  });
});

test.each(["en", "zh-CN"])("the JSON is as its schema says, in %s", async (language) => {
  await withFolder(FILES, async (directory) => {
    const words = ["--audit-log", "audit.log", "-o", "json", "--lang", language];
    for (const more of [["rbac.yaml"], ["--log-only"]]) {
      const { code, stdout } = await minimize(directory, ...words, ...more);
      expect([code, mistakesIn(JSON.parse(stdout), "access-minimize.v1.json")]).toEqual([0, []]);
    }
  });
});

test("a rotated set is one log: a folder, gzipped files, and standard input", async () => {
  const [one, two] = [auditLog(USED.slice(0, 2)), auditLog(USED.slice(2))];
  await withFolder({ "set/a.log": one, "set/b.log.gz": gzipSync(two) }, async (directory) => {
    const words = ["access", "minimize", "--log-only", "-o", "json", "--audit-log"];
    const folder = JSON.parse((await ringwall([...words, "set"], { directory })).stdout) as { log: object }; // our own JSON
    expect(folder.log).toMatchObject({ files: 2, events: 6, refused: 1 });
    const input = gzipSync(one + two);
    const piped = JSON.parse((await ringwall([...words, "-"], { directory, input })).stdout) as { log: object }; // our own JSON
    expect(piped.log).toMatchObject({ files: 1, events: 6, refused: 1 });
  });
});

test("what could not be read is named with its line, and the run is incomplete", async () => {
  const log = `${auditLog(USED)}no json\n{"kind":"Event","apiVersion":"audit.k8s.io/v1beta1"}\n{"kind":"Eve`;
  await withFolder({ "audit.log": log, "none.log": "" }, async (directory) => {
    const { code, stdout } = await minimize(directory, "--log-only", "--audit-log", "audit.log");
    expect(code).toBe(3);
    expect(stdout).toContain("NOT EVALUATED  3\n");
    expect(stdout).toContain("audit.log:7:1  no JSON");
    expect(stdout).toContain("audit.log:8:1  audit.k8s.io/v1beta1: only audit.k8s.io/v1 is read");
    expect(stdout).toContain("audit.log:9:1  the line ends before its JSON does");
    expect((await minimize(directory, "--log-only", "--audit-log", "none.log")).code).toBe(3);
  });
});

test("what the log does not show in full is not proved, and exits 3", async () => {
  const binding = { verb: "create", uri: "/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings", code: 201 };
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" };
  await withFolder(
    { "audit.log": auditLog([binding]), "full.log": auditLog([{ ...binding, request: { roleRef } }]) },
    async (directory) => {
      const unknown = await minimize(directory, "--log-only", "--audit-log", "audit.log");
      expect([unknown.code, unknown.stdout]).toEqual([
        3,
        expect.stringContaining("not proved: wrote RoleBinding shop/"),
      ]);
      const known = await minimize(directory, "--log-only", "--audit-log", "full.log");
      expect([known.code, known.stdout]).toEqual([0, expect.stringContaining("bind clusterroles[view]")]);
    },
  );
});

test.each([
  [[], "give the audit log: --audit-log FILE"],
  [["--audit-log", "gone.log"], "no such file or directory: gone.log"],
  [
    ["--audit-log", "audit.log", "--subject", "Group/ops"],
    'a log shows users, not groups, so "Group/ops" cannot be minimized',
  ],
  [["--audit-log", "audit.log", "--subject", "sa/cart"], 'no such subject "sa/cart"'],
  [["--audit-log", "audit.log", "--names", "few"], 'no such number of names: "few"'],
  [["--audit-log", "audit.log", "--log-only", "rbac.yaml"], "--log-only reads no TARGET"],
  [["--audit-log", "-", "-"], "standard input can be the audit log or a TARGET, not both"],
  [["--audit-log", "audit.log", "-o", "yml"], 'no such format "yml". Did you mean yaml?'],
])("%j is a mistake that is named", async (words, message) => {
  await withFolder(FILES, async (directory) => {
    const { code, stderr } = await minimize(directory, ...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

test("a subject can be named as people name it, in the log or not", async () => {
  await withFolder(FILES, async (directory) => {
    const words = ["--audit-log", "audit.log", "rbac.yaml", "-o", "json"];
    for (const subject of ["ServiceAccount/shop/cart", "sa/shop/cart", CART]) {
      const { stdout } = await minimize(directory, ...words, "--subject", subject);
      const { subjects } = JSON.parse(stdout) as { subjects: { user: string; proof: { tuples: number } }[] }; // our own JSON
      expect(subjects).toMatchObject([{ user: CART, proof: { tuples: 4 } }]);
    }
    const nobody = await minimize(directory, ...words, "--subject", "User/nobody");
    expect(JSON.parse(nobody.stdout)).toMatchObject({ subjects: [{ user: "nobody", proof: { tuples: 0 } }] });
  });
});

test("an EventList of a webhook, over several lines, is a log", async () => {
  const items = USED.map((line) => auditEvent(line));
  const list = { kind: "EventList", apiVersion: "audit.k8s.io/v1", metadata: {}, items };
  await withFolder({ "batch.json": JSON.stringify(list, null, 2) }, async (directory) => {
    const { code, stdout } = await minimize(directory, "--log-only", "--audit-log", "batch.json", "-o", "json");
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { log: { events: 6 } }]);
  });
});

test("a log of requests received alone proves nothing, and exits 3", async () => {
  const received = auditLog(USED).replaceAll('"ResponseComplete"', '"RequestReceived"');
  await withFolder({ "audit.log": received, "rbac.yaml": RBAC }, async (directory) => {
    const { code, stdout } = await minimize(directory, "--audit-log", "audit.log", "rbac.yaml");
    expect(stdout).toContain("only requests received were logged");
    expect(code).toBe(3);
  });
});
