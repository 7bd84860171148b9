// Which groups an identity is in: those that authentication gives, and those a question says of a user.

import { authenticated } from "../layers/access/identity.ts";
import type { Holding } from "./holding.ts";

/** A user with groups that no object says it is in. */
export interface Member {
  readonly user: string;
  readonly groups: readonly string[];
}

/** The groups of an identity, those of the member included. */
export function groupsOf(holder: Holding, member: Member | undefined): readonly string[] {
  return isMember(holder, member)
    ? [...new Set([...(member?.groups ?? []), ...groupsBehind(holder)])]
    : groupsBehind(holder);
}

/** The identity and its groups. */
export function withGroups(holder: Holding, member: Member | undefined): readonly Holding[] {
  return [holder, ...groupsOf(holder, member).map((name): Holding => ({ kind: "group", name }))];
}

export function isMember(holder: Holding, member: Member | undefined): boolean {
  return holder.kind === "user" && holder.name === member?.user;
}

/** The groups that holding an identity brings along, nearest first. */
export function groupsBehind(holder: Holding): readonly string[] {
  if (holder.kind === "user") return authenticated(holder.name).groups;
  if (holder.kind !== "group") return [];
  const { name } = holder;
  if (name.startsWith("system:serviceaccounts:")) return ["system:serviceaccounts", "system:authenticated"];
  return name === "system:authenticated" || name === "system:unauthenticated" ? [] : ["system:authenticated"];
}
