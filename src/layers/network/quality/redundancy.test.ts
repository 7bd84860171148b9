import { expect, test } from "vitest";
import { checkRedundancy } from "../../../../test/network/redundancy-law.ts";

test("leaving out redundant peers, rules and policies changes no connection, nor does the smallest spec", () => {
  const { entries, policies, unions, smaller } = checkRedundancy(200);
  for (const count of [entries, policies, unions, smaller]) expect(count).toBeGreaterThan(0);
});
