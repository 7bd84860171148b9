// What `access generate` has to tell, before it is told in one format or another.

import type { AccessSource } from "../../../layers/access/access-source.ts";
import type { GeneratedAccess } from "../../../layers/access/generate/generate-access.ts";
import type { ApiHint } from "../../../layers/access/generate/declared-needs.ts";
import type { Gap } from "../../../verdicts/gap.ts";
import type { Catalogue } from "../../catalogue.ts";
import { printable } from "../../printable.ts";
import type { ReportedLog } from "../minimize/minimize-report.ts";
import type { AccessNote } from "../note.ts";

export interface GenerateReport {
  readonly generated: GeneratedAccess<AccessSource>;
  /** `undefined` without an audit log. */
  readonly log: ReportedLog | undefined;
  readonly notes: readonly AccessNote[];
  readonly gaps: readonly Gap[];
}

/** A hint in one sentence. */
export function hintText(hint: ApiHint, { say }: Catalogue): string {
  switch (hint.kind) {
    case "leader-election":
      return say("generate.hint-leader-election", { container: printable(hint.container) });
    case "kubectl":
      return say("generate.hint-kubectl", { container: printable(hint.container), words: printable(hint.words) });
    case "flag":
      return say("generate.hint-flag", { container: printable(hint.container), flag: printable(hint.flag) });
    case "automount":
      return say("generate.hint-automount");
    case "token-volume":
      return say("generate.hint-token-volume");
    case "token-for":
      return say("generate.hint-token-for", { audience: printable(hint.audience) });
  }
}
