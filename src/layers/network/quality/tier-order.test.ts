import { expect, test } from "vitest";
import { checkTierOrder } from "../../../../test/network/tier-order-law.ts";

test("leaving out shadowed and redundant rules of cluster policies changes no connection", () => {
  const { shadowed, redundant } = checkTierOrder(100);
  for (const count of [shadowed, redundant]) expect(count).toBeGreaterThan(0);
});
