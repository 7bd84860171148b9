// Control-C: a command that waits is told and tidies up; one that computes cannot hear, and has nothing to tidy up.

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

let listener: (() => void) | undefined;

/** The first signal is told; a second one ends the process with `exitCode`. */
export function onInterrupt(tell: () => void, exitCode: number): void {
  let isTold = false;
  listener = () => {
    if (isTold) return process.exit(exitCode);
    isTold = true;
    return tell();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
}

/** Lets a signal end the process at once while `work` keeps it from hearing of one. */
export function whileComputing<T>(work: () => T): T {
  const silent = listener;
  if (silent === undefined) return work();
  for (const signal of SIGNALS) process.off(signal, silent);
  try {
    return work();
  } finally {
    for (const signal of SIGNALS) process.on(signal, silent);
  }
}
