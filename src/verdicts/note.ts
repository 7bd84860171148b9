// What a person should know of a run besides findings and gaps. Notes never change the exit code.

import type { ResourceId } from "../cluster/resource-id.ts";
import type { Position } from "../cluster/resource.ts";
import type { Message } from "./message.ts";

export interface Note {
  /** Also the id of the message that words it, as `note.CODE` in report/catalogues. */
  readonly code: string;
  /** What it is about: an exception, a resource, a file. */
  readonly what: string;
  readonly message: Message;
  readonly position?: Position;
  readonly resource?: ResourceId;
}
