import { expect, test } from "vitest";
import { evidenceOf, findingsOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const secret = (fields: object): object => podOf({ volumes: [{ name: "v", secret: fields }] });

test("unset is 0644", () => {
  expect(evidenceOf(rule, secret({}))).toEqual(["spec.volumes[0].secret.defaultMode: unset"]);
  expect(findingsOf(rule, secret({})).map((finding) => finding.arguments["value"])).toEqual(["0644"]);
});

test("the modes of items count for their files", () => {
  const items = [
    { key: "a", mode: 0o444 },
    { key: "b", mode: 0o400 },
  ];
  expect(evidenceOf(rule, secret({ items }))).toEqual(["spec.volumes[0].secret.items[0].mode: 292"]);
  expect(evidenceOf(rule, secret({ defaultMode: 0o440, items: [{ key: "c" }] }))).toEqual([]);
});

test("projected volumes count where a Secret is in them", () => {
  const volume = (sources: readonly object[]): object => podOf({ volumes: [{ name: "v", projected: { sources } }] });
  expect(evidenceOf(rule, volume([{ configMap: {} }, { secret: {} }]))).toEqual([
    "spec.volumes[0].projected.defaultMode: unset",
  ]);
  expect(evidenceOf(rule, volume([{ configMap: {} }]))).toEqual([]);
});
