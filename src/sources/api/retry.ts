// Trying again, gently: what the API server asks for in Retry-After, else exponential back-off with jitter
// (k8s.io/client-go/rest/with_retry.go retries 429 and 5xx that carry Retry-After; we add broken connections, for
// everything we ask is a read).

import { ApiError } from "./api-error.ts";
import type { FailureCode } from "./failure-texts.ts";

export interface RetryPolicy {
  /** Attempts in all. */
  readonly attempts: number;
  readonly firstDelayMilliseconds: number;
  readonly longestDelayMilliseconds: number;
  /** Who asks for a longer pause than this is not waited for. */
  readonly longestRetryAfterSeconds: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 5,
  firstDelayMilliseconds: 500,
  longestDelayMilliseconds: 10_000,
  longestRetryAfterSeconds: 30,
};

export interface RetryTools {
  /** Resolves after the time, rejects when the signal aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
}

const WORTH_ANOTHER_TRY: ReadonlySet<FailureCode> = new Set([
  "throttled",
  "unavailable",
  "reset",
  "stalled",
  "truncated",
]);

/** Runs `attempt` until it succeeds, fails for good, or the policy is used up; then its last error tells how often. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  policy: RetryPolicy,
  tools: RetryTools,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const pause = count < policy.attempts ? pauseAfter(error, count, policy, tools.random()) : undefined;
      if (pause === undefined) throw count === 1 ? error : afterAttempts(error, count);
      await tools.sleep(pause, signal);
    }
  }
}

/** Milliseconds to wait, or `undefined` when another attempt is no use. */
function pauseAfter({ failure }: ApiError, count: number, policy: RetryPolicy, random: number): number | undefined {
  const asked = failure.answer?.retryAfterSeconds;
  const isAskedTo = asked !== undefined && (failure.answer?.status ?? 0) >= 500;
  if (!isAskedTo && !WORTH_ANOTHER_TRY.has(failure.code)) return undefined;
  if (asked !== undefined) return asked <= policy.longestRetryAfterSeconds ? asked * 1000 : undefined;
  const delay = Math.min(policy.longestDelayMilliseconds, policy.firstDelayMilliseconds * 2 ** (count - 1));
  return delay * (0.5 + random / 2);
}

function afterAttempts({ failure, cause }: ApiError, attempts: number): ApiError {
  return new ApiError({ ...failure, arguments: { ...failure.arguments, attempts } }, cause);
}
