// `network generate` as text: policies ready for `kubectl apply -f -`, and below them, as comments, what was proved and
// what is left to answer.

import type { Generated } from "../../layers/network/generate/generate.ts";
import type { WrongConnection } from "../../layers/network/generate/prove.ts";
import { formatPorts } from "../../layers/network/port-set.ts";
import type { Catalogue } from "../catalogue.ts";
import { placeText, resourceText } from "../evidence-text.ts";
import { gapLine } from "../access/gap-lines.ts";
import { printable } from "../printable.ts";
import { noteText } from "../network/note.ts";
import { portsText } from "../network/ports-text.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import type { GenerateReport, ObservedReport } from "./generate-report.ts";
import { momentText } from "./moment-text.ts";
import { needText, reasonsText } from "./need-text.ts";
import { ownerNoteText, policiesYaml } from "./policy-text.ts";

const MOST_LISTED = 20;

export function* generateText(
  report: GenerateReport,
  catalogue: Catalogue,
  { width, style }: TextOptions,
): Generator<string> {
  yield* policiesYaml(report.generated.policies, catalogue);
  if (report.generated.policies.length > 0) yield "---\n";
  for (const { head, lines } of summaryOf(report, catalogue)) {
    yield "#\n";
    for (const [index, line] of wrap(head, width - 2).entries())
      yield `# ${index === 0 ? style.bold(printable(line)) : printable(line)}\n`;
    for (const line of lines)
      for (const [index, part] of wrap(line, width - 6).entries())
        yield `#   ${index === 0 ? "" : "  "}${printable(part)}\n`;
  }
}

/** Policies alone. */
export function* generateYaml(report: GenerateReport, catalogue: Catalogue): Generator<string> {
  yield* policiesYaml(report.generated.policies, catalogue);
}

export interface SummaryBlock {
  readonly head: string;
  readonly lines: readonly string[];
}

/** What was proved first, then what is open. */
export function summaryOf(report: GenerateReport, catalogue: Catalogue): readonly SummaryBlock[] {
  const { generated, observed, unresolved, notes, gaps } = report;
  return [
    ...proofBlocks(generated, catalogue),
    ...unmetBlocks(generated, catalogue),
    block(
      "generate.unresolved",
      unresolved.map((one) => {
        const { code, resource, path, value, workload, nearest } = one;
        const place = placeText(resource.locate(path)) || resourceText(resource.id);
        const near =
          nearest === undefined || nearest.length === 0
            ? ""
            : ` ${catalogue.say("generate.nearest", { names: nearest.join(", ") })}`;
        const why = catalogue.say(`generate.unresolved-${code}`);
        return `${place}  ${workload === undefined ? "" : `${workload}: `}${value}  ${why}${near}`;
      }),
      catalogue,
    ),
    ...(observed === undefined ? [] : observedBlocks(observed, catalogue)),
    ...surroundingBlocks(generated, catalogue),
    block(
      "generate.notes",
      notes.map((note) => noteText(note, catalogue)),
      catalogue,
    ),
    block(
      "generate.incomplete",
      gaps.map((gap) => gapLine(gap, catalogue)),
      catalogue,
    ),
  ].filter(({ head }) => head !== "");
}

type Head = Parameters<Catalogue["say"]>[0];

/** A block with its count and the first lines; nothing where there are none. */
function block(head: Head, lines: readonly string[], { say }: Catalogue): SummaryBlock {
  if (lines.length === 0) return { head: "", lines: [] };
  const more = lines.length - MOST_LISTED;
  return {
    head: say(head, { count: lines.length }),
    lines: more <= 0 ? lines : [...lines.slice(0, MOST_LISTED), say("generate.more-lines", { count: more })],
  };
}

function proofBlocks(generated: Generated, catalogue: Catalogue): readonly SummaryBlock[] {
  const { say } = catalogue;
  const { kind, connections, necessity, difference, policies, namespaces } = generated;
  if (policies.length === 0) return [{ head: say("generate.nothing"), lines: [] }];
  const { missing, extra, depends, allowed } = connections;
  const unneeded = new Set(extra.map(pairText));
  const isProved = missing.length + extra.length + necessity.unnecessary.length === 0;
  const lines = [
    say("generate.proof-allowed", { allowed, missing: missing.length }),
    say("generate.proof-extra", { extra: extra.length }),
    say("generate.proof-rules", { rules: necessity.rules, unnecessary: necessity.unnecessary.length }),
    say("generate.difference", { closed: difference.closed, opened: difference.opened.length }),
  ];
  if (kind === "ClusterNetworkPolicy") lines.push(say("generate.proof-pods-only"));
  if (depends.missing + depends.extra > 0)
    lines.push(
      say("generate.proof-depends", { count: depends.missing + depends.extra }),
      ...depends.on.map((question) => say(`network.on-${question}`)),
    );
  return [
    {
      head: say(isProved ? "generate.proved" : "generate.not-proved", {
        policies: policies.length,
        namespaces: namespaces.length,
      }),
      lines,
    },
    block(
      "generate.missing",
      missing.map((one) => connectionText(one, catalogue)),
      catalogue,
    ),
    block(
      "generate.extra",
      extra.map((one) => connectionText(one, catalogue)),
      catalogue,
    ),
    block(
      "generate.unnecessary",
      necessity.unnecessary.map(
        ({ policy, rule }) => `${resourceText(policy.resource.id)}  ${rule.direction} ${rule.index + 1}`,
      ),
      catalogue,
    ),
    block(
      "generate.opened",
      difference.opened.map(pairText).filter((pair) => !unneeded.has(pair)),
      catalogue,
    ),
  ];
}

