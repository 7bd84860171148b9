import { expect, test } from "vitest";
import { isClusterScoped, isBuiltInGroup } from "../../kubernetes/cluster-scoped.ts";
import { isPodCarrierKind } from "../../kubernetes/pod-template.ts";
import { permissionsFor, permissionsYaml } from "./permissions.ts";
import { FEATURES, SCAN_KINDS, resourceName, scanKindsFor } from "./scan-kinds.ts";

test("Secrets are never read, not even as metadata, and nothing is a wildcard", () => {
  const names = SCAN_KINDS.map(resourceName);
  expect(names).not.toContain("secrets");
  for (const namespaces of [[], ["shop"]]) {
    const rules = permissionsFor({ namespaces }).flatMap((role) => role.rules);
    for (const rule of rules) {
      expect(rule.resources ?? []).not.toContain("secrets");
      expect([...(rule.apiGroups ?? []), ...(rule.resources ?? []), ...rule.verbs]).not.toContain("*");
      expect(rule.verbs.filter((verb) => verb !== "list" && verb !== "get")).toEqual([]);
    }
  }
});

test("each kind stands once, with a feature, and in the scope Kubernetes gives it", () => {
  expect(new Set(SCAN_KINDS.map(resourceName)).size).toBe(SCAN_KINDS.length);
  for (const kind of SCAN_KINDS) {
    expect(kind.features).not.toEqual([]);
    const isKnownScope = isBuiltInGroup(kind.group) || !kind.isNamespaced;
    if (isKnownScope)
      expect([kind, isClusterScoped(`${kind.group}/v1`.replace(/^\//, ""), kind.kind)]).toEqual([
        kind,
        !kind.isNamespaced,
      ]);
  }
});

test("custom kinds that carry pods are in all layers that look at pods", () => {
  for (const kind of SCAN_KINDS) {
    const isCarrier = isPodCarrierKind(kind.group === "" ? "v1" : `${kind.group}/v1`, kind.kind);
    const layers = kind.features.filter((feature) => feature !== "control-plane");
    if (isCarrier) expect([kind.kind, ...layers]).toEqual([kind.kind, "access", "network", "secrets", "workloads"]);
  }
});

test("a feature's role has exactly the kinds of its rows", () => {
  for (const feature of FEATURES) {
    const [role] = permissionsFor({ features: [feature] });
    const granted = (role?.rules ?? []).flatMap((rule) =>
      (rule.resources ?? []).map((resource) => resourceName({ group: rule.apiGroups?.[0] ?? "", resource })),
    );
    expect(granted.sort()).toEqual(scanKindsFor([feature]).map(resourceName).sort());
  }
});

test("with namespaces there is a Role in each and a ClusterRole for the rest", () => {
  const [cluster, shop] = permissionsFor({ features: ["network"], namespaces: ["shop"] });
  expect(cluster).toMatchObject({ kind: "ClusterRole", metadata: { name: "ringwall-scan-cluster" } });
  expect(JSON.stringify(cluster)).not.toContain('"namespaces"');
  expect(shop).toMatchObject({ kind: "Role", metadata: { name: "ringwall-scan", namespace: "shop" } });
  expect(shop?.rules.at(-1)).toEqual({
    apiGroups: [""],
    resources: ["namespaces"],
    resourceNames: ["shop"],
    verbs: ["get"],
  });
});

test("the YAML says the same as the objects", async () => {
  const { loadAll } = await import("js-yaml");
  const roles = permissionsFor({ namespaces: ["shop", "on"] });
  expect(loadAll(permissionsYaml(roles))).toEqual(JSON.parse(JSON.stringify(roles)));
});
