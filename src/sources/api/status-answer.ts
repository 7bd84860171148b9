// Answers that are not the one asked for: Status objects, and what proxies and login pages say in their place.

import { integer, narrow, object, string } from "../../kubernetes/shape.ts";
import { ApiError, firstLine, type StatusAnswer } from "./api-error.ts";
import type { FailureCode } from "./failure-texts.ts";

const statusShape = object({
  kind: string,
  reason: string,
  message: string,
  metadata: object({ continue: string }),
  details: object({ retryAfterSeconds: integer }),
});

export interface RefusedAnswer {
  readonly server: string;
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string;
  readonly location: string;
  readonly text: string;
}

/** The error of an answer whose status is not 2xx. `hint` goes behind a 401. `now` in milliseconds since 1970. */
export function refusal(answer: RefusedAnswer, hint: string, now: number): ApiError {
  const { server, status } = answer;
  if (status >= 300 && status < 400) {
    return new ApiError({ code: "redirect", arguments: { server, location: firstLine(answer.location) || "nowhere" } });
  }
  const parsed = parseStatus(answer.text);
  const retryAfterSeconds = readRetryAfter(answer.retryAfter, now) ?? parsed?.retryAfterSeconds;
  const words = firstLine(parsed?.message ?? pageTitle(answer.text)) || httpWords(status);
  const told: StatusAnswer = {
    status,
    reason: parsed?.reason ?? "",
    message: words,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(parsed?.continueToken === undefined ? {} : { continueToken: parsed.continueToken }),
  };
  const isKubernetes = parsed !== undefined;
  const code = codeFor(status, isKubernetes);
  const type = firstLine(answer.contentType) || "no content type";
  return new ApiError({ code, arguments: { server, status, words, type, hint, attempts: 1 }, answer: told });
}

function codeFor(status: number, isKubernetes: boolean): FailureCode {
  if (status === 401) return "unauthorized";
  if (status === 429) return "throttled";
  if (status === 502 || status === 503 || status === 504) return "unavailable";
  if (!isKubernetes) return "not-kubernetes";
  return status === 403 ? "forbidden" : "status";
}

interface ParsedStatus {
  readonly reason: string;
  readonly message: string;
  readonly retryAfterSeconds?: number;
  readonly continueToken?: string;
}

function parseStatus(text: string): ParsedStatus | undefined {
  const narrowed = narrow(statusShape, parseJson(text));
  if (!narrowed.ok || narrowed.value.kind !== "Status") return undefined;
  const { reason, message, metadata, details } = narrowed.value;
  return {
    reason: reason ?? "",
    message: message || reason || "",
    ...(details?.retryAfterSeconds ? { retryAfterSeconds: details.retryAfterSeconds } : {}),
    ...(metadata?.continue ? { continueToken: metadata.continue } : {}),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds, or an HTTP date (RFC 9110 §10.2.3). */
function readRetryAfter(value: string, now: number): number | undefined {
  if (/^\d+$/.test(value)) return Number(value);
  const date = value === "" ? Number.NaN : Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** The title of an HTML page, or the first line of any other text. */
export function pageTitle(text: string): string {
  return /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1] ?? (text.trimStart().startsWith("<") ? "a web page" : text);
}

const HTTP_WORDS: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

function httpWords(status: number): string {
  return HTTP_WORDS[status] ?? "without a word";
}
