import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test("only public ones count, IPv6 too", () => {
  const nameservers = ["10.96.0.10", "1.1.1.1", "2606:4700:4700::1111", null];
  expect(evidenceOf(rule, podOf({ dnsConfig: { nameservers } }))).toEqual([
    'spec.dnsConfig.nameservers[1]: "1.1.1.1"',
    'spec.dnsConfig.nameservers[2]: "2606:4700:4700::1111"',
  ]);
});
