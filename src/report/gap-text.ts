// Why something was not evaluated, and who accepted that.

import type { Gap } from "../verdicts/gap.ts";
import type { Catalogue } from "./catalogue.ts";
import { exceptionText } from "./exception-text.ts";

export function gapText({ reason, isAccepted, acceptance }: Gap, catalogue: Catalogue): string {
  const text = catalogue.sayAny(reason.id, reason.arguments);
  if (isAccepted !== true) return text;
  if (acceptance === undefined) return catalogue.say("report.gap-by-design", { text });
  return catalogue.say("report.gap-accepted", { text, exception: exceptionText(acceptance, catalogue) });
}
