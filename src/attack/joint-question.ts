// Which rights are needed together, and the rights that answer it.

import type { BoundSubject } from "./bound-subject.ts";
import type { GrantedRole } from "./granted-role.ts";
import type { Member } from "./group-membership.ts";
import type { Holding, NamespaceScope } from "./holding.ts";
import type { Right } from "./right.ts";

export interface JointRight {
  /** Absent where one role gives all of them, to whoever has it. */
  readonly holder: Holding | undefined;
  readonly namespace: NamespaceScope;
  /** One per power asked for, in that order. */
  readonly rights: readonly Right[];
}

export interface JointQuestion {
  readonly lists: readonly (readonly Right[])[];
  readonly member: Member | undefined;
  /** Bindings of an identity by the key of its holding. */
  readonly boundTo: ReadonlyMap<string, readonly BoundSubject[]>;
  readonly grantedBy: (subject: BoundSubject) => GrantedRole;
  readonly together: TogetherRights;
  /** Whether somebody can bind the role: then they have its rights together with those they had. */
  readonly isBindable: (role: GrantedRole) => boolean;
  /** Places of lists whose rights are about one object: where they have a name, it is the same. */
  readonly about: readonly number[];
  /** Told whose rights were too many to look at all. */
  readonly onLimit: (role: GrantedRole) => void;
  /** Rights in different namespaces are no request. Otherwise they only have to be of one identity. */
  readonly isOneScope: boolean;
}

/** Equal rights by whichever role, as one: the same object for the same question. */
export interface TogetherRights {
  /** As that identity holds it. */
  readonly own: (right: Right, holder: Holding) => Right;
  /** As somebody has it who has bound its role. */
  readonly gained: (right: Right) => Right;
  /** Rights of one role, as whoever has such a role holds them all. */
  readonly base: (rights: readonly Right[]) => readonly Right[];
}
