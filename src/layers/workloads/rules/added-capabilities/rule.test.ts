import { expect, test } from "vitest";
import { everyContainer, evidenceOf, findingsOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const adding = (...add: readonly (string | null)[]): object => ({ securityContext: { capabilities: { add } } });

test("every kind of container is looked at", () => {
  expect(keysOf(rule, podOf(everyContainer(adding("SYS_ADMIN"))))).toEqual(["init", "sidecar", "main", "debug"]);
});

test("one container is one finding that names each capability", () => {
  const [finding, ...others] = findingsOf(
    rule,
    podOf({ containers: [{ name: "a", ...adding("SYS_ADMIN", "CHOWN", "NET_RAW") }] }),
  );
  expect([finding?.arguments["value"], others]).toEqual(["SYS_ADMIN, NET_RAW", []]);
});

test("names are taken as the API takes them: case counts, and CAP_ is no part of them", () => {
  expect(evidenceOf(rule, podOf({ containers: [{ name: "a", ...adding("chown", "CAP_CHOWN", "CHOWN") }] }))).toEqual([
    'spec.containers[0].securityContext.capabilities.add[0]: "chown"',
    'spec.containers[0].securityContext.capabilities.add[1]: "CAP_CHOWN"',
  ]);
});
