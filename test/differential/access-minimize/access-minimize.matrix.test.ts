import { describe } from "vitest";
import { OTHER_KUBERNETES_VERSIONS } from "../../servers/components.ts";
import { testReplay } from "./replay.ts";

for (const version of OTHER_KUBERNETES_VERSIONS) {
  describe(`Kubernetes ${version}`, () => {
    testReplay({ auditLevel: "RequestResponse", version, withNecessity: false });
  });
}
