import { expect, test } from "vitest";
import { checkTierOrder } from "./tier-order.fixture.ts";

test("leaving out shadowed and redundant rules of cluster policies changes no connection", () => {
  const { shadowed, redundant } = checkTierOrder(200);
  for (const count of [shadowed, redundant]) expect(count).toBeGreaterThan(0);
});
