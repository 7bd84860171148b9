// Whatever the objects hold, the engine answers and says what it could not read; it never throws.

import fc from "fast-check";
import { expect, test } from "vitest";
import { endOf } from "../../../test/network/agreement.ts";
import { network, pod, policy, service } from "../../../test/network/build.ts";
import { randomWorld } from "../../../test/network/random-world.ts";
import { objectsOf } from "../../../test/network/raw-objects.ts";
import { resourcesIn } from "../../../test/network/resources.ts";
import { createNetwork } from "./network.ts";
import { askLine, lineDocument } from "./questions/reach-batch.ts";
import { evaluateAssertions } from "./questions/assertion-file.ts";

const junk = fc.oneof(
  fc.constantFrom(null, "", 0, -1, 1.5, true, [], {}, [null], "a/b", "10.0.0.0/8"),
  fc.anything({ maxDepth: 2 }),
);

/** Puts `value` somewhere below `target`, as `choices` say. */
function corrupt(target: unknown, choices: readonly number[], value: unknown): unknown {
  if (target === null || typeof target !== "object" || choices.length === 0) return value;
  const keys = Object.keys(target);
  const key = keys[(choices[0] ?? 0) % Math.max(1, keys.length)];
  if (key === undefined) return value;
  const copy = Object.assign(Array.isArray(target) ? [] : {}, target) as Record<string, unknown>; // an array has string keys too
  copy[key] = corrupt(copy[key], choices.slice(1), value);
  return copy;
}

test("objects with anything in any place are read or refused", () => {
  const world = randomWorld({ hasTiers: true, hasOpenQuestions: true });
  const damage = fc.array(fc.tuple(fc.nat(30), fc.array(fc.nat(9), { maxLength: 7 }), junk), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(world, damage, (raw, damages) => {
      let objects: unknown[] = [...objectsOf(raw)];
      for (const [index, choices, value] of damages) {
        objects = objects.map((one, position) =>
          position === index % objects.length ? corrupt(one, choices, value) : one,
        );
      }
      const network = createNetwork(resourcesIn(objects));
      const rows = [...network.map().rows()];
      expect(rows.reduce((sum, { sources }) => sum + sources.length, 0)).toBe(network.workloads.length);
      for (const workload of network.workloads) {
        const end = { kind: "pods", pods: workload.pods } as const;
        const answer = network.reach({ source: end, destination: { kind: "addresses", set: [0, 1] } });
        answer.explain("egress");
      }
      network.entryPoints();
    }),
    { seed: 9, numRuns: 200 },
  );
});

test("questions and assertions of any shape get an answer", () => {
  const network = createNetwork([]);
  fc.assert(
    fc.property(
      junk,
      fc.record({ from: junk, to: junk, ports: junk, expect: junk, onlyFrom: junk }),
      (line, assertion) => {
        expect(lineDocument(askLine(network, line, true)).verdict).toBeDefined();
        expect(evaluateAssertions(network, { assertions: [assertion] })).toBeDefined();
      },
    ),
    { seed: 9 },
  );
});

test("numbers that are no ports open nothing, of no protocol", () => {
  const spec = {
    podSelector: { matchLabels: { app: "big" } },
    ingress: [{ ports: [{ port: "web" }, { port: "low" }] }],
  };
  const ports = [
    { name: "web", containerPort: 70_000 },
    { name: "low", containerPort: -5 },
  ];
  const objects = [pod("shop/big", { labels: { app: "big" }, ports }), pod("shop/a"), policy("shop/p", spec)];
  const asked = network(objects);
  const question = { source: endOf(asked, "shop/a"), destination: endOf(asked, "shop/big") };
  expect(asked.reach(question).ports).toEqual([]);
  const bad = service("shop/big", {
    selector: { app: "big" },
    ports: [{ port: 80, targetPort: 70_000 }, { port: 70_000 }],
  });
  expect(network([...objects, bad]).services().all[0]?.ports).toEqual([]);
});
