import { expect, test } from "vitest";
import { effectiveMinor, formatPolicyVersion, parsePolicyVersion } from "./policy-version.ts";

test.each([
  ["latest", "latest"],
  ["v1.0", 0],
  ["v1.37", 37],
  ["v1.99", 99],
] as const)("%s is a policy version", (text, version) => {
  expect(parsePolicyVersion(text)).toBe(version);
  expect(formatPolicyVersion(version)).toBe(text);
});

test.each(["", "Latest", "1.30", "v1", "v1.", "v1.03", "v1.3.0", "v2.1", "v1.-1", " v1.30", "v1.30\n", "v1.٣"])(
  "%j is no policy version",
  (text) => {
    expect(parsePolicyVersion(text)).toBeUndefined();
  },
);

test("a minor that Go's int cannot hold is no policy version", () => {
  expect(parsePolicyVersion("v1.9223372036854775807")).toBeDefined();
  expect(parsePolicyVersion("v1.9223372036854775808")).toBeUndefined();
});

test("latest and unknown newer versions evaluate as the newest known", () => {
  expect(effectiveMinor("latest")).toBe(37);
  expect(effectiveMinor(38)).toBe(37);
  expect(effectiveMinor(36)).toBe(36);
});
