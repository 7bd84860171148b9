// A right: a power that a role gives in a scope.

import type { GrantedRole } from "./granted-role.ts";
import type { Holding, NamespaceScope } from "./holding.ts";

/** A power in a scope, by a role. Several of its rules may give it. */
export interface Right {
  readonly holding: Holding;
  /** Whose right it is: of everybody with that role, or of one identity with it. */
  readonly by: GrantedRole;
  readonly power: string;
  readonly namespace: NamespaceScope;
  /** Empty: every object. */
  readonly name: string;
  /** Only because its holder may do everything everywhere, which says more. */
  readonly isOfEverything: boolean;
}
