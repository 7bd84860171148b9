// What a command says and how it ends when the cluster as a whole could not be read.

import { catalogueOf } from "../../report/catalogue.ts";
import { printable } from "../../report/printable.ts";
import { ApiError, failureMessage } from "../../sources/api/api-error.ts";
import type { FailureCode } from "../../sources/api/failure-texts.ts";
import type { Language } from "../../verdicts/rule.ts";
import { sourceTexts } from "./source-texts.ts";

/** Mistakes in what the user gave: flags, and what the kubeconfig has for them. */
const USAGE: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "no-cluster",
  "no-current-context",
  "context-unknown",
  "cluster-unknown",
  "cluster-unnamed",
  "user-unknown",
  "kubeconfig-absent",
  "kubeconfig-forbidden",
  "kubeconfig-is-directory",
  "kubeconfig-unreadable",
  "impersonation-without-user",
  "impersonation-incomplete",
  "impersonation-unusable",
  "insecure-with-authority",
]);

/** One line and the exit code: 2 for a mistake of the user, 3 for a cluster that was not read; `undefined` for other errors. */
export function clusterFailure(
  error: unknown,
  language: Language,
): { readonly line: string; readonly exit: 2 | 3 } | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { id, arguments: values } = failureMessage(error.failure);
  const line = printable(catalogueOf(language, sourceTexts(language)).sayAny(id, values));
  return { line, exit: USAGE.has(error.failure.code) ? 2 : 3 };
}
