import fc from "fast-check";
import { expect, test } from "vitest";
import { deployment } from "../../../../test/network/build.ts";
import { generate as generateRandom } from "../../../../test/network/judge-generated.ts";
import { randomApplication } from "../../../../test/network/random-application.ts";
import { resourcesOf } from "../../../../test/network/resources.ts";
import { createNetwork } from "../network.ts";
import { writeAssertions } from "./assertions.ts";
import { generatePolicies, type Generated } from "./generate.ts";
import { NOTHING_GIVEN } from "./known-addresses.ts";
import { planRollout } from "./rollout.ts";

/** `a/x > b/y`: Deployments that connect. */
function shopOf(...connections: readonly string[]): Generated {
  const ends = connections.map((one) => one.split(" > "));
  const names = [...new Set(ends.flat())];
  const resources = resourcesOf(names.map((name) => deployment(name, { app: name.replace("/", "-") })));
  return generatePolicies({
    network: createNetwork(resources),
    resources,
    needs: ends.map(([from = "", to = ""]) => ({
      from: { kind: "workload", id: `${from}[Deployment]` },
      to: { kind: "workload", id: `${to}[Deployment]` },
      port: { kind: "number", protocol: "TCP", port: 80 },
      because: [{ kind: "observed", flows: 1, sources: ["flows.csv"] }],
    })),
    unresolved: [],
    kind: "NetworkPolicy",
    addresses: NOTHING_GIVEN,
    isWanted: (namespace) => namespace !== "kube-system",
    silent: "closed",
  });
}

const orderOf = (generated: Generated): readonly string[] => planRollout(generated).map(({ namespace }) => namespace);

test("callers come before what they call, and a circle does not stop the plan", () => {
  expect(orderOf(shopOf("web/w > api/a", "api/a > db/d", "web/w > db/d"))).toEqual(["web", "api", "db"]);
  expect(orderOf(shopOf("a/x > b/y", "b/y > a/x", "c/z > a/x"))).toEqual(["c", "a", "b"]);
});

test("the first workload of a namespace is one that the fewest depend on", () => {
  const [stage] = planRollout(shopOf("shop/web > shop/api", "shop/job > shop/api"));
  expect(stage?.steps.map(({ kind, policies }) => [kind, ...policies.map(({ resource }) => resource.id.name)])).toEqual(
    [
      ["canary", "job"],
      ["workloads", "api", "web"],
      ["default-deny", "default-deny"],
    ],
  );
});

test("no step of any random roll-out closes what is needed, and every policy is in exactly one step", () => {
  const isSafe = fc.property(randomApplication, (application) => {
    const generated = generateRandom(application, "NetworkPolicy");
    const steps = planRollout(generated).flatMap((stage) => stage.steps);
    expect(steps.flatMap(({ broken }) => broken)).toEqual([]);
    const policies = steps.flatMap((step) => step.policies);
    expect(new Set(policies)).toEqual(new Set(generated.policies));
    expect(policies).toHaveLength(generated.policies.length);
  });
  fc.assert(isSafe, { seed: 5, numRuns: 60 });
});

test("where all addresses are known, no assertion has to be left out", () => {
  let assertions = 0;
  const isComplete = fc.property(randomApplication, (application) => {
    const hasHosts = application.world.pods.some(({ spec }) => spec.hostNetwork === true);
    const written = writeAssertions(generateRandom(application, "NetworkPolicy"));
    assertions += written.assertions.length;
    expect(hasHosts ? 0 : written.leftOut).toBe(0);
  });
  fc.assert(isComplete, { seed: 6, numRuns: 60 });
  expect(assertions).toBeGreaterThan(200);
});
