import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const pod = (priorityClassName: string, namespace: string): object => podOf({ priorityClassName }, { namespace });

test("only the two classes, and only outside kube-system", () => {
  expect(evidenceOf(rule, pod("system-node-critical", "shop"))).toEqual([
    'spec.priorityClassName: "system-node-critical"',
  ]);
  expect(
    [pod("system-node-critical", "kube-system"), pod("system-of-record", "shop")].flatMap((object) =>
      evidenceOf(rule, object),
    ),
  ).toEqual([]);
});
