// `workloads harden -o json` (ringwall.harden/v1, schemas/harden.v1.json).

import { jsonPatch, strategicMergePatch } from "../../layers/workloads/harden/edit.ts";
import type { HardenedNamespace } from "../../layers/workloads/harden/harden-namespace.ts";
import type { HardenedWorkload } from "../../layers/workloads/harden/harden-workload.ts";
import { formatPath } from "../../kubernetes/path.ts";
import { formatPolicyVersion } from "../../layers/workloads/pod-security/pod-security.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson, resourceJson } from "../finding-json.ts";
import { jsonElements, jsonText } from "../json-text.ts";
import { questionText, type HardenReport } from "./harden-report.ts";

export function* hardenJson({ namespaces, policy, gaps }: HardenReport, catalogue: Catalogue): Generator<string> {
  const head = { schema: "ringwall.harden/v1", level: policy.level, version: formatPolicyVersion(policy.version) };
  yield `${jsonText(head).slice(0, -1)},\n"namespaces":[`;
  yield* jsonElements(namespaces, namespaceJson);
  yield `],\n"workloads":[`;
  yield* jsonElements(
    namespaces.flatMap(({ workloads }) => workloads),
    (workload) => workloadJson(workload, catalogue),
  );
  yield `],\n"incomplete":${jsonText(gaps.map((gap) => gapJson(gap, catalogue)))}}\n`;
}

function namespaceJson({ namespace, known, now, afterPatches, reached }: HardenedNamespace): object {
  return { namespace, known: known !== undefined, now, afterPatches, reached };
}

function workloadJson(workload: HardenedWorkload, catalogue: Catalogue): object {
  const { carrier, object, state, edits, questions, cautions, isImmutable, before, after } = workload;
  const isHardened = state === "hardened";
  return {
    resource: resourceJson(carrier.id),
    ...carrier.position,
    state,
    ...(isImmutable && { immutable: true }),
    before,
    after,
    edits: edits.map(({ path, value }) => ({ path: formatPath(path), value })),
    ...(isHardened &&
      (carrier.isSeen ? { patch: strategicMergePatch(object, edits) } : { jsonPatch: jsonPatch(object, edits) })),
    questions: questions.map((question) => ({ ask: question.ask, text: questionText(question, catalogue) })),
    cautions: cautions.map(({ code, container, image, what }) => ({
      code,
      container,
      ...(what !== "" && { what }),
      text: catalogue.say(`harden.caution.${code}`, { container, image, what }),
    })),
    ...(state === "made" && { madeBy: { kind: carrier.owner?.kind ?? "", name: carrier.owner?.name ?? "" } }),
  };
}
