// A file that something names and that could not be read: what is wrong with it, and what to do, in place of errno's.

import { apiError, wordsOf, type ApiError } from "./api-error.ts";
import type { FailureCode } from "./failure-texts.ts";

const CODES: ReadonlyMap<string, FailureCode> = new Map<string, FailureCode>([
  ["ENOENT", "file-absent"],
  ["ENOTDIR", "file-absent"],
  ["EACCES", "file-forbidden"],
  ["EPERM", "file-forbidden"],
  ["EISDIR", "file-is-directory"],
]);

/** `field` is how messages name what names the file, e.g. `/home/u/.kube/config:7: client-key of user "ci"`. */
export function fileFailure(error: unknown, field: string, path: string): ApiError {
  const code = systemCode(error);
  return apiError(CODES.get(code) ?? "file-unreadable", { field, path, words: code || wordsOf(error) }, error);
}

/** `ENOENT` and its like; empty for other errors. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
