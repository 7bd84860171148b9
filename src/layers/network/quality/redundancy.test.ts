import { expect, test } from "vitest";
import { checkRedundancy } from "../../../../test/network/redundancy-law.ts";

test("leaving out redundant peers, rules and policies changes no connection, nor do the smallest specs", () => {
  const { entries, policies, unions, smaller, merged } = checkRedundancy(200);
  for (const count of [entries, policies, unions, smaller, merged]) expect(count).toBeGreaterThan(0);
});
