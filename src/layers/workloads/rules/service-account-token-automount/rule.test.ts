import { expect, test } from "vitest";
import { evidenceOf, findingsOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const account = (automountServiceAccountToken: boolean | null, name = "cart", namespace = "default"): object => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name, namespace },
  automountServiceAccountToken,
});
const pod = (automountServiceAccountToken: boolean | null, serviceAccountName: string | null = "cart"): object =>
  podOf({ automountServiceAccountToken, serviceAccountName });

test.each([
  [null, null, 1],
  [null, true, 1],
  [null, false, 0],
  [true, false, 1],
  [false, true, 0],
])("pod says %s, account says %s", (ofPod, ofAccount, count) => {
  expect(evidenceOf(rule, [pod(ofPod), account(ofAccount)])).toHaveLength(count);
  expect(evidenceOf(rule, [account(ofAccount), pod(ofPod)])).toHaveLength(count);
});

test("the account is the pod's own: by name and namespace, default where none is named", () => {
  expect(evidenceOf(rule, [pod(null), account(false, "other"), account(false, "cart", "shop")])).toHaveLength(1);
  expect(evidenceOf(rule, [pod(null, null), account(false, "default")])).toEqual([]);
  expect(findingsOf(rule, pod(null, null)).map((finding) => finding.arguments)).toEqual([{ account: "default" }]);
});

test("an account that is not there says nothing", () => {
  expect(evidenceOf(rule, pod(null))).toEqual(["spec.automountServiceAccountToken: unset"]);
});

test("static pods have no account", () => {
  expect(evidenceOf(rule, podOf({}, { annotations: { "kubernetes.io/config.mirror": "x" } }))).toEqual([]);
});
