// `impersonate` on groups puts its holder into any of them, together with `impersonate` on some user or account: a group
// alone cannot be asked as.

import { ACTING_ANY_GROUP, ANY_NODE_IDENTITY } from "../../any-identity.ts";
import { actingAs, type Holding } from "../../holding.ts";
import { nodeOf } from "../../../layers/access/identity.ts";
import { IMPERSONATE_ACCOUNTS, IMPERSONATE_GROUPS, IMPERSONATE_USERS } from "../../powers.ts";
import type { Technique } from "../../technique.ts";

const MASTERS = "system:masters";
const NODES = "system:nodes";

export const impersonateGroup: Technique = {
  id: "impersonate-group",
  attack: ["T1134.001"],
  source: "k8s.io/apiserver pkg/endpoints/filters/impersonation/impersonation.go",
  powers: () => [IMPERSONATE_ACCOUNTS, IMPERSONATE_GROUPS, IMPERSONATE_USERS],
  *steps(world) {
    for (const who of [IMPERSONATE_USERS, IMPERSONATE_ACCOUNTS])
      for (const { rights } of world.rights.joint([who, IMPERSONATE_GROUPS])) {
        const [name = "", group = ""] = rights.map((right) => right.name);
        if (group === MASTERS) continue;
        const needs = rights.map(({ holding }) => holding);
        yield {
          needs,
          gives: group === "" ? ACTING_ANY_GROUP : actingAs({ kind: "group", name: group }),
          says: { group },
        };
        if (who !== IMPERSONATE_USERS || (group !== "" && group !== NODES)) continue;
        const node = nodeIdentity(name);
        if (node !== undefined) yield { needs, gives: node, says: { group: NODES } };
      }
  },
};

function nodeIdentity(user: string): Holding | undefined {
  if (user === "") return ANY_NODE_IDENTITY;
  return nodeOf(user) === undefined ? undefined : { kind: "user", name: user };
}
