import fc from "fast-check";
import { expect, test } from "vitest";
import { changesBetween } from "../../../../test/network/map-table.ts";
import { generate } from "../../../../test/network/judge-generated.ts";
import { randomApplication } from "../../../../test/network/random-application.ts";
import { isEmpty } from "../interval-set.ts";
import { withoutOtherProtocols } from "../port-set.ts";
import { summarizeDifference } from "./difference-summary.ts";

test("the counts are those of the full comparison of both maps, either way round", () => {
  const isCounted = fc.property(randomApplication, (application) => {
    const { before, after } = generate(application, "NetworkPolicy");
    for (const [one, other] of [
      [before, after],
      [after, before],
    ] as const) {
      const changes = changesBetween(one, other);
      const endsOf = (field: "opened" | "closed"): ReadonlySet<string> =>
        new Set(
          changes
            .filter((change) => !isEmpty(withoutOtherProtocols(change[field])))
            .map(({ from, to }) =>
              [from, to].map((end) => (end.kind === "workload" ? end.id : "external")).join(" > "),
            ),
        );
      const { closed, opened } = summarizeDifference(one, other);
      expect(closed).toBe(endsOf("closed").size);
      expect(new Set(opened.map(({ from, to }) => `${from} > ${to}`))).toEqual(endsOf("opened"));
    }
  });
  fc.assert(isCounted, { seed: 6, numRuns: 100 });
});
