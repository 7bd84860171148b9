// Waiting for a condition of a real server: asked again at short intervals until it holds.

import { setTimeout } from "node:timers/promises";

const POLL_MILLISECONDS = 50;

/**
 * The first answer of `probe` that is not `undefined`. Rejects after the time limit with `what` and the last error.
 */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined> | T | undefined,
  timeoutMilliseconds = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMilliseconds;
  let lastError: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await probe();
      if (answer !== undefined) return answer;
    } catch (error) {
      lastError = error;
    }
    await setTimeout(POLL_MILLISECONDS);
  }
  throw new Error(`waited ${timeoutMilliseconds} ms for ${what}`, { cause: lastError });
}
