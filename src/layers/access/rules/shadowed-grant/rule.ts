// A RoleBinding whose subjects have all of it in every namespace.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { bindingRule } from "../../binding-rule.ts";
import { covers, withPathsApart } from "../../cover.ts";
import { authenticated, type Identity } from "../../identity.ts";
import { whoIsMeant, type Subject } from "../../subject.ts";

function identityMeant(subject: Subject, namespace: string): Identity | undefined {
  const meant = whoIsMeant(subject, namespace);
  if (meant === undefined) return undefined;
  return meant.kind === "user" ? authenticated(meant.name) : { user: "\u0000", groups: [meant.name] }; // nobody's name
}

export const rule: ClusterRule = bindingRule({
  id: "access/shadowed-grant",
  severity: "low", // it looks like a limit and is none
  frameworks: [],
  references: ["kubernetes/pkg/registry/rbac/validation/rule.go"],
  judge: ({ resource, record, role }, { access }) => {
    const { namespace } = resource.id;
    const rules = role?.rules.rules ?? [];
    if (namespace === "" || rules.length === 0 || record.subjects.length === 0) return [];
    const isShadowed = record.subjects.every((subject) => {
      const identity = identityMeant(subject, namespace);
      if (identity === undefined) return false;
      const { covered, atoms } = covers(withPathsApart(access.rulesOf(identity, "").rules), rules);
      return covered && atoms > 0;
    });
    return isShadowed ? [{ key: "", evidence: [{ path: ["roleRef", "name"], value: record.roleRef.name }] }] : [];
  },
  text: {
    en: {
      title: "A grant that a wider one contains",
      message: "Grants {role} in {namespace} to who has all of it in every namespace",
      risk: "It looks as if the right were limited to this namespace.",
      fix: "Remove the wider grant, or this one.",
    },
    "zh-CN": {
      title: "被更大授权包含的授权",
      message: "在 {namespace} 授予 {role}，而其主体在所有命名空间已拥有",
      risk: "看起来权限仅限于该命名空间，其实不然。",
      fix: "删除更大的授权，或删除此绑定。",
    },
  },
});
