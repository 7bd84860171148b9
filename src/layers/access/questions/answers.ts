// The documents that `access can --batch` and `access who-can --format json` write.

import type { Access } from "../access-engine.ts";
import type { Action } from "../action.ts";
import {
  grantDocument,
  subjectDocument,
  type GrantDocument,
  type LocateFact,
  type SubjectDocument,
} from "./grant-document.ts";
import { readReview, reviewStatus, type ReviewProblem } from "./subject-access-review.ts";

export interface ReviewOptions<S> {
  /** Adds `status.chain`. */
  readonly explains?: LocateFact<S>;
}

export type AnsweredReview =
  | { readonly ok: true; readonly allowed: boolean; readonly review: object }
  | { readonly ok: false; readonly problem: ReviewProblem };

/** The review given, with its status; what else it holds is kept. */
export function answerReview<S>(access: Access<S>, value: unknown, options: ReviewOptions<S> = {}): AnsweredReview {
  const read = readReview(value);
  if (!read.ok) return read;
  const decision = access.authorize(read.identity, read.action);
  const { explains } = options;
  const chain =
    explains === undefined || decision.grant === undefined ? {} : { chain: grantDocument(decision.grant, explains) };
  const review = { ...(value as object), status: { ...reviewStatus(decision), ...chain } }; // readReview saw an object
  return { ok: true, allowed: decision.allowed, review };
}

export interface WhoCanDocument {
  readonly subjects: readonly (SubjectDocument & { readonly via: readonly GrantDocument[] })[];
  /** Nodes that the Node authorizer lets do it: all, or those named with what leads to them. */
  readonly nodes?: "all" | readonly GrantDocument[];
}

/** Who may do it, in the subject locator's order. */
export function whoCanDocument<S>(access: Access<S>, action: Action, locate: LocateFact<S>): WhoCanDocument {
  const subjects = access.whoCan(action).subjects.map(({ subject, via }) => ({
    ...subjectDocument(subject),
    via: via.map((grant) => grantDocument(grant, locate)),
  }));
  const { every, some } = access.nodesThatCan(action);
  if (every) return { subjects, nodes: "all" };
  return some.length === 0 ? { subjects } : { subjects, nodes: some.map((grant) => grantDocument(grant, locate)) };
}
