// A folder that was not rendered is never skipped in silence.

import type { SourceItem } from "../../sources/manifests/manifest-source.ts";
import type { Message } from "../../verdicts/message.ts";

export type Renderer = "helm" | "kustomize";

/** @param isByDesign nothing of it could be judged by itself: shown, but no reason to call the run incomplete */
export function renderGap(
  renderer: Renderer,
  name: string,
  reason: Message,
  isByDesign = false,
): Extract<SourceItem, { kind: "gap" }> {
  const code = `${renderer}-not-rendered`;
  return { kind: "gap", file: name, gap: { code, what: name, reason, ...(isByDesign && { isAccepted: true }) } };
}
