// The one error this folder throws: a code of the table, the arguments of its text, and what the server said.

import { fillTemplate, type Message, type MessageArguments } from "../../verdicts/message.ts";
import { FAILURE_TEXTS, type FailureCode } from "./failure-texts.ts";

/** The Status object of an answer (k8s.io/apimachinery/pkg/apis/meta/v1 Status), or what stands for it. */
export interface StatusAnswer {
  /** HTTP status. */
  readonly status: number;
  /** `Forbidden`, `Expired`, …; empty when the answer was no Status. */
  readonly reason: string;
  readonly message: string;
  readonly retryAfterSeconds?: number;
  /** Of a 410: where a list may go on, at a newer resourceVersion. */
  readonly continueToken?: string;
}

export interface ApiFailure {
  readonly code: FailureCode;
  readonly arguments: MessageArguments;
  readonly answer?: StatusAnswer;
}

/** A class because it is thrown; everything in it is data. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly failure: ApiFailure;

  constructor(failure: ApiFailure, cause?: unknown) {
    super(fillTemplate(FAILURE_TEXTS[failure.code], failure.arguments), cause === undefined ? {} : { cause });
    this.failure = failure;
  }
}

export function apiError(code: FailureCode, values: MessageArguments = {}, cause?: unknown): ApiError {
  return new ApiError({ code, arguments: values }, cause);
}

/** The failure as a catalogue message; its English text is in the table of codes. */
export function failureMessage(failure: ApiFailure): Message {
  return { id: `api/${failure.code}`, arguments: failure.arguments };
}

/** What a system call or library said, in one line. */
export function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return firstLine(words === "" && error instanceof Error ? error.name : words);
}

const LONGEST_WORDS = 300;

/** The first line that says something, at most 300 characters, without control characters. */
export function firstLine(text: string): string {
  const line = text.split(/[\r\n]+/).find((candidate) => candidate.trim() !== "") ?? "";
  // A server's or plugin's words go to a terminal: escape sequences must not.
  const plain = line.trim().replace(/\p{Cc}/gu, "\u00b7");
  return plain.length > LONGEST_WORDS ? `${plain.slice(0, LONGEST_WORDS)}…` : plain;
}
