import { expect, test } from "vitest";
import { checkToday } from "../../../../test/network/today-law.ts";

test("leaving out what admits nothing today changes no connection of the pods there are", () => {
  const { overruled, closed } = checkToday(150);
  for (const count of [overruled, closed]) expect(count).toBeGreaterThan(0);
});
