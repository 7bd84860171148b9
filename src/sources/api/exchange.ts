// One request and its answer over HTTP, within its time limits. What is not the JSON asked for becomes an ApiError.

import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { ApiError, apiError, firstLine } from "./api-error.ts";
import { collectText, unzipped } from "./answer-body.ts";
import type { ApiRequest, Consume } from "./api-request.ts";
import { codeOf, explainFailure } from "./connection-failure.ts";
import { serverName, type Connection } from "./connection.ts";
import { expiryHint } from "./credential-expiry.ts";
import type { Clock, Credential } from "./credential.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import type { Dispatchers } from "./dispatcher.ts";
import { impersonationHeaders } from "./impersonation.ts";
import { pageTitle, refusal } from "./status-answer.ts";

export interface ExchangeOptions {
  readonly connection: Connection;
  readonly dispatchers: Dispatchers;
  readonly userAgent: string;
  readonly now: Clock;
  readonly connectTimeoutMilliseconds: number;
  readonly stallTimeoutMilliseconds: number;
  readonly totalTimeoutMilliseconds: number;
}

export type Exchange = <T>(request: ApiRequest, credential: Credential, consume: Consume<T>) => Promise<T>;

const DEFAULT_ANSWER_MILLISECONDS = 60_000;
const LARGEST_REFUSAL_BYTES = 256 * 1024;
const JSON_TYPE = /^application\/json\b/i;

export function createExchange(options: ExchangeOptions): Exchange {
  const { connection } = options;
  const server = serverName(connection.server);
  const basePath = connection.server.pathname.replace(/\/+$/, "");
  const headers = {
    "user-agent": options.userAgent,
    ...(connection.isCompressed ? { "accept-encoding": "gzip" } : {}),
    ...impersonationHeaders(connection.impersonation),
  };
  return async (request, credential, consume) => {
    const answerMilliseconds = request.answerTimeoutMilliseconds ?? DEFAULT_ANSWER_MILLISECONDS;
    const deadline = createDeadline(request.signal);
    deadline.start("answer", answerMilliseconds);
    try {
      const asked = options.dispatchers.get(credential.clientCertificate).request({
        origin: connection.server.origin,
        method: "GET",
        path: basePath + request.path + queryText(request.query),
        headers: { ...headers, accept: request.accept ?? "application/json", ...authorization(credential) },
        signal: deadline.signal,
        headersTimeout: 0, // the deadline is exact where undici's timer is coarse
        bodyTimeout: options.stallTimeoutMilliseconds,
      });
      const response = await unlessAborted(asked, deadline.signal);
      deadline.start("total", options.totalTimeoutMilliseconds);
      const body = unzipped(response.body, headerOf(response, "content-encoding"));
      try {
        await refuseUnlessJson(response, body, { server, path: request.path, credential, now: options.now });
        return await consume({ contentType: headerOf(response, "content-type"), body });
      } finally {
        if (!body.readableEnded) body.destroy();
      }
    } catch (error) {
      throw await explain(error, request, deadline, options, answerMilliseconds);
    } finally {
      deadline.stop();
    }
  };
}

/** undici heeds the signal only once it has connected; whoever waits is told at once. */
function unlessAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error); // always an AbortError here
    asked.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}

async function refuseUnlessJson(
  response: Dispatcher.ResponseData,
  body: Readable,
  about: { readonly server: string; readonly path: string; readonly credential: Credential; readonly now: Clock },
): Promise<void> {
  const { server, path } = about;
  const status = response.statusCode;
  const contentType = headerOf(response, "content-type");
  if (status >= 200 && status < 300 && JSON_TYPE.test(contentType)) return;
  const text = await collectText(body, LARGEST_REFUSAL_BYTES, { server, path });
  if (status >= 200 && status < 300) {
    const words = firstLine(pageTitle(text)) || "an empty answer";
    throw apiError("not-kubernetes", { server, status, type: firstLine(contentType) || "no content type", words });
  }
  const retryAfter = headerOf(response, "retry-after");
  const location = headerOf(response, "location");
  const hint = status === 401 ? expiryHint(about.credential, about.now()) : "";
  throw refusal({ server, status, contentType, retryAfter, location, text }, hint, about.now());
}

async function explain(
  error: unknown,
  request: ApiRequest,
  deadline: Deadline,
  options: ExchangeOptions,
  answerMilliseconds: number,
): Promise<ApiError> {
  if (error instanceof ApiError) return error;
  const server = serverName(options.connection.server);
  if (request.signal?.aborted === true) return apiError("aborted", { server }, error);
  const expired = deadline.expired();
  if (expired === "total")
    return apiError("too-slow", { server, seconds: options.totalTimeoutMilliseconds / 1000 }, error);
  if (expired === "answer") {
    const phase = options.dispatchers.hasConnected() ? "answer-timeout" : "connect-timeout";
    return apiError(phase, { server, seconds: answerMilliseconds / 1000 }, error);
  }
  const code = codeOf(error);
  if (code === "Z_BUF_ERROR") return apiError("truncated", { server, path: request.path }, error);
  if (code.startsWith("Z_")) return apiError("malformed", { server, path: request.path, words: "not gzip" }, error);
  if (code === "UND_ERR_BODY_TIMEOUT") {
    return apiError("stalled", { server, seconds: options.stallTimeoutMilliseconds / 1000 }, error);
  }
  return explainFailure(error, options);
}

function authorization({ token }: Credential): Readonly<Record<string, string>> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function headerOf(response: Dispatcher.ResponseData, name: string): string {
  const value = response.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? "";
}

function queryText(query: Readonly<Record<string, string>> | undefined): string {
  const text = new URLSearchParams(query).toString();
  return text === "" ? "" : `?${text}`;
}
