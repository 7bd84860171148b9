// Several streams read at once, but not too many: what API priority and fairness likes to see.

/**
 * Runs at most `limit` of the streams at a time and yields what they yield as it comes; each is at most one value ahead. When the reader stops or a stream throws, `stop` is aborted and the others are closed.
 */
export async function* mergeStreams<T>(
  streams: Iterable<() => AsyncGenerator<T, void>>,
  limit: number,
  stop: AbortController,
): AsyncGenerator<T, void> {
  const waiting = streams[Symbol.iterator]();
  const running = new Map<AsyncGenerator<T, void>, Promise<Step<T>>>();
  const advance = (stream: AsyncGenerator<T, void>): void => {
    const next = step(stream);
    next.catch(() => {}); // met again in the race, unless the reader stops first
    running.set(stream, next);
  };
  const startMore = (): void => {
    while (running.size < limit) {
      const { done, value: start } = waiting.next();
      if (done === true) return;
      advance(start());
    }
  };
  try {
    for (startMore(); running.size > 0; startMore()) {
      const { stream, result } = await Promise.race(running.values());
      if (result.done === true) running.delete(stream);
      else {
        advance(stream);
        yield result.value;
      }
    }
  } finally {
    stop.abort();
    await Promise.allSettled([...running.keys()].map((stream) => stream.return()));
  }
}

interface Step<T> {
  readonly stream: AsyncGenerator<T, void>;
  readonly result: IteratorResult<T, void>;
}

async function step<T>(stream: AsyncGenerator<T, void>): Promise<Step<T>> {
  return { stream, result: await stream.next() };
}
