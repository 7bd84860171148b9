// `ringwall access escalations`: who can become more than they are, by which chain, and what stops it.

import { createAttackWorld, KEPT_KINDS, type AttackWorld } from "../attack/attack-world.ts";
import { changeUse, type ChangeUse } from "../attack/change-use.ts";
import { smallestCut, type Cut } from "../attack/cut.ts";
import { findEscalations, goalsOf, startOf, type Escalation, type Escalations } from "../attack/escalations.ts";
import type { Holding } from "../attack/holding.ts";
import { POD_DEPUTIES } from "../attack/pod-deputies.ts";
import { BINDS } from "../attack/powers.ts";
import { TARGET_KINDS, type Target } from "../attack/target.ts";
import { powersOf, TECHNIQUES } from "../attack/techniques.ts";
import { targetKey, weigh } from "../attack/weigh.ts";
import type { Resource } from "../cluster/resource.ts";
import { RULES } from "../controls/registry.generated.ts";
import { groupOf } from "../kubernetes/object.ts";
import { isPodCarrierKind } from "../kubernetes/pod-template.ts";
import { isRbacObject } from "../layers/access/rbac-state.ts";
import { escalationsJson, escalationsText, type TargetCut } from "../report/attack/escalations.ts";
import { catalogueOf } from "../report/catalogue.ts";
import type { Gap } from "../verdicts/gap.ts";
import { logFiles, readUsage } from "./audit-usage.ts";
import { readResources } from "./cluster/read-resources.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import type { AccessFlags } from "./access-input.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutput } from "./output.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord } from "./usage-error.ts";

export interface EscalationsFlags extends AccessFlags {
  readonly as?: string;
  readonly asGroup?: readonly string[];
  readonly to?: string;
  readonly auditLog: readonly string[];
  readonly all?: true;
}

const FORMATS = { text: escalationsText, json: escalationsJson } as const;

/** Exit 1 when somebody can gain what they were not given, else 0, or 3 when something could not be read. */
export async function accessEscalations(
  targets: readonly string[],
  flags: EscalationsFlags,
  streams: Streams,
): Promise<number> {
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, flags.all === true, streams);
  const outputs = parseOutputs(flags.output, Object.keys(FORMATS), streams.directory);
  const wanted = wantedTarget(flags.to);
  const files = logFiles(flags.auditLog, streams);
  const { world, gaps: missing } = await readWorld(targets, flags, streams);
  const log = files.length === 0 ? undefined : await readUsage(files, streams);
  const gaps = [...missing, ...(log?.gaps ?? [])];
  const useOf = log === undefined ? () => undefined : changeUse(world, log.usage, powersOf(TECHNIQUES, world));
  const subjects = askedSubjects(flags);
  const found = findEscalations(world, { techniques: TECHNIQUES, ...(subjects && { subjects }) });
  const escalations = found.escalations.filter(({ target }) => wanted === undefined || target.kind === wanted);
  const weighed = weigh(world, { ...found, escalations });
  const report = {
    ...weighed,
    graph: found.graph,
    given: found.given,
    subjects: found.subjects,
    cuts: cutsOf(found, [...weighed.told, ...weighed.silent], useOf),
    cutOf: cutOfOne(found, useOf),
    useOf,
    isAll: flags.all === true,
    gaps,
    targets: [...targets, ...flags.filename],
  };
  for (const output of outputs) {
    const render = FORMATS[output.format as keyof typeof FORMATS]; // parseOutputs knows only these
    await writeOutput(output, render(report, catalogue, text), streams);
  }
  if (weighed.told.length > 0) return 1;
  return gaps.length > 0 ? 3 : 0;
}

