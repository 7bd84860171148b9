import { expect, test } from "vitest";
import { mistakesIn } from "../formats/json-schemas.ts";
import { ringwall, withFolder } from "./program.ts";

const RBAC = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules:
- apiGroups: [""]
  resources: [pods, secrets]
  verbs: [get, list]
- nonResourceURLs: [/metrics]
  verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: cart, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects:
- {kind: ServiceAccount, name: cart, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ops}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects:
- {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:serviceaccounts:shop"}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: edit, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects:
- {apiGroup: rbac.authorization.k8s.io, kind: User, name: dev}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: gone, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: gone}
subjects:
- {apiGroup: rbac.authorization.k8s.io, kind: User, name: bob}
`;

const FILES = { "rbac.yaml": RBAC, "less.yaml": RBAC.replace("[pods, secrets]", "[pods]"), "empty/none.txt": "" };
const CART = "system:serviceaccount:shop:cart";
const ask = (directory: string, ...words: readonly string[]) => ringwall(["access", ...words], { directory });

test("yes comes with the chain, its places, and what would remain without it", async () => {
  await withFolder(FILES, async (directory) => {
    const { code, stdout } = await ask(directory, "can", "get", "secrets", "-n", "shop", "--as", CART, "rbac.yaml");
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toBe(
      "yes ClusterRoleBinding ops → ClusterRole reader → rule 1: get,list pods,secrets in core " +
        "rbac.yaml:23:3 → rbac.yaml:5:3 " +
        "Removing that binding is not enough: RoleBinding shop/cart (ServiceAccount shop/cart) grants it too. ",
    );
    const json = await ask(directory, "can", "get", "secrets", "-n", "shop", "--as", CART, "rbac.yaml", "-o", "json");
    const document = JSON.parse(json.stdout) as object;
    expect(mistakesIn(document, "access-can.v1.json")).toEqual([]);
    expect(document).toMatchObject({ verdict: "yes", by: "rbac", others: [{ binding: { name: "cart" } }] });
  });
});

test("no exits 1, and names the binding that waits for a role", async () => {
  await withFolder(FILES, async (directory) => {
    const { code, stdout } = await ask(directory, "can", "get", "pods", "-n", "shop", "--as", "bob", "rbac.yaml");
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^no {4}nothing grants bob: get pods -n shop\n/)]);
    expect(stdout).toContain("RoleBinding shop/gone refers to Role gone, which is not there");
  });
});

test("a role that every cluster has need not be in the input", async () => {
  await withFolder(FILES, async (directory) => {
    const { code, stdout } = await ask(directory, "can", "create", "deploy", "-n", "shop", "--as", "dev", "rbac.yaml");
    expect([code, stdout]).toEqual([0, expect.stringContaining("taken as Kubernetes 1.37 brings it: edit")]);
  });
});

test("paths, all namespaces, groups, cluster-scoped resources and subresources", async () => {
  await withFolder(FILES, async (directory) => {
    const codes = async (...words: readonly string[]) => (await ask(directory, "can", ...words, "rbac.yaml")).code;
    expect(await codes("get", "/metrics", "--as", CART)).toBe(0);
    expect(await codes("get", "/healthz", "--as", CART)).toBe(1);
    expect(await codes("get", "pods", "-A", "--as", CART)).toBe(0);
    expect(await codes("get", "pods", "-A", "--as", "dev")).toBe(1);
    expect(await codes("delete", "nodes", "-n", "shop", "--as", "x", "--as-group", "system:masters")).toBe(0);
    expect(await codes("create", "pods", "--subresource", "exec", "-n", "shop", "--as", "dev")).toBe(0);
    expect(await codes("delete", "nodes", "--as", "x", "--as-group", "system:masters", "--authorizer", "rbac")).toBe(1);
  });
});

test("what could not be read makes a yes incomplete, and nothing read is no answer", async () => {
  await withFolder({ ...FILES, "broken.yaml": "a: [" }, async (directory) => {
    const words = ["can", "get", "/metrics", "--as", CART, "rbac.yaml", "broken.yaml"];
    const broken = await ask(directory, ...words);
    expect([broken.code, broken.stdout]).toEqual([3, expect.stringContaining("NOT EVALUATED  1")]);
    const empty = await ask(directory, "can", "get", "/metrics", "--as", CART, "empty");
    expect([empty.code, empty.stdout]).toEqual([3, expect.stringContaining("nothing was read")]);
  });
});

test("a webhook beside RBAC is said", async () => {
  const webhook =
    "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers: [{type: Webhook}]\n";
  await withFolder({ ...FILES, "authorization.yaml": webhook }, async (directory) => {
    const { stdout } = await ask(directory, "can", "get", "/healthz", "--as", CART, ".");
    expect(stdout).toContain("the API server also asks Webhook");
  });
});

test("mistakes are said in one line", async () => {
  await withFolder(FILES, async (directory) => {
    for (const [words, message] of [
      [["can", "get"], "say for whom"],
      [["can", "get", "--as", "x"], "give a verb and a resource"],
      [["can", "get", "a/b/c", "--as", "x"], "too many slashes"],
      [["can", "get", "pods", "--as", "x", "rbac.yaml", "--authorizer", "rbca"], "Did you mean rbac?"],
      [["can", "get", "pods", "--as", "x", "nope.yaml"], "no such file or directory: nope.yaml"],
      [["can", "get", "pods", "--as", "x", "rbac.yaml", "--explain"], "--explain belongs to --batch"],
      [["diff", "rbac.yaml"], "give two TARGETs"],
    ] as const) {
      const { code, stderr } = await ask(directory, ...words);
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });
});

test("who can: every subject with every chain, and how one gets into a group", async () => {
  await withFolder(FILES, async (directory) => {
    const text = await ask(directory, "who-can", "get", "secrets", "-n", "shop", "rbac.yaml");
    expect(text.code).toBe(0);
    expect(text.stdout).toContain("4 subjects may: get secrets -n shop");
    expect(text.stdout).toContain("every service account of shop, so whoever can create a pod there");
    const all = await ask(directory, "who-can", "get", "secrets", "-A", "rbac.yaml", "-o", "json");
    const document = JSON.parse(all.stdout) as object;
    expect(mistakesIn(document, "access-who-can.v1.json")).toEqual([]);
    expect(document).toMatchObject({
      subjects: [{ name: "system:masters" }, { name: "system:serviceaccounts:shop" }],
      only: [{ namespace: "shop", subjects: [{ name: "cart" }, { name: "dev" }] }],
    });
    expect((await ask(directory, "who-can", "delete", "nodes", "rbac.yaml")).code).toBe(1);
  });
});

test("list: every right, scope by scope", async () => {
  await withFolder(FILES, async (directory) => {
    const text = await ask(directory, "list", "--as", CART, "rbac.yaml", "--lang", "zh-CN");
    expect([text.code, text.stdout]).toEqual([0, expect.stringContaining("整个集群")]);
    const { stdout } = await ask(directory, "list", "--as", CART, "rbac.yaml", "-o", "json");
    const document = JSON.parse(stdout) as { readonly scopes: readonly { readonly namespace: string }[] }; // checked next
    expect(mistakesIn(document, "access-list.v1.json")).toEqual([]);
    expect(document.scopes.map(({ namespace }) => namespace)).toEqual(["", "shop"]);
  });
});

test("diff: who lost what; a difference fails only when asked to", async () => {
  await withFolder(FILES, async (directory) => {
    const ask2 = ["diff", "rbac.yaml", "less.yaml"];
    expect((await ask(directory, ...ask2)).code).toBe(0);
    const { code, stdout } = await ask(directory, ...ask2, "--exit-code", "-o", "json");
    const document = JSON.parse(stdout) as object;
    expect([code, mistakesIn(document, "access-diff.v1.json")]).toEqual([1, []]);
    expect(document).toMatchObject({
      changes: [
        { change: "lost", subject: { name: "system:serviceaccounts:shop" }, rules: [{ resources: ["secrets"] }] },
        { change: "lost", subject: { name: "cart" }, namespace: "shop" },
      ],
    });
    const same = await ask(directory, "diff", "rbac.yaml", "rbac.yaml", "--exit-code");
    expect([same.code, same.stdout]).toEqual([0, "Nobody gained or lost a right.\n"]);
  });
});

test("the insecure shop shows what was planted, the protected one nothing", async () => {
  const scan = async (folder: string) => {
    const words = ["scan", `examples/shop/${folder}`, "--layer", "access", "--fail-on", "none", "-o", "json"];
    const { stdout } = await ringwall([...words, "--no-config"]);
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly rule: string }[] }; // our own JSON
    return [...new Set(findings.map(({ rule }) => rule.slice("access/".length)))].toSorted();
  };
  expect(await scan("insecure")).toEqual([
    "authenticated-binding",
    "cluster-admin-binding",
    "dangling-role",
    "default-account-binding",
    "full-control",
    "nodes-proxy",
    "pod-exec",
    "pod-port-forward",
    "secrets-read-cluster-wide",
    "wildcard-resources",
    "wildcard-verbs",
    "workload-takeover-rights",
  ]);
  expect(await scan("protected")).toEqual([]);
});
