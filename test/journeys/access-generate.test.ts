import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { mistakesIn } from "../formats/json-schemas.ts";
import { auditLog } from "./audit-log.ts";
import { ringwall, withFolder } from "./program.ts";

const workload = (kind: string, name: string, pod: object): string =>
  `${JSON.stringify({
    apiVersion: kind === "Pod" ? "v1" : "apps/v1",
    kind,
    metadata: { name, namespace: "shop" },
    ...(kind === "Pod" ? { spec: pod } : { spec: { selector: { matchLabels: { a: name } }, template: { spec: pod } } }),
  })}\n---\n`;
const containers = (...args: readonly string[]) => ({ containers: [{ name: "main", image: "main:1", args }] });
const RBAC = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: all, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: default, namespace: shop}]
`;
const DEFAULT = "system:serviceaccount:shop:default";
const FILES = {
  "deploy.yaml": workload("Deployment", "web", containers()) + workload("Deployment", "api", containers()),
  "one.yaml": workload("Deployment", "web", containers()),
  "rbac.yaml": RBAC,
  "audit.log": auditLog([
    { verb: "get", uri: "/api/v1/namespaces/shop/configmaps/settings", user: DEFAULT, pod: "web-7d4b9c6f5-x2x5z" },
    { verb: "delete", uri: "/api/v1/namespaces/shop/secrets/tls", user: DEFAULT, pod: "api-7d4b9c6f5-x2x5z" },
    { verb: "list", uri: "/api/v1/namespaces/shop/services", user: DEFAULT },
  ]),
};
const generate = (directory: string, ...words: readonly string[]) =>
  ringwall(["access", "generate", ...words], { directory });

interface Document {
  readonly serviceAccount: { readonly name: string; readonly isNew: boolean };
  readonly automountServiceAccountToken: boolean;
  readonly needsFrom: string;
  readonly hints: readonly { readonly kind: string }[];
  readonly result: { readonly roles: readonly { readonly rules: readonly { readonly rule: object }[] }[] };
  readonly patch: object;
}

async function document(
  directory: string,
  ...words: readonly string[]
): Promise<Document & { readonly code: number | null }> {
  const { stdout, code } = await generate(directory, ...words, "-o", "json");
  const value = JSON.parse(stdout) as Document; // our own JSON
  expect(mistakesIn(value, "access-generate.v1.json")).toEqual([]);
  return { ...value, code };
}

test("a workload of a shared account gets its own, with what its own pods used", async () => {
  await withFolder(FILES, async (directory) => {
    const words = ["shop/web[Deployment]", "deploy.yaml", "rbac.yaml", "--audit-log", "audit.log"];
    const { code, stdout } = await generate(directory, ...words);
    expect(code).toBe(0);
    expect(stdout).toContain(`shop/web[Deployment]  ServiceAccount shop/web, token mounted
  today shop/default, token mounted, shared with shop/api[Deployment]
  2 requests of it in the audit log
`);
    expect(stdout).toMatch(/ {2}2026-11-25 02:\d\d to 2026-11-25 02:\d\d UTC; what happens less often is not in it\n/);
    expect(stdout).not.toMatch(/\{\w+/);
    expect(stdout).toContain(`  Role minimal:shop:web  in shop
    get configmaps[settings] in core  1 request
    list services in core  1 request
`);
    expect(stdout).toContain(`  Edit of the workload (-o patch)
    spec.template.spec.serviceAccountName: web
    spec.template.spec.automountServiceAccountToken: true
