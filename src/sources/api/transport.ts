// Reads of one API server with its credentials renewed, its wishes for a pause honoured, and its failures explained.

import { setTimeout as wait } from "node:timers/promises";
import { ApiError, apiError } from "./api-error.ts";
import { collectText } from "./answer-body.ts";
import type { ApiRequest, Consume } from "./api-request.ts";
import { serverName, type Connection } from "./connection.ts";
import type { Clock } from "./credential.ts";
import { createDispatchers } from "./dispatcher.ts";
import { createExchange } from "./exchange.ts";
import { DEFAULT_RETRY, withRetries, type RetryPolicy, type RetryTools } from "./retry.ts";

export interface TransportOptions {
  readonly connection: Connection;
  /** `ringwall/1.2.3`. */
  readonly userAgent: string;
  readonly now: Clock;
  /** Requests at once. Default 4: API priority and fairness gives a user few seats. */
  readonly connections?: number | undefined;
  /** To a connection. Default 5 s. */
  readonly connectTimeoutMilliseconds?: number | undefined;
  /** Without a byte in the middle of an answer. Default 30 s. */
  readonly stallTimeoutMilliseconds?: number | undefined;
  /** For one whole answer. Default 180 s; the API server itself gives up after 60 s. */
  readonly totalTimeoutMilliseconds?: number | undefined;
  readonly retry?: RetryPolicy | undefined;
  readonly retryTools?: RetryTools | undefined;
}

export interface Transport {
  /** As messages name it. */
  readonly server: string;
  /** Sends and consumes, both again where the policy allows. Throws ApiError. */
  readonly read: <T>(request: ApiRequest, consume: Consume<T>) => Promise<T>;
  /** As `read`, but once: for first contact, which must fail fast. */
  readonly readOnce: <T>(request: ApiRequest, consume: Consume<T>) => Promise<T>;
  /** Ends all connections at once. */
  readonly close: () => Promise<void>;
}

export interface JsonAnswer {
  readonly contentType: string;
  readonly value: unknown;
}

const LARGEST_JSON_BYTES = 64 * 1024 * 1024;
const REAL_RETRY_TOOLS: RetryTools = {
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, signal === undefined ? {} : { signal }),
  random: Math.random,
};

export function createTransport(options: TransportOptions): Transport {
  const { connection } = options;
  const server = serverName(connection.server);
  const connectTimeoutMilliseconds = options.connectTimeoutMilliseconds ?? 5000;
  const dispatchers = createDispatchers(connection, {
    connections: options.connections ?? 4,
    connectTimeoutMilliseconds,
  });
  const exchange = createExchange({
    connection,
    dispatchers,
    userAgent: options.userAgent,
    now: options.now,
    connectTimeoutMilliseconds,
    stallTimeoutMilliseconds: options.stallTimeoutMilliseconds ?? 30_000,
    totalTimeoutMilliseconds: options.totalTimeoutMilliseconds ?? 180_000,
  });
  const readOnce: Transport["readOnce"] = async (request, consume) => {
    const credential = await connection.credentials.current(request.signal);
    try {
      return await exchange(request, credential, consume);
    } catch (error) {
      const isRefused = error instanceof ApiError && error.failure.code === "unauthorized";
      if (!isRefused || !connection.credentials.renew(credential)) throw error;
      return await exchange(request, await connection.credentials.current(request.signal), consume);
    }
  };
  const policy = options.retry ?? DEFAULT_RETRY;
  const { sleep, random } = options.retryTools ?? REAL_RETRY_TOOLS;
  const tools: RetryTools = {
    random,
    sleep: (milliseconds, signal) =>
      sleep(milliseconds, signal).catch((error: unknown) => Promise.reject(apiError("aborted", { server }, error))),
  };
  return {
    server,
    readOnce,
    read: (request, consume) => withRetries(() => readOnce(request, consume), policy, tools, request.signal),
    close: () => dispatchers.close(),
  };
}

/** For `read`: the whole answer, up to 64 MiB, as JSON. */
export function asJson(server: string, path: string): Consume<JsonAnswer> {
  return async ({ contentType, body }) => {
    const text = await collectText(body, LARGEST_JSON_BYTES, { server, path });
    try {
      return { contentType, value: JSON.parse(text) as unknown };
    } catch {
      // Node's own words quote the answer, which may hold what must not be shown.
      if (!text.trimEnd().endsWith("}")) throw apiError("truncated", { server, path });
      throw apiError("malformed", { server, path, words: "not JSON" });
    }
  };
}
