// A progress line on standard error, only on a terminal, only after a second, and gone when the work is done.

import type { Streams } from "./streams.ts";

export interface Progress {
  readonly show: (text: string) => void;
  readonly done: () => void;
}

const QUIET_MILLISECONDS = 1000;
const INTERVAL_MILLISECONDS = 100;

export function createProgress({ stderr }: Streams): Progress {
  const started = performance.now();
  let last = 0;
  let isShown = false;
  return {
    show: (text) => {
      const now = performance.now();
      if (stderr.isTTY !== true || now - started < QUIET_MILLISECONDS || now - last < INTERVAL_MILLISECONDS) return;
      last = now;
      isShown = true;
      stderr.write(`\r\u001b[K${text.slice(0, (stderr.columns || 80) - 1)}`);
    },
    done: () => {
      if (isShown) stderr.write("\r\u001b[K");
    },
  };
}
