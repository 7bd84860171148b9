import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { NEWEST_KNOWN_MINOR } from "../../../../kubernetes/kubernetes-version.ts";
import type { KubernetesObject } from "../../../../kubernetes/object.ts";
import { defaultRoles } from "../../bootstrap.ts";
import { clusterRole } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("no default role of any kind is one that was changed", () => {
  expect(judge(rule, [...defaultRoles(NEWEST_KNOWN_MINOR)]).found).toEqual([]);
});

test("one rule more is a change; a role of another name is none", () => {
  const more = [...defaultRoles(NEWEST_KNOWN_MINOR)]
    .filter(({ metadata }) => metadata?.name === "system:basic-user")
    .map((role) => ({
      ...role,
      rules: [
        ...(role as KubernetesObject & { readonly rules: readonly object[] }).rules, // default roles have rules
        { apiGroups: [""], resources: ["secrets"], verbs: ["get"] },
      ],
    }));
  expect(judge(rule, [...more, clusterRole("own", [])]).found).toEqual(["ClusterRole/system:basic-user: "]);
});
