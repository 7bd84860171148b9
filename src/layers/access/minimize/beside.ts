// What a request asked for beside its own verb. None of these checks appears in an audit log: they are read off the
// request (k/k pkg/registry/rbac/*/policybased, plugin/pkg/admission/certificates, k8s.io/apiserver
// pkg/endpoints/{handlers,filters/impersonation}).

import type { Action, ResourceAction } from "../action.ts";
import type { Identity } from "../identity.ts";
import type { PolicyRule } from "../policy-rule.ts";
import type { RoleRef } from "../rbac-record.ts";

export type WriteVerb = "create" | "update" | "patch";

export type Beside =
  | {
      /** A PUT or an apply that made the object. */ readonly kind: "create-on-update";
      readonly action: ResourceAction;
    }
  | { /** GET of pods/exec, attach, portforward. */ readonly kind: "connect"; readonly action: ResourceAction }
  | {
      readonly kind: "role-write";
      readonly verb: WriteVerb;
      readonly namespace: string;
      readonly name: string;
      /** `undefined` where the log does not have the body. */
      readonly rules: readonly PolicyRule[] | undefined;
      readonly isAggregated: boolean;
    }
  | {
      readonly kind: "binding-write";
      readonly verb: WriteVerb;
      readonly namespace: string;
      readonly name: string;
      readonly roleRef: RoleRef | undefined;
    }
  | {
      readonly kind: "signer";
      readonly purpose: "approve" | "sign" | "attest";
      /** `undefined` where the log does not have the body. */
      readonly signerName: string | undefined;
    }
  | {
      readonly kind: "parameters";
      readonly policy: "policy" | "binding";
      readonly write: ResourceAction;
      /** Group and resource of the parameters, and which; `undefined` where the log does not say. */
      readonly read:
        | { readonly apiGroup: string; readonly resource: string; readonly namespace: string; readonly name: string }
        | undefined;
    }
  | ({ /** Of the one who acts as another. */ readonly kind: "impersonation" } & ImpersonationUse)
  | {
      /** Owners that the written object keeps from being deleted first; checked only by an optional admission plugin. */
      readonly kind: "blocking-owner";
      readonly owners: readonly ResourceAction[];
    };

export interface ImpersonationUse {
  readonly wanted: Identity;
  /** Empty for the legacy verb. */
  readonly constraint: string;
  readonly action: Action;
}
