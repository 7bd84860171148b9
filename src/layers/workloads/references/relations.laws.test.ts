import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { loadAll } from "js-yaml";
import { expect, test } from "vitest";
import { RULES } from "../../../controls/registry.generated.ts";
import { createRun, type RunResult } from "../../../controls/run.ts";
import { REPOSITORY } from "../../../../scripts/rule-folders.ts";
import { RELATIONS } from "./relation-facts.ts";

const rules = RULES.filter((rule) => rule.scope === "cluster" && rule.projections?.includes(RELATIONS) === true);

function objectsOf(folder: string): readonly object[] {
  const directory = join(REPOSITORY, "examples/shop", folder);
  return readdirSync(directory).flatMap((file) => loadAll(readFileSync(join(directory, file), "utf8")) as object[]); // our own examples
}

function run(objects: readonly object[]): RunResult {
  const one = createRun({ rules, minor: 36, defaultNamespace: "default", isInScope: () => true });
  for (const object of objects) one.add(object, () => undefined, { kind: "file", file: "shop.yaml" });
  return one.finish();
}

const brief = ({ findings }: RunResult): readonly string[] =>
  findings.map(({ rule, resource, key }) => `${rule.id} ${resource.kind}/${resource.name} ${key}`).sort();

const insecure = objectsOf("insecure");
const protected_ = objectsOf("protected");

test("the protected shop has no finding, the insecure one has those planted in it", () => {
  expect(brief(run(protected_))).toEqual([]);
  expect(brief(run(insecure))).toEqual(
    expect.arrayContaining([
      "workloads/autoscaler-target-missing HorizontalPodAutoscaler/web web-frontend",
      "workloads/configmap-missing Deployment/web web-templates",
      "workloads/disruption-budget-never-satisfiable PodDisruptionBudget/payments ",
      "workloads/ingress-backend-missing Ingress/web checkout",
      "workloads/secret-key-missing Deployment/payments processor/token",
      "workloads/service-account-missing ReplicationController/mailer mailer",
      "workloads/service-named-port-missing Service/api api-http",
      "workloads/service-selects-nothing Service/search ",
      "workloads/stateful-set-service-missing StatefulSet/ledger ledger-headless",
      "workloads/volume-claim-missing ReplicaSet/search search-data",
    ]),
  );
});

test("the order of the objects does not matter", () => {
  const all = [...insecure];
  const expected = brief(run(all));
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(brief(run(shuffled))).toEqual(expected);
    }),
    { seed: 11, numRuns: 30 },
  );
});

test("any part of the protected shop is judged without a false 'missing' once its own kind is whole", () => {
  // Leaving out one namespace never makes anything in another dangle.
  for (const namespace of ["shop", "payments", "monitoring"]) {
    const part = protected_.filter((object) => JSON.stringify(object).includes(`"namespace":"${namespace}"`));
    expect([namespace, brief(run(part))]).toEqual([namespace, []]);
  }
});
