import { expect, test } from "vitest";
import { kubernetesLinkerFlags, kubernetesModule } from "./kubernetes-module.ts";

const TEMPLATE =
  "module m\n\n${upstream directives}\n\nrequire k8s.io/kubernetes v${version}\n\nreplace (\n${staging modules}\n)\n";
const UPSTREAM = `module k8s.io/kubernetes

go 1.23.0

godebug default=go1.23

godebug winsymlink=0

require k8s.io/api v0.0.0

replace (
\tk8s.io/api => ./staging/src/k8s.io/api
\tk8s.io/kms => ./staging/src/k8s.io/kms
)
`;

test("the module takes its language version from upstream and its staging modules from the same release", () => {
  expect(kubernetesModule(TEMPLATE, "1.32.13", UPSTREAM)).toBe(`module m

go 1.23.0
godebug default=go1.23
godebug winsymlink=0

require k8s.io/kubernetes v1.32.13

replace (
\tk8s.io/api => k8s.io/api v0.32.13
\tk8s.io/kms => k8s.io/kms v0.32.13
)
`);
});

test("a command is told its version", () => {
  const flags = kubernetesLinkerFlags("1.36.3");
  expect(flags).toContain("-X k8s.io/component-base/version.gitVersion=v1.36.3");
  expect(flags).toContain("-X k8s.io/component-base/version.gitMinor=36");
});
