// Three thousand random worlds: what is called redundant, shadowed or dead is left out, and nothing changes.

import { expect, test } from "vitest";
import { checkRedundancy } from "../../../../test/network/redundancy-law.ts";
import { checkTierOrder } from "../../../../test/network/tier-order-law.ts";
import { checkToday } from "../../../../test/network/today-law.ts";

test("three thousand worlds stay as they are without what their NetworkPolicies say twice", () => {
  expect(checkRedundancy(3000).entries).toBeGreaterThan(20_000);
}, 600_000);

test("three thousand worlds stay as they are without the rules of tiers that decide nothing", () => {
  const { shadowed, redundant } = checkTierOrder(3000);
  expect(shadowed + redundant).toBeGreaterThan(5000);
}, 600_000);

test("three thousand worlds stay as they are without the rules that admit nothing today", () => {
  const { overruled, closed } = checkToday(3000);
  expect(Math.min(overruled, closed)).toBeGreaterThan(50);
}, 600_000);
