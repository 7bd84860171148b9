// What a run could not look at, and why. Never silent: every gap is shown, counted, and (unless by design or
// accepted) makes the run incomplete.

import type { ResourceId } from "../cluster/resource-id.ts";
import type { Position } from "../cluster/resource.ts";
import type { ReportedException } from "./excepted.ts";
import type { Message } from "./message.ts";

export interface Gap {
  /** One of the closed list in report/catalogues; also the id of the message that words it. */
  readonly code: string;
  /** What was not evaluated: a file, an object, a kind. */
  readonly what: string;
  readonly reason: Message;
  readonly position?: Position;
  readonly resource?: ResourceId;
  /** Rules that could not answer because of it; empty means every rule in scope. */
  readonly rules?: readonly string[];
  /** Set when objects of a kind could not be listed: they may be there, unseen. */
  readonly unread?: { readonly group: string; readonly kind: string };
  /** By design (contents of Secrets) or accepted by the user: shown, but the run counts as complete. */
  readonly isAccepted?: boolean;
  /** Who accepted it, why, and until when; absent for what is by design. */
  readonly acceptance?: ReportedException;
}
