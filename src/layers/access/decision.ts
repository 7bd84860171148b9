// An authorizer's answer. There is no "denied": what no authorizer allows is not allowed.

import type { Grant } from "./grant.ts";
import type { ResolutionError } from "./resolution-error.ts";

export type AuthorizerName = "system:masters" | "node" | "rbac";

export interface Decision<S> {
  readonly allowed: boolean;
  /** Who allowed it. */
  readonly by?: AuthorizerName;
  /** The API server's own text (status.reason of a SubjectAccessReview); may be empty. */
  readonly reason: string;
  /** The chain that allows it. */
  readonly grant?: Grant<S>;
  /** Bindings met before the decision that could not be resolved. */
  readonly errors: readonly ResolutionError<S>[];
}
