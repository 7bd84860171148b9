import { describe, expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { OTHER_KUBERNETES_VERSIONS } from "../servers/components.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { compareEphemeralContainers, comparePods, compareTemplates } from "./pod-security-comparison.ts";

const MINUTES = 60_000;

/** Gates of fields that a check reads: where one is off, the server drops the field before admission sees it. */
function gatesOf(version: string): Readonly<Record<string, boolean>> {
  const minor = Number(version.split(".")[1]);
  if (minor >= 33) return {};
  return { UserNamespacesSupport: true, ProcMountType: true };
}

for (const version of OTHER_KUBERNETES_VERSIONS) {
  describe(`Kubernetes ${version}`, () => {
    const controlPlane = sharedControlPlane({ version, featureGates: gatesOf(version) });
    testWithServers(
      "its Pod Security admission says of random pods, templates and ephemeral containers what we say",
      async () => {
        const pods = await comparePods(controlPlane(), { seed: 20_251, count: 3000 });
        expect(Math.min(pods.denied, pods.warned, pods.passed)).toBeGreaterThan(200);
        const templates = await compareTemplates(controlPlane(), { seed: 20_252, count: 600 });
        expect(Math.min(templates.warned, templates.passed)).toBeGreaterThan(50);
        const ephemeral = await compareEphemeralContainers(controlPlane(), { seed: 20_253, count: 600 });
        expect(Math.min(ephemeral.denied, ephemeral.passed)).toBeGreaterThan(30);
      },
      { version, timeout: 10 * MINUTES },
    );
  });
}
