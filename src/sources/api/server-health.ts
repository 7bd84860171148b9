// Whether the server is still there: asked after a broken connection, so that one dead server is not waited for once
// per kind.

import { ApiError, type ApiFailure } from "./api-error.ts";
import type { FailureCode } from "./failure-texts.ts";
import { readServerVersion } from "./server-version.ts";
import type { Transport } from "./transport.ts";

/** Failures after which the server may be gone altogether. */
const MAY_BE_GONE: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "answer-timeout",
  "connect-timeout",
  "connection",
  "dns",
  "refused",
  "reset",
  "stalled",
  "too-slow",
  "unreachable",
]);

export interface ServerHealth {
  /** Set once the server was found gone; stays. */
  readonly gone: () => ApiFailure | undefined;
  /** Asks the server again if the failure may mean that it is gone. Callers at the same time share the question. */
  readonly checkAfter: (failure: ApiFailure) => Promise<void>;
}

export function watchHealth(transport: Transport, signal: AbortSignal): ServerHealth {
  let gone: ApiFailure | undefined;
  let asking: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    try {
      await readServerVersion(transport, { signal });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (MAY_BE_GONE.has(error.failure.code)) {
        gone = { code: "server-gone", arguments: { server: transport.server, words: error.message } };
      }
    } finally {
      asking = undefined;
    }
  };
  return {
    gone: () => gone,
    checkAfter: async (failure) => {
      if (gone === undefined && MAY_BE_GONE.has(failure.code)) await (asking ??= ask());
    },
  };
}
