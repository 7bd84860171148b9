// The files of a roll-out: a plan to read, a folder for each namespace with its steps, today's policies for the way
// back, and assertions that keep it so.

import { writeAssertions } from "../../layers/network/generate/assertions.ts";
import type { GeneratedPolicy } from "../../layers/network/generate/generated-policy.ts";
import { planRollout, type Stage, type Step } from "../../layers/network/generate/rollout.ts";
import type { Resource } from "../../cluster/resource.ts";
import type { Catalogue } from "../catalogue.ts";
import { codeSpan } from "../markdown-text.ts";
import { printable } from "../printable.ts";
import { commentedYaml } from "./commented-yaml.ts";
import type { GenerateReport } from "./generate-report.ts";
import { summaryOf } from "./generate-text.ts";
import { needText, peerText } from "./need-text.ts";
import { policiesYaml } from "./policy-text.ts";

export interface RolloutFile {
  /** With slashes, relative to the folder. */
  readonly name: string;
  readonly chunks: Iterable<string>;
}

export interface Rollout {
  readonly files: readonly RolloutFile[];
  readonly stages: readonly Stage[];
}

export function rolloutOf(report: GenerateReport, catalogue: Catalogue): Rollout {
  const { generated } = report;
  const stages = planRollout(generated);
  const { assertions, leftOut } = writeAssertions(generated);
  const steps = stages.flatMap((stage, index) =>
    stage.steps.map((step, position) => ({
      name: stepFile(stage, index, step, position),
      chunks: policiesYaml(step.policies, catalogue),
    })),
  );
  const head = leftOut === 0 ? "" : `# ${catalogue.say("generate.assertions-left-out", { count: leftOut })}\n`;
  return {
    stages,
    files: [
      { name: "plan.md", chunks: planMarkdown(report, stages, assertions.length, catalogue) },
      ...steps,
      { name: "rollback.yaml", chunks: rollbackYaml(generated.superseded, catalogue) },
      { name: "assertions.yaml", chunks: [head, commentedYaml({ assertions }, new Map())] },
    ],
  };
}

function folderOf({ namespace }: Stage, index: number): string {
  return `${`${index + 1}`.padStart(2, "0")}-${namespace}`;
}

function stepFile(stage: Stage, index: number, { kind }: Step, position: number): string {
  return `${folderOf(stage, index)}/${position + 1}-${kind}.yaml`;
}

function* planMarkdown(
  report: GenerateReport,
  stages: readonly Stage[],
  assertions: number,
  catalogue: Catalogue,
): Generator<string> {
  const { say } = catalogue;
  yield `# ${say("generate.plan-title")}\n\n${say("generate.plan-order")}\n\n`;
  yield `${say("generate.plan-audit")}\n\n- Calico: ${say("generate.plan-audit-calico")}\n- Cilium: ${say("generate.plan-audit-cilium")}\n`;
  for (const [index, stage] of stages.entries()) yield* stageMarkdown(stage, index, catalogue);
  yield `\n## ${say("generate.plan-keep")}\n\n${say("generate.plan-assertions", { count: assertions })}\n\n`;
  yield "```\nringwall network test assertions.yaml TARGET…\n```\n";
  yield `\n## ${say("generate.plan-proof")}\n`;
  for (const { head, lines } of summaryOf(report, catalogue)) {
    yield `\n${printable(head)}\n${lines.length === 0 ? "" : "\n"}`;
    for (const line of lines) yield `- ${codeSpan(line)}\n`;
  }
}

function* stageMarkdown(stage: Stage, index: number, catalogue: Catalogue): Generator<string> {
  const { say } = catalogue;
  const { namespace, calledFrom, steps } = stage;
  yield `\n## ${index + 1}  ${printable(namespace)}\n\n`;
  if (calledFrom.length > 0)
    yield `${say("generate.plan-called-from", { list: calledFrom.map(printable).join(", ") })}\n\n`;
  for (const [position, step] of steps.entries()) {
    const file = stepFile(stage, index, step, position);
    yield `${position + 1}. ${stepText(step, catalogue)}\n\n   \`\`\`\n   kubectl apply -f ${file}\n`;
    for (const [kind, list] of Map.groupBy(step.remove, ({ id }) => id.kind.toLowerCase()))
      yield `   kubectl delete ${kind} -n ${namespace} ${list.map(({ id }) => id.name).join(" ")}\n`;
    yield "   ```\n";
    const broken = step.broken.map(({ need }) => needText(need, catalogue));
    yield broken.length === 0
      ? `   ${say("generate.plan-step-proved")}\n\n`
      : `   ${say("generate.plan-step-broken", { count: broken.length })}\n${broken.map((text) => `   - ${codeSpan(text)}\n`).join("")}\n`;
  }
  yield `${say("generate.plan-back")}\n\n\`\`\`\nkubectl delete -f ${folderOf(stage, index)}/\nkubectl apply -f rollback.yaml -n ${namespace}\n\`\`\`\n`;
}

function stepText({ kind, policies }: Step, catalogue: Catalogue): string {
  const [first] = policies;
  const owner = first?.owner;
  const workload = owner === undefined ? "" : peerText({ kind: "owner", owner }, catalogue);
  return catalogue.say(`generate.plan-${kind}`, { workload, count: workloadsIn(policies) });
}

function workloadsIn(policies: readonly GeneratedPolicy[]): number {
  return policies.reduce((count, { owner }) => count + (owner?.workloads.length ?? 0), 0);
}

/** Today's policies as they are, without what the server adds. */
function* rollbackYaml(superseded: readonly Resource[], { say }: Catalogue): Generator<string> {
  yield `# ${say(superseded.length === 0 ? "generate.rollback-nothing" : "generate.rollback")}\n`;
  for (const { object } of superseded) {
    const { apiVersion, kind, metadata, spec } = object;
    const { name, namespace, labels } = metadata ?? {};
    const annotations = Object.entries(metadata?.annotations ?? {}).filter(([key]) => key !== LAST_APPLIED);
    const kept = {
      apiVersion,
      kind,
      metadata: {
        ...(name == null ? {} : { name }),
        ...(namespace == null ? {} : { namespace }),
        ...(labels == null ? {} : { labels }),
        ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
      },
      spec: spec ?? {},
    };
    yield `---\n${commentedYaml(kept, new Map())}`;
  }
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
