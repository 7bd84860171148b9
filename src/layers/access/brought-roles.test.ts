import { expect, test } from "vitest";
import { NEWEST_KNOWN_MINOR } from "../../kubernetes/kubernetes-version.ts";
import { broughtRoles } from "./brought-roles.ts";
import { account, clusterRole, clusterRoleBinding, roleBinding } from "./objects.fixture.ts";

const subjects = [account("shop", "cart")];
const namesFor = (...objects: Parameters<typeof broughtRoles>[0][]) =>
  broughtRoles(
    objects.flatMap((list) => [...list]),
    NEWEST_KNOWN_MINOR,
  ).map(({ metadata }) => metadata?.name);

test("what is referred to and not in the input, nothing else", () => {
  expect(namesFor([clusterRoleBinding("a", "cluster-admin", subjects)])).toEqual(["cluster-admin"]);
  expect(namesFor([clusterRoleBinding("a", "cluster-admin", subjects), clusterRole("cluster-admin", [])])).toEqual([]);
  expect(namesFor([clusterRoleBinding("a", "own", subjects), clusterRole("view", [])])).toEqual([]);
});

test("aggregated roles come with their parts", () => {
  const names = namesFor([roleBinding("shop", "a", "ClusterRole/admin", subjects)]);
  expect(names).toEqual(expect.arrayContaining(["admin", "edit", "view", "system:aggregate-to-view"]));
});

test("a Role is that of the binding's namespace", () => {
  const name = "extension-apiserver-authentication-reader";
  expect(namesFor([roleBinding("kube-system", "a", `Role/${name}`, subjects)])).toEqual([name]);
  expect(namesFor([roleBinding("shop", "a", `Role/${name}`, subjects)])).toEqual([]);
});
