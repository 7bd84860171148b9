// KubeHound's own expectations of its test cluster (test/system/graph_edge_test.go): each of its edges is found here, or is one
// of the reviewed differences, each with the source that decides it.

import { describe, expect } from "vitest";
import { readOracle, hasOracle, testWithOracle } from "../../test/oracles/oracle.ts";
import {
  accountToPermissions,
  containerTo,
  kubeHoundWorld,
  nodeToIdentities,
  permissionToNodes,
  permissionToPermissions,
  permissionToPods,
  permissionToTokens,
  toAccount,
  toContainer,
  toNode,
  toVolume,
  unreached,
} from "../../test/oracles/kubehound.ts";
import differences from "./kubehound-differences.json" with { type: "json" };

interface Expectation {
  readonly test: string;
  readonly kind: "paths" | "containerEscape" | "rule";
  readonly edge?: string;
  readonly fromAnyOf?: readonly string[];
  readonly toAnyOf?: readonly string[];
  readonly paths?: readonly { readonly from: string; readonly to: string }[];
  readonly values?: readonly string[];
  readonly match?: "exact" | "subset";
  readonly containers?: readonly string[];
}

const ORACLE = "attack/expected-edges.json";
const test = testWithOracle(ORACLE);
const { nodes, tests } = hasOracle(ORACLE)
  ? (JSON.parse(readOracle(ORACLE)) as { readonly nodes: readonly string[]; readonly tests: readonly Expectation[] }) // its README is the contract
  : { nodes: [], tests: [] };
const found = hasOracle(ORACLE) ? kubeHoundWorld(nodes) : undefined;
const known = new Set(differences.flatMap((difference) => difference.tests));
const checked = new Set<string>();
const isRoleBind = (name: string) => name.startsWith("rolebind");

function expectation(name: string): Expectation {
  const one = tests.find((candidate) => candidate.test === `TestEdge_${name}` || candidate.test === `Test_${name}`);
  if (one === undefined) throw new Error(`no such expectation: ${name}`);
  checked.add(one.test);
  return one;
}

function pairsOf(name: string): readonly string[] {
  return (expectation(name).paths ?? []).map(({ from, to }) => `${from} -> ${to}`);
}

function world() {
  if (found === undefined) throw new Error("the oracle is not there");
  return found;
}

describe("escapes from containers", () => {
  const escapes: readonly (readonly [name: string, technique: string])[] = [
    ["CE_MODULE_LOAD", "load-kernel-module"],
    ["CE_NSENTER", "privileged-container"],
    ["CE_PRIV_MOUNT", "privileged-container"],
    ["CE_SYS_PTRACE", "host-pid-ptrace"],
    ["CE_UMH_CORE_PATTERN", "core-pattern"],
    ["CE_VAR_LOG_SYMLINK", "host-log-symlink"],
  ];
  for (const [name, technique] of escapes)
    test(`${name} is ${technique}`, () => {
      const { fromAnyOf = [], toAnyOf = [] } = expectation(name);
      const pairs = containerTo(world(), technique, toNode);
      expect(fromAnyOf.some((from) => toAnyOf.some((to) => pairs.has(`${from} -> ${to}`)))).toBe(true);
    });
});

