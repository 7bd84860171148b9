// Answers of Pod Security admission, worded as the API server's (pod-security-admission/admission/response.go).

import { quoteGo } from "../go-text.ts";
import { formatLabelErrors, type LabelError } from "./label-error.ts";
import type { AdmissionRequest } from "./request.ts";

/** Why a request is refused, as the client sees it. */
export interface RefusalStatus {
  /** HTTP status code. */
  readonly code: number;
  readonly reason: "BadRequest" | "Forbidden" | "Invalid" | "InternalError";
  readonly message: string;
}

export interface AdmissionResponse {
  readonly allowed: boolean;
  /** Shown to whoever sent the request. */
  readonly warnings?: readonly string[];
  /** Without the prefix `pod-security.kubernetes.io/` that their keys get in the audit log. */
  readonly auditAnnotations?: Readonly<Record<string, string>>;
  /** Only where the request is refused. */
  readonly status?: RefusalStatus;
}

export const ALLOWED: AdmissionResponse = { allowed: true };

/** Allowed because the user, namespace or runtime class is exempt. */
export function exempted(by: "user" | "namespace" | "runtimeClass"): AdmissionResponse {
  return { allowed: true, auditAnnotations: { exempt: by } };
}

/** Allowed although something went wrong: a controller is never refused for that. */
export function allowedDespite(error: string): AdmissionResponse {
  return { allowed: true, auditAnnotations: { error } };
}

export function allowedWithWarnings(warnings: readonly string[]): AdmissionResponse {
  return warnings.length === 0 ? ALLOWED : { allowed: true, warnings };
}

/** The status of a request refused for what the pod does. */
export function forbidden({ group, resource, name }: AdmissionRequest, why: string): RefusalStatus {
  const what = group === "" ? resource : `${resource}.${group}`;
  const named = name === "" ? what : `${what} ${quoteGo(name)}`;
  return { code: 403, reason: "Forbidden", message: `${named} is forbidden: ${why}` };
}

export function invalidNamespace(name: string, errors: readonly LabelError[]): AdmissionResponse {
  const message = `Namespace ${quoteGo(name)} is invalid: ${formatLabelErrors(errors)}`;
  return { allowed: false, status: { code: 422, reason: "Invalid", message } };
}

export function internalError(message: string, cause: string): AdmissionResponse {
  const full = `Internal error occurred: ${message}`;
  const status = { code: 500, reason: "InternalError", message: full } as const;
  return { allowed: false, auditAnnotations: { error: `${full}: ${cause}` }, status };
}

export function badRequest(message: string, cause: string): AdmissionResponse {
  const status = { code: 400, reason: "BadRequest", message } as const;
  return { allowed: false, auditAnnotations: { error: `${message}: ${cause}` }, status };
}
