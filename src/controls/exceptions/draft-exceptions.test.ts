import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../verdicts/finding.ts";
import { readDocument } from "../../sources/manifests/read-document.ts";
import { RULES } from "../registry.generated.ts";
import { draftExceptions } from "./draft-exceptions.ts";
import { readExceptions } from "./read-exceptions.ts";
import { createRuleNames } from "./rules-named.ts";

test("what is drafted can be read again, whatever the names", () => {
  const [rule] = RULES;
  if (rule === undefined) throw new Error("there are rules");
  const name = fc.string({ unit: "grapheme", minLength: 1 });
  fc.assert(
    fc.property(fc.array(fc.record({ name, namespace: fc.string(), key: name })), (parts) => {
      const findings = parts.map(({ name, namespace, key }): Finding => ({
        rule,
        resource: { apiVersion: "v1", group: "", kind: "Pod", namespace, name },
        key,
        arguments: {},
        evidence: [],
      }));
      const text = [...draftExceptions(findings, () => "ab12")].join("");
      const [read] = readDocument({ kind: "document", file: "e", format: "yaml", text, firstLine: 1, firstColumn: 1 });
      if (read?.kind !== "value") throw new Error("it is YAML");
      const vocabulary = { rulesNamed: createRuleNames(RULES), ruleIds: [], gapCodes: [] };
      const { exceptions, mistakes } = readExceptions(read.value, read.locate, vocabulary);
      expect(mistakes).toEqual([]);
      expect(exceptions.map(({ selector, containers, evidence }) => [selector?.names, containers, evidence])).toEqual(
        parts.map(({ name, key }) => [[name], [key], ["ab12"]]),
      );
    }),
    { seed: 4 },
  );
});