describe("pairs of the same kind", () => {
  test("POD_EXEC, POD_PATCH and POD_CREATE are exactly those of exec-pod, patch-pod and create-pod", () => {
    expect([...permissionToPods(world(), "exec-pod")].toSorted()).toEqual(pairsOf("POD_EXEC").toSorted());
    expect([...permissionToPods(world(), "patch-pod")].toSorted()).toEqual(pairsOf("POD_PATCH").toSorted());
    expect([...permissionToNodes(world())].toSorted()).toEqual(pairsOf("POD_CREATE").toSorted());
  });

  test("PERMISSION_DISCOVER is who is bound to what", () => {
    expect([...accountToPermissions(world())].toSorted()).toEqual(pairsOf("PERMISSION_DISCOVER").toSorted());
  });

  test("IDENTITY_ASSUME is the token of a pod and the certificate of a node", () => {
    expect([...containerTo(world(), "pod-token", toAccount)]).toEqual(
      expect.arrayContaining([...pairsOf("IDENTITY_ASSUME_Container")]),
    );
    expect([...nodeToIdentities(world())]).toEqual(expect.arrayContaining([...pairsOf("IDENTITY_ASSUME_Node")]));
  });

  test("SHARE_PS_NAMESPACE is exactly that of share-process-namespace", () => {
    const pairs = containerTo(world(), "share-process-namespace", toContainer);
    expect([...pairs].toSorted()).toEqual(pairsOf("SHARE_PS_NAMESPACE").toSorted());
  });

  test("EXPLOIT_HOST_WRITE is host-path-write", () => {
    expect([...containerTo(world(), "host-path-write", toVolume(world()))]).toEqual([...pairsOf("EXPLOIT_HOST_WRITE")]);
  });

  test("TOKEN_STEAL is every account of a pod with a token", () => {
    const accounts = new Set(
      [...containerTo(world(), "pod-token", toAccount)].map((pair) => pair.split(" -> ")[1] ?? ""),
    );
    expect([...accounts].toSorted()).toEqual([...(expectation("TOKEN_STEAL").values ?? []), "default"].toSorted());
  });

  test("EXPLOIT_HOST_TRAVERSE reaches the tokens of all pods of the node, and no others", () => {
    const read = containerTo(world(), "host-path-read", toAccount);
    for (const container of expectation("EXPLOIT_HOST_TRAVERSE").containers ?? []) {
      const { pods } = world().world;
      const own = pods.find(({ containers }) => containers.some(({ name }) => name === container));
      const there = new Set(pods.filter(({ node }) => node === own?.node).map(({ account }) => account));
      const reached = [...read].filter((pair) => pair.startsWith(`${container} ->`) && !pair.includes("system:node:"));
      expect(reached.toSorted()).toEqual([...there].map((account) => `${container} -> ${account}`).toSorted());
      expect(there.size).toBeGreaterThan(1);
    }
  });

  test("CONTAINER_ATTACH and POD_ATTACH lead to every container and pod", () => {
    for (const name of ["CONTAINER_ATTACH", "POD_ATTACH"]) expect(expectation(name).kind).toBe("rule");
    expect(unreached(world())).toEqual([]);
  });

  test("the pod without faults leads nowhere but to its account", () => {
    expect(expectation("NoEdgeCase").values).toEqual([]);
    const { graph } = world();
    const index = graph.indexOf({ kind: "container", pod: "/Pod/default/control-pod", container: "control-pod" });
    expect([...graph.from(index)].map((step) => graph.steps[step]?.technique?.id)).toEqual(["pod-token"]);
  });
});

describe("ROLE_BIND", () => {
  const reach = () => permissionToPermissions(world(), isRoleBind);

  test("between cluster-wide permission sets and between those of a namespace every pair is found", () => {
    const { whole } = reach();
    for (const name of ["ROLE_BIND_CASE_1", "ROLE_BIND_CASE_2", "ROLE_BIND_CASE_3"])
      expect(pairsOf(name).filter((pair) => !whole.has(pair))).toEqual([]);
  });

  test("all of them by one binding, but those out of namespaces of whoever binds in every namespace", () => {
    const { direct } = reach();
    const later = (name: string) => new Set(pairsOf(name).filter((pair) => !direct.has(pair)));
    const outOfNamespaces = pairsOf("ROLE_BIND_CASE_1").filter((pair) => pair.startsWith("rolebind-crb-cr-rb-cr::"));
    expect(later("ROLE_BIND_CASE_1")).toEqual(new Set(outOfNamespaces));
    // Role `admin` of the namespace may do everything there, so that binding it is binding the others too.
    expect(later("ROLE_BIND_CASE_3")).toEqual(new Set());
  });

  test("what KubeHound's authors call failing leads nowhere, and no binding in a namespace reaches out of it", () => {
    const { direct, whole } = reach();
    expect([...whole].filter((pair) => pair.split("::")[0]?.endsWith("-fail"))).toEqual([]);
    expect([...direct].filter((pair) => /^rolebind-rb-.* -> rolebind-crb-/.test(pair))).toEqual([]);
  });
});

describe("reviewed differences", () => {
  test("reading Secrets gives no token where no Secret holds one, and all 34 where one does", () => {
    expect(permissionToTokens(world()).size).toBe(0);
    const accounts = new Set(pairsOf("TOKEN_LIST").map((pair) => pair.split(" -> ")[1]));
    const secrets = [...accounts].map(tokenSecret).join("---\n");
    const pairs = [...pairsOf("TOKEN_LIST"), ...pairsOf("TOKEN_BRUTEFORCE")];
    expect([...permissionToTokens(kubeHoundWorld(nodes, secrets))].toSorted()).toEqual(pairs.toSorted());
  });

  test("every expectation is checked here or is a difference, and the figures add up", () => {
    const pairs = tests.flatMap(({ paths }) => paths ?? []).length;
    const missing = differences.reduce((sum, difference) => sum + difference.missing, 0);
    expect({ tests: tests.length, pairs, missing }).toEqual({ tests: 31, pairs: 202, missing: 35 });
    expect(tests.map((one) => one.test).filter((name) => !checked.has(name) && !known.has(name))).toEqual([]);
    for (const { source, reason } of differences) expect(source.length * reason.length).toBeGreaterThan(0);
  });
});

function tokenSecret(account = ""): string {
  return `apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata:
  name: ${account}
  namespace: default
  annotations: { kubernetes.io/service-account.name: ${account} }
`;
}