function pairText({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from} → ${to}`;
}

function connectionText({ from, to, ports }: WrongConnection, catalogue: Catalogue): string {
  return `${from} → ${to}  ${portsText(formatPorts(ports), catalogue)}`;
}

function unmetBlocks({ unmet, silent }: Generated, catalogue: Catalogue): readonly SummaryBlock[] {
  const { say } = catalogue;
  const needs = unmet.map(
    ({ need, code }) =>
      `${needText(need, catalogue)}  ${say(`generate.unmet-${code}`)}  ${reasonsText([need], catalogue)}`,
  );
  const open = silent.filter(({ leftOpen }) => leftOpen.length > 0).map(({ owner }) => owner.id);
  const closed = silent.filter(({ leftOpen }) => leftOpen.length === 0).map(({ owner }) => owner.id);
  return [
    block("generate.unmet", needs, catalogue),
    block("generate.silent-open", open, catalogue),
    block("generate.silent-closed", closed, catalogue),
  ];
}

function observedBlocks(observed: ObservedReport, catalogue: Catalogue): readonly SummaryBlock[] {
  const { say } = catalogue;
  const windows = observed.windows.map(({ source, from, to, flows }) =>
    from === undefined || to === undefined
      ? say("generate.window-untimed", { source, flows })
      : say("generate.window", { source, flows, from: momentText(from), to: momentText(to) }),
  );
  const holes = observed.gaps.map(({ source, from, to }) =>
    say("generate.window-gap", { source, from: momentText(from), to: momentText(to) }),
  );
  if (observed.denied > 0) holes.push(say("generate.denied-flows", { count: observed.denied }));
  return [
    block("generate.observed", [...windows, ...holes], catalogue),
    block(
      "generate.not-seen",
      observed.notSeen.map(({ workload, code }) => `${workload}  ${say(`generate.not-seen-${code}`)}`),
      catalogue,
    ),
    block(
      "generate.unknown-flows",
      observed.unresolved.map(({ source, destination, protocol, port, flows, code }) => {
        const ends = `${source} → ${destination}  ${protocol} ${port ?? ""}`.trimEnd();
        return `${ends}  ${say("generate.because-observed", { flows })}  ${say(`generate.flow-${code}`)}`;
      }),
      catalogue,
    ),
  ];
}

function surroundingBlocks(generated: Generated, catalogue: Catalogue): readonly SummaryBlock[] {
  const { say } = catalogue;
  const { exceptions, resolvers, toDelete, otherNamespaces, owners } = generated;
  const byCode = Map.groupBy(exceptions, ({ code }) => code);
  const named = [...byCode].map(([code, list]) => say(`generate.exception-${code}`, { count: list.length }));
  const assumed = resolvers.filter(({ isAssumed }) => isAssumed).map(() => say("generate.resolver-assumed"));
  const notes = owners.flatMap((owner) => owner.notes.map((note) => `${owner.id}: ${ownerNoteText(note, catalogue)}`));
  const lost = generated.lost.map((one) => {
    const place = placeText(one.policy.locate(one.path));
    return `${connectionText(one, catalogue)}  ${resourceText(one.policy.id)}${place === "" ? "" : ` (${place})`}`;
  });
  const gone = [...Map.groupBy(toDelete, ({ id }) => id.namespace)].map(
    ([namespace, list]) => `kubectl delete networkpolicy -n ${namespace} ${list.map(({ id }) => id.name).join(" ")}`,
  );
  return [
    block("generate.selectors", notes, catalogue),
    block("generate.exceptions", [...named, ...assumed], catalogue),
    block("generate.lost", lost, catalogue),
    block("generate.superseded", gone, catalogue),
    block("generate.other-namespaces", otherNamespaces, catalogue),
  ];
}