/** The objects themselves are let go of here: the world has what matters of them. */
async function readWorld(
  targets: readonly string[],
  flags: EscalationsFlags,
  streams: Streams,
): Promise<{ readonly world: AttackWorld; readonly gaps: readonly Gap[] }> {
  // Whom the question is about is not who asks the cluster; and chains cross namespaces.
  const { as: _1, asGroup: _2, ...rest } = flags;
  const connection = flags.namespace === undefined ? { ...rest, allNamespaces: true as const } : rest;
  const rules = RULES.filter(({ id }) => id.startsWith("access/") || id.startsWith("workloads/"));
  const input = await readResources([...targets, ...flags.filename], connection, streams, { rules, keep });
  const { minor, isComplete, gaps } = input;
  const powers = (it: Pick<AttackWorld, "features" | "minor">) => powersOf(TECHNIQUES, it);
  return { world: createAttackWorld(input.resources, { minor, isComplete, powers, binds: BINDS }), gaps };
}

/** What the attack world looks at, without what only fills memory. */
function keep(resource: Resource): Resource | undefined {
  const { id, object } = resource;
  const type = `${id.group}/${id.kind}`;
  const isKept =
    isRbacObject(id.apiVersion, id.kind) ||
    isPodCarrierKind(id.apiVersion, id.kind) ||
    KEPT_TYPES.has(type) ||
    DEPUTY_TYPES.has(type) ||
    KEPT_KINDS.has(type);
  if (!isKept) return undefined;
  if (type === "/Secret") {
    const { apiVersion, kind, metadata, type: secretType } = object;
    const outline = { apiVersion, kind, ...(metadata != null && { metadata }), type: secretType };
    return { ...resource, object: outline }; // values stay out of memory
  }
  return groupOf(id.apiVersion) === "" && id.kind === "ConfigMap" && id.name !== "aws-auth" ? undefined : resource;
}

/** Their being there shows that somebody makes pods of them. */
const DEPUTY_TYPES: ReadonlySet<string> = new Set(POD_DEPUTIES.map(({ group, kind }) => `${group}/${kind}`));
const KEPT_TYPES: ReadonlySet<string> = new Set(["/Namespace", "/Node", "/Secret", "/ServiceAccount"]);

function wantedTarget(word: string | undefined): Target["kind"] | undefined {
  if (word === undefined) return undefined;
  const kind = TARGET_KINDS.find((one) => one === word);
  if (kind === undefined) throw unknownWord("error.unknown-target", word, TARGET_KINDS);
  return kind;
}

function askedSubjects({ as, asGroup = [] }: EscalationsFlags): readonly Holding[] | undefined {
  const groups = asGroup.map((name): Holding => ({ kind: "group", name }));
  if (as === undefined) return groups.length === 0 ? undefined : groups;
  return [{ kind: "user", name: as }, ...groups];
}

/** Cuts that are worked out: those for the most subjects. */
const MOST_CUTS = 20;

/** For each target that more than one subject comes to, what stops them all; nodes together, whichever they are. */
function cutsOf({ graph, searcher }: Escalations, told: readonly Escalation[], useOf: ChangeUse): readonly TargetCut[] {
  const groups = [...Map.groupBy(told, ({ target }) => (target.kind === "node" ? "node" : targetKey(target))).values()]
    .filter((group) => group.length > 1)
    .toSorted((one, other) => other.length - one.length);
  return groups.slice(0, MOST_CUTS).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const isOfNodes = first.target.kind === "node";
    const target: Target = isOfNodes ? { kind: "node", node: "" } : first.target;
    const reached = isOfNodes ? group.flatMap((one) => [one.target, ...one.others]) : [target];
    const starts = new Map(group.map(({ subject }) => [startOf(graph, subject), subject]));
    const cut = smallestCut(graph, searcher, [...starts.keys()], goalsOf(graph, reached), useOf);
    const uncutSubjects = cut.uncut.flatMap((start) => starts.get(start) ?? []);
    return [{ ...cut, target, subjects: group.length, uncutSubjects }];
  });
}

function cutOfOne({ graph, searcher }: Escalations, useOf: ChangeUse): (escalation: Escalation) => Cut {
  return ({ subject, target, others }) =>
    smallestCut(graph, searcher, [startOf(graph, subject)], goalsOf(graph, [target, ...others]), useOf);
}
