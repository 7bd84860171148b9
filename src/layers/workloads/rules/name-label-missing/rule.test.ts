import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test.each([
  [{ "app.kubernetes.io/name": "a" }, 0],
  [{ app: "a" }, 0],
  [{ "k8s-app": "a" }, 0],
  [{ app: "" }, 1],
  [{ tier: "web" }, 1],
])("%j", (labels, count) => expect(evidenceOf(rule, podOf({}, { labels }))).toHaveLength(count));