`);
    const api = await document(directory, "shop/api", ...words.slice(1));
    expect(JSON.stringify(api.result.roles)).toContain("delete");
  });
});

test("without a use in the log no token is mounted and no role is made", async () => {
  await withFolder(
    { ...FILES, "audit.log": auditLog([{ verb: "get", uri: "/api", user: "alice" }]) },
    async (directory) => {
      const { code, stdout } = await generate(
        directory,
        "shop/web",
        "deploy.yaml",
        "--audit-log",
        "audit.log",
        "-o",
        "yaml",
      );
      expect(code).toBe(0);
      const objects = parseAllDocuments(stdout).map((one) => one.toJS() as object); // our own YAML
      expect(objects).toEqual([
        {
          apiVersion: "v1",
          kind: "ServiceAccount",
          metadata: { name: "web", namespace: "shop" },
          automountServiceAccountToken: false,
        },
      ]);
      const patch = await generate(directory, "shop/web", "deploy.yaml", "--audit-log", "audit.log", "-o", "patch");
      expect(parseAllDocuments(patch.stdout)[0]?.toJS()).toEqual({
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web", namespace: "shop" },
        spec: { template: { spec: { serviceAccountName: "web", automountServiceAccountToken: false } } },
      });
    },
  );
});

test("without a log, only what is said for certain becomes a right; the rest is a hint", async () => {
  const lease = ["--leader-elect", "--leader-elect-resource-name=web", "--leader-elect-resource-namespace", "shop"];
  await withFolder(
    {
      "sure.yaml": workload("Deployment", "web", containers(...lease)),
      "unsure.yaml": workload("Deployment", "web", containers("--leader-elect", "kubectl get pods; rm -f /tmp/x")),
      "off.yaml": workload("Deployment", "web", containers("--leader-elect=false")),
      "volume.yaml": workload("Deployment", "web", {
        ...containers(),
        volumes: [{ name: "t", projected: { sources: [{ serviceAccountToken: { audience: "vault", path: "t" } }] } }],
      }),
    },
    async (directory) => {
      const sure = await document(directory, "shop/web", "sure.yaml");
      expect([sure.code, sure.automountServiceAccountToken, sure.hints, sure.needsFrom]).toEqual([
        0,
        true,
        [],
        "declared",
      ]);
      expect(sure.result.roles.flatMap(({ rules }) => rules.map(({ rule }) => rule))).toEqual([
        { verbs: ["create"], apiGroups: ["coordination.k8s.io"], resources: ["leases"] },
        { verbs: ["get", "update"], apiGroups: ["coordination.k8s.io"], resources: ["leases"], resourceNames: ["web"] },
      ]);
      const unsure = await document(directory, "shop/web", "unsure.yaml");
      expect([unsure.automountServiceAccountToken, unsure.result.roles]).toEqual([true, []]);
      expect(unsure.hints.map(({ kind }) => kind)).toEqual(["leader-election", "kubectl"]);
      const off = await document(directory, "shop/web", "off.yaml");
      expect([off.automountServiceAccountToken, off.hints]).toEqual([false, []]);
      const volume = await document(directory, "shop/web", "volume.yaml");
      expect([volume.automountServiceAccountToken, volume.hints.map(({ kind }) => kind)]).toEqual([
        false,
        ["token-for"],
      ]);
    },
  );
});

test("without a log, nothing is said of what the rights of an account are used for", async () => {
  const kept = workload("Deployment", "web", { ...containers(), serviceAccountName: "web" });
  await withFolder(
    { ...FILES, "kept.yaml": kept, "web.yaml": RBAC.replace("name: default", "name: web") },
    async (directory) => {
      const bound = await generate(directory, "shop/web", "kept.yaml", "web.yaml");
      expect([bound.code, bound.stdout]).toEqual([0, expect.stringContaining("  its bindings stay as they are\n")]);
      const bare = await generate(directory, "shop/web", "kept.yaml");
      expect([bare.code, bare.stdout]).toEqual([0, expect.stringContaining("  its own words ask for no role\n")]);
      const taken = await generate(directory, "shop/web", "one.yaml", "rbac.yaml");
      for (const { stdout } of [bound, bare, taken]) expect(stdout).not.toMatch(/unused|not judged|needs no role/);
    },
  );
});

test("rights of a shared account are nobody's without a log, and that is left open", async () => {
  await withFolder(FILES, async (directory) => {
    const shared = await document(directory, "shop/web", "deploy.yaml", "rbac.yaml");
    expect([shared.code, shared.needsFrom, shared.result.roles]).toEqual([3, "open", []]);
    const alone = await document(directory, "shop/web", "one.yaml", "rbac.yaml");
    expect([alone.code, alone.needsFrom, alone.result.roles.length]).toEqual([0, "bindings", 1]);
  });
});

test("an account of its own is kept, and so are its bindings without a log", async () => {
  const files = {
    "own.yaml": workload("Deployment", "web", { ...containers(), serviceAccountName: "front" }),
    "rbac.yaml": RBAC.replace("name: default", "name: front"),
  };
  await withFolder(files, async (directory) => {
    const kept = await document(directory, "shop/web", "own.yaml", "rbac.yaml");
    expect([kept.serviceAccount, kept.needsFrom]).toEqual([
      { namespace: "shop", name: "front", isNew: false },
      "bindings",
    ]);
    expect([kept.automountServiceAccountToken, kept.result.roles]).toEqual([true, []]);
  });
});

test("a name that somebody else's account has gets the kind beside it, and one that nobody uses is taken", async () => {
  const account = `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web, namespace: shop}\n---\n`;
  const bound = RBAC.replace("name: default", "name: web");
  const user = workload("Deployment", "other", { ...containers(), serviceAccountName: "web" });
  const files = {
    "idle.yaml": account + FILES["one.yaml"],
    "bound.yaml": `${account}${bound}---\n${FILES["one.yaml"]}`,
    "used.yaml": account + FILES["one.yaml"] + user,
  };
  await withFolder(files, async (directory) => {
    const nameIn = async (file: string) => (await document(directory, "shop/web", file)).serviceAccount.name;
    expect(await nameIn("idle.yaml")).toBe("web");
    expect(await nameIn("bound.yaml")).toBe("web-deployment");
    expect(await nameIn("used.yaml")).toBe("web-deployment");
  });
});

test.each([
  [[], "give a workload: ringwall access generate NAMESPACE/NAME[KIND] [TARGET…]"],
  [["shop/wep", "deploy.yaml"], 'no workload "shop/wep" in the input. Did you mean shop/web?'],
  [["shop/web", "deploy.yaml", "pod.yaml"], "shop/web can be any of shop/web[Deployment], shop/web[Pod]"],
  [["shop/web", "deploy.yaml", "--audit-log", "gone.log"], "no such file or directory: gone.log"],
])("%j is a mistake that is named", async (words, message) => {
  await withFolder({ ...FILES, "pod.yaml": workload("Pod", "web", containers()) }, async (directory) => {
    const { code, stderr } = await generate(directory, ...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

test("in Chinese, too", async () => {
  await withFolder(FILES, async (directory) => {
    const { stdout } = await generate(directory, "shop/web", "deploy.yaml", "--lang", "zh-CN");
    expect(stdout).toContain("与 shop/api[Deployment] 共用");
  });
});
