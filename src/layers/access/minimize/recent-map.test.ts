import { expect, test } from "vitest";
import { createRecentMap } from "./recent-map.ts";

test("what comes back stays, what does not is let go, and memory does not grow", () => {
  let forgotten = 0;
  const map = createRecentMap<number, string>(10, () => forgotten++);
  map.set(0, "kept");
  for (let key = 1; key <= 1000; key++) {
    map.set(key, String(key));
    expect(map.get(0)).toBe("kept");
  }
  expect(map.get(1000)).toBe("1000");
  expect(map.get(500)).toBeUndefined();
  expect(forgotten).toBeGreaterThan(90);
});
