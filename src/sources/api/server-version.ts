// First contact with a server: its version, or in a few seconds one line that says why not.

import { narrow, object, string } from "../../kubernetes/shape.ts";
import { ApiError } from "./api-error.ts";
import { asJson, type Transport } from "./transport.ts";

const versionShape = object({ gitVersion: string });

/** With the start of the program, what is wrong is told within 5 s. */
export const FIRST_CONTACT_MILLISECONDS = 4500;

export interface FirstContactOptions {
  /** For connecting and answering together. Default 4.5 s. */
  readonly timeoutMilliseconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * `v1.36.3`; empty when the server answers but does not tell its version. Throws ApiError when it is not reached, not
 * trusted, or does not accept the credentials; it is asked once, so that a dead server is known at once.
 */
export async function readServerVersion(transport: Transport, options: FirstContactOptions = {}): Promise<string> {
  const request = {
    path: "/version",
    answerTimeoutMilliseconds: options.timeoutMilliseconds ?? FIRST_CONTACT_MILLISECONDS,
    signal: options.signal,
  };
  try {
    const { value } = await transport.readOnce(request, asJson(transport.server, request.path));
    const version = narrow(versionShape, value);
    return version.ok ? (version.value.gitVersion ?? "") : "";
  } catch (error) {
    // A hardened server may hide its version from us and still answer lists.
    const code = error instanceof ApiError ? error.failure.code : undefined;
    if (code === "forbidden" || code === "status") return "";
    throw error;
  }
}
