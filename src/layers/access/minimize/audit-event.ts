// One event of an API server's audit log, as far as least privilege needs it
// (k8s.io/apiserver/pkg/apis/audit/v1/types.go). Level Metadata is enough for all but the bodies.

import { array, integer, map, object, string, type TypeOf } from "../../../kubernetes/shape.ts";

export interface AuditUser {
  readonly username: string;
  readonly groups: readonly string[];
  readonly uid?: string;
  readonly extra?: { readonly [key: string]: readonly string[] };
}

export interface AuditEvent {
  readonly level: string;
  readonly stage: string;
  readonly auditId: string;
  readonly verb: string;
  /** Without its query, unless that selects by field: the verb says the rest. */
  readonly requestUri: string;
  readonly user: AuditUser;
  readonly impersonatedUser: AuditUser | undefined;
  /** The verb by which a constrained impersonation was let through, such as `impersonate:user-info`; else empty. */
  readonly impersonationConstraint: string;
  /** The status of the answer; 0 where the event has none. */
  readonly code: number;
  /** The annotation authorization.k8s.io/decision: `allow`, `forbid`, or empty. */
  readonly decision: string;
  /** RFC 3339; empty where the event has none. */
  readonly receivedAt: string;
  /** objectRef.name: of a creation, the name in the body. */
  readonly objectName: () => string;
  /** `undefined` where the level leaves it out. A large body is parsed only when asked for. */
  readonly requestObject: () => unknown;
  readonly responseObject: () => unknown;
  /** Whether the request's body has an owner reference with blockOwnerDeletion, without parsing it. */
  readonly mentionsBlockingOwner: () => boolean;
}

export const auditUserShape = object({
  username: string,
  uid: string,
  groups: array(string),
  extra: map(array(string)),
});
export type StoredAuditUser = TypeOf<typeof auditUserShape>;

export const authenticationMetadataShape = object({ impersonationConstraint: string });
export const objectReferenceShape = object({ name: string });
export const responseStatusShape = object({ code: integer });
export const annotationsShape = map(string);

const NONE: readonly string[] = [];

/** The user with every list present. */
export function auditUserOf(stored: StoredAuditUser | null | undefined): AuditUser {
  const { username, uid, groups, extra } = stored ?? {};
  const extras = Object.entries(extra ?? {}).map(([key, values]) => [key, textsOf(values)] as const);
  return {
    username: username ?? "",
    groups: textsOf(groups),
    ...(uid ? { uid } : {}), // an empty uid is none
    ...(extras.length > 0 && { extra: Object.fromEntries(extras) }),
  };
}

function textsOf(list: readonly (string | null)[] | null | undefined): readonly string[] {
  return list == null ? NONE : list.map((item) => item ?? "");
}

/** The part of a request's URI that decides what was asked for. */
export function decidingUri(uri: string): string {
  const question = uri.indexOf("?");
  return question === -1 || uri.includes("fieldSelector", question) ? uri : uri.slice(0, question);
}
