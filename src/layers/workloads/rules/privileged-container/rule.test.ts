import { expect, test } from "vitest";
import { evaluateManifest } from "../../../../../test/evaluate-manifest.ts";
import { rule } from "./rule.ts";

const pod = (spec: object): string => JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec });
const privileged = { securityContext: { privileged: true } };

test("every kind of container is looked at", async () => {
  const spec = {
    initContainers: [{ name: "init", ...privileged }, { name: "sidecar", restartPolicy: "Always", ...privileged }],
    containers: [{ name: "main", ...privileged }],
    ephemeralContainers: [{ name: "debug", ...privileged }],
  };
  const { findings } = await evaluateManifest(pod(spec), { rules: [rule] });
  expect(findings.map(({ key }) => key)).toEqual(["init", "sidecar", "main", "debug"]);
});

test("false and null are the default", async () => {
  const containers = [{ name: "a", securityContext: { privileged: false } }, { name: "b", securityContext: { privileged: null } }];
  const { findings } = await evaluateManifest(pod({ containers }), { rules: [rule] });
  expect(findings).toEqual([]);
});
