// Time limits of one exchange: first for the answer to begin, then for all of it; joined with the caller's signal.

export type DeadlinePhase = "answer" | "total";

export interface Deadline {
  readonly signal: AbortSignal;
  /** Replaces the running limit. */
  readonly start: (phase: DeadlinePhase, milliseconds: number) => void;
  readonly stop: () => void;
  /** The limit that was exceeded, if one was. */
  readonly expired: () => DeadlinePhase | undefined;
}

export function createDeadline(outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let expired: DeadlinePhase | undefined;
  return {
    signal: outer === undefined ? controller.signal : AbortSignal.any([outer, controller.signal]),
    start: (phase, milliseconds) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        expired = phase;
        controller.abort();
      }, milliseconds);
    },
    stop: () => clearTimeout(timer),
    expired: () => expired,
  };
}
