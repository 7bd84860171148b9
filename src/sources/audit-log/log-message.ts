// Why a line of an audit log, or the rest of a file, was not read, as a message.

import { formatPath } from "../../kubernetes/path.ts";
import type { Message } from "../../verdicts/message.ts";
import type { ReadFailure } from "./audit-lines.ts";
import type { LineProblem } from "./line-problem.ts";

export function problemMessage(problem: LineProblem): Message {
  switch (problem.kind) {
    case "not-json":
      return { id: "audit-not-json" };
    case "not-an-event":
      return { id: "audit-not-an-event", arguments: { found: `${itemText(problem.item)}${problem.found}` } };
    case "version":
      return {
        id: "audit-version",
        arguments: { apiVersion: `${itemText(problem.item)}${problem.apiVersion}` },
      };
    case "time":
      return { id: "audit-time", arguments: { found: `${itemText(problem.item)}${problem.found}` } };
    case "malformed": {
      const { path, expected, found } = problem.problem;
      const items = problem.item === undefined ? [] : ["items", problem.item];
      return { id: "invalid-field", arguments: { path: formatPath([...items, ...path]), expected, found } };
    }
  }
}

/** `line` is the last one that was taken. */
export function failureMessage(failure: ReadFailure, line: number): Message {
  switch (failure.kind) {
    case "cut":
      return { id: "audit-gzip-cut", arguments: { line } };
    case "foreign":
      return { id: "audit-gzip-foreign", arguments: { bytes: failure.bytes, line } };
    case "damaged":
      return { id: "audit-gzip-damaged", arguments: { at: failure.at, detail: failure.detail, line } };
    case "encoding":
      return { id: "audit-encoding", arguments: { ...failure.encoding } };
    case "unreadable":
      if (line === 0) return { id: "audit-unopened", arguments: { detail: failure.detail } };
      return { id: "audit-unreadable", arguments: { detail: failure.detail, line } };
  }
}

function itemText(item: number | undefined): string {
  return item === undefined ? "" : `items[${item}]: `;
}
