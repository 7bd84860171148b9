import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";

const id = { apiVersion: "apps/v1", group: "apps", kind: "Deployment", namespace: "shop", name: "cart" };

test("the API version and the file do not count, everything else does", () => {
  const base = fingerprint("workloads/a", id, "main");
  expect(fingerprint("workloads/a", { ...id, apiVersion: "apps/v1beta1" }, "main")).toBe(base);
  const others = [
    fingerprint("workloads/b", id, "main"),
    fingerprint("workloads/a", id, "other"),
    ...(["group", "kind", "namespace", "name"] as const).map((field) =>
      fingerprint("workloads/a", { ...id, [field]: "x" }, "main"),
    ),
  ];
  expect(new Set([base, ...others]).size).toBe(others.length + 1);
  expect(base).toMatch(/^[0-9a-f]{16}$/);
});

test("fingerprints never change between releases", () => {
  expect(fingerprint("workloads/privileged-container", id, "main")).toBe("63759e90d54e42ee");
});

test("a million findings do not collide", () => {
  const seen = new Set<string>();
  for (let index = 0; index < 200_000; index++)
    seen.add(fingerprint("workloads/a", { ...id, name: `cart-${index}` }, "main"));
  expect(seen.size).toBe(200_000);
});
