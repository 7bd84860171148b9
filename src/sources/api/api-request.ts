// A read of the API server, and its answer.

import type { Readable } from "node:stream";

export interface ApiRequest {
  /** Below the server's own path, e.g. `/api/v1/pods`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly accept?: string;
  /** To the first byte of the answer. Default 60 s: a list may wait in the server's queue. */
  readonly answerTimeoutMilliseconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ApiAnswer {
  readonly contentType: string;
  /** Unzipped. */
  readonly body: Readable;
}

/** Reads an answer; may be called again for another attempt, so it must begin anew each time. */
export type Consume<T> = (answer: ApiAnswer) => Promise<T>;
