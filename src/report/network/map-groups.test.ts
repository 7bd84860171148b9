// Groups say what the pairs say; the text of many groups stays short and says what it leaves out.

import fc from "fast-check";
import { expect, test } from "vitest";
import { networkOf } from "../../../test/network/agreement.ts";
import { namespace, network, pod, policy } from "../../../test/network/build.ts";
import { randomWorld } from "../../../test/network/random-world.ts";
import { objectsOf } from "../../../test/network/raw-objects.ts";
import { mapJson } from "../../layers/network/questions/map-json.ts";
import type { Network } from "../../layers/network/network.ts";
import { catalogueOf } from "../catalogue.ts";
import { PLAIN } from "../text/style.ts";
import { edgesOf, groupMap } from "./map-groups.ts";
import { mapText } from "./map-text.ts";

const world = randomWorld({ hasTiers: true, hasOpenQuestions: true });

test("groups, written out, are the pairs", () => {
  fc.assert(
    fc.property(world, (raw) => {
      fc.pre(objectsOf(raw).length > 0);
      const one = networkOf(raw);
      const parts = mapJson(one);
      expect(linesOfGroups(one, "ports")).toEqual([...parts.connections()].map(lineOf).toSorted());
      const questions = [...parts.depends()].map(({ on, ...rest }) => `${lineOf(rest)} ${on.join()}`);
      expect(linesOfGroups(one, "depends")).toEqual(questions.toSorted());
    }),
    { seed: 11, numRuns: 60 },
  );
});

function lineOf({ from, to, ports }: { readonly from: string; readonly to: string; readonly ports: unknown }): string {
  return `${from} > ${to} ${JSON.stringify(ports)}`;
}

/** A workload that reaches itself reaches its other replicas: members of one group each reach all. */
function linesOfGroups(one: Network, what: "ports" | "depends"): readonly string[] {
  const map = groupMap(one);
  const lines = [...edgesOf(map)].flatMap((edge) => {
    const text = what === "ports" ? edge.ports : edge.depends?.ports;
    if (text === undefined) return [];
    const on = what === "ports" ? "" : ` ${edge.depends?.on.join()}`;
    const [sources, targets] = [map.groups[edge.from]?.members ?? [], map.groups[edge.to]?.members ?? []];
    return sources.flatMap((from) => targets.map((to) => `${lineOf({ from, to, ports: text })}${on}`));
  });
  return lines.toSorted();
}

const MANY = Array.from({ length: 40 }, (_, index) => index);

/** Forty namespaces of two pods; each web pod may reach every third namespace's db on a port of its own. */
const large = network([
  ...MANY.map((index) => namespace(`n${index}`, { third: `${index % 3}` })),
  ...MANY.flatMap((index) => [
    pod(`n${index}/web`, { labels: { app: "web" } }),
    pod(`n${index}/db`, { labels: { app: "db" } }),
    policy(`n${index}/deny`, { podSelector: {}, policyTypes: ["Ingress"] }),
    policy(`n${index}/db`, {
      podSelector: { matchLabels: { app: "db" } },
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { third: `${index % 3}` } },
              podSelector: { matchLabels: { app: "web" } },
            },
          ],
          ports: [{ port: 5000 + index }],
        },
      ],
    }),
  ]),
]);

function textOf(isAll: boolean): string {
  const report = { network: large, isGrouped: false, hasExposure: false, hasRules: false, notes: [], gaps: [] };
  return [...mapText(report, catalogueOf("en"), { width: 100, style: PLAIN, isAll })].join("");
}

test("the text of a large map is by namespace, short, and says how to see the rest", () => {
  const text = textOf(false);
  expect(text).toMatch(/^80 workloads · 534 open pairs\n/);
  expect(text).toContain("--all");
  expect(text).toMatch(/\nn0, 2 workloads\n {2}→ all ports +outside\n {2}→ TCP 5000 +itself\n/);
  expect(text).toContain("and 10 more lines");
  expect(text.length).toBeLessThan(textOf(true).length / 1.5);
});

test("every group is listed where all of them are asked for", () => {
  const text = textOf(true);
  for (const index of MANY) expect(text).toMatch(new RegExp(`\\nn${index}/db\\[Pod\\]`));
  expect(text).not.toContain("--all");
});
