// What the engine noticed and went on: every diagnostic names the object and says what it was read as.

import type { Path } from "../../kubernetes/path.ts";
import type { ShapeProblem } from "../../kubernetes/shape.ts";
import type { PolicyRule } from "./policy-rule.ts";
import type { ResourceReference } from "./resource-reference.ts";
import type { RoleRef } from "./rbac-record.ts";

export type AccessDiagnostic<S> = { readonly resource: ResourceReference<S> } & (
  | {
      /** The API server would refuse it; left out. */ readonly kind: "malformed";
      readonly problems: readonly ShapeProblem[];
    }
  | { /** Not v1; no supported API server serves it; left out. */ readonly kind: "unserved-version" }
  | {
      /** An earlier object of the same identity is replaced. */ readonly kind: "duplicate";
      readonly earlier: ResourceReference<S>;
    }
  | {
      /** Grants nothing, until somebody creates the role. */ readonly kind: "dangling-role";
      readonly roleRef: RoleRef;
    }
  | {
      /** Only Role and ClusterRole resolve; grants nothing. */ readonly kind: "unsupported-role-kind";
      readonly roleRef: RoleRef;
    }
  | { /** Applies to nobody. */ readonly kind: "unknown-subject"; readonly path: Path; readonly subjectKind: string }
  | {
      /** Has no verbs, or nothing to apply them to; allows nothing. */ readonly kind: "empty-rule";
      readonly path: Path;
    }
  | {
      /** Selectors gather each other; what no plain role gives is left out. */ readonly kind: "aggregation-cycle";
      readonly roles: readonly string[];
    }
  | {
      /** The controller gives up on the role; its own rules stand. */ readonly kind: "invalid-selector";
      readonly path: Path;
    }
  | {
      /** Stored rules are not what its selectors gather now; the stored ones are what authorizes. */
      readonly kind: "aggregation-stale";
      readonly missing: readonly PolicyRule[];
      readonly extra: readonly PolicyRule[];
    }
);
