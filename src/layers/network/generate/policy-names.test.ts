import fc from "fast-check";
import { expect, test } from "vitest";
import type { Owner } from "./owner-selector.ts";
import { DEFAULT_DENY, nameOwners } from "./policy-names.ts";

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function ownerOf(name: string, kind: string): Owner {
  const id = `shop/${name}[${kind}]`;
  const workload = { id, namespace: "shop", name, kind, pods: [] };
  return { id, namespace: "shop", workloads: [workload], selector: {}, notes: [] };
}

test("every owner has a name of its own that the API takes, and its workload's own where it can be", () => {
  const name = fc.oneof(
    fc.constantFrom("web", "web-2", "default-deny", "cleanup-*", "A.b", "-", "", "a..b", "a-.b", "x".repeat(300)),
    fc.string({ maxLength: 8 }),
  );
  const kind = fc.constantFrom("Deployment", "Job", "Pod");
  const areNames = fc.property(fc.array(fc.tuple(name, kind), { maxLength: 8 }), (drawn) => {
    const owners = drawn.map(([one, other]) => ownerOf(one, other));
    const names = [...nameOwners(owners, [DEFAULT_DENY]).values()];
    expect(new Set([...names, DEFAULT_DENY]).size).toBe(owners.length + 1);
    for (const one of names) {
      expect(one).toMatch(SUBDOMAIN);
      expect(one.length).toBeLessThanOrEqual(253);
    }
  });
  fc.assert(areNames, { seed: 3, numRuns: 500 });
  const [web, deny] = [ownerOf("web", "Deployment"), ownerOf("default-deny", "Job")];
  expect([...nameOwners([web, deny], [DEFAULT_DENY]).values()]).toEqual(["web", "default-deny-job"]);
});
