// `ringwall access escalations`: who can become more than they are, by which chain, and what stops it.

import { KEPT_KINDS, type AttackWorld } from "../attack/attack-world.ts";
import { changeUse, type ChangeUse } from "../attack/change-use.ts";
import { findEscalations } from "../attack/escalations.ts";
import type { GrantedRole } from "../attack/granted-role.ts";
import { holdingKey, type Holding } from "../attack/holding.ts";
import { podProblemsOf } from "../attack/pod-facts.ts";
import { POD_DEPUTIES } from "../attack/pod-deputies.ts";
import { isOfKind, TARGET_KINDS, type Target } from "../attack/target.ts";
import { cutOfOne, cutsOf } from "../attack/target-cuts.ts";
import { techniqueWorld } from "../attack/technique-world.ts";
import { powersOf, TECHNIQUES } from "../attack/techniques.ts";
import { weigh } from "../attack/weigh.ts";
import type { Resource } from "../cluster/resource.ts";
import { RULES } from "../controls/registry.generated.ts";
import { groupOf } from "../kubernetes/object.ts";
import { isPodCarrierKind } from "../kubernetes/pod-template.ts";
import { isRbacObject } from "../layers/access/rbac-state.ts";
import { escalationsJson, escalationsText } from "../report/attack/escalations.ts";
import { catalogueOf } from "../report/catalogue.ts";
import type { Gap } from "../verdicts/gap.ts";
import { logFiles, readUsage, type AuditUsage } from "./audit-usage.ts";
import { readResources } from "./cluster/read-resources.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import type { AccessFlags } from "./access-input.ts";
import { whileComputing } from "./interrupts.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { UsageError, unknownWord } from "./usage-error.ts";

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
  const subjects = askedSubjects(flags);
  const { world, gaps: missing } = await readWorld(targets, flags, streams);
  const log = flags.auditLog.length === 0 ? undefined : await readUsage(files, streams);
  const useOf = provedUse(world, log);
  const found = whileComputing(() => findEscalations(world, { techniques: TECHNIQUES, ...(subjects && { subjects }) }));
  const gaps = [...missing, ...(log?.gaps ?? []), ...[...world.rights.limits()].map(tooManyNames)];
  const escalations = found.escalations.filter(({ target }) => wanted === undefined || isOfKind(target, wanted));
  const weighed = weigh(world, { ...found, escalations });
  const report = {
    ...weighed,
    graph: found.graph,
    given: found.given,
    subjects: found.subjects,
    cuts: whileComputing(() => cutsOf(found, [...weighed.told, ...weighed.silent], useOf)),
    cutOf: cutOfOne(found, useOf),
    useOf,
    isAll: flags.all === true,
    unnamed: (subjects ?? []).filter((subject) => !isNamed(world, subject)),
    gaps,
    targets: [...targets, ...flags.filename],
  };
  const render = (format: string): Iterable<string> => FORMATS[format as keyof typeof FORMATS](report, catalogue, text); // parseOutputs knows only these
  await writeOutputs(outputs, render, (files) => catalogue.say("report.written-to", { files }), streams);
  if (weighed.told.length > 0) return 1;
  return gaps.length > 0 ? 3 : 0;
}

/** How often a change was used. Only a log that shows every use can say that it never was. */
function provedUse(world: AttackWorld, log: AuditUsage | undefined): ChangeUse {
  if (log === undefined || log.evidence === "none") return () => undefined;
  const useOf = changeUse(world, log.usage, powersOf(TECHNIQUES, world));
  const isWhole = log.evidence === "whole" && !log.usage.identities.some(({ isCut }) => isCut);
  return isWhole ? useOf : (change) => useOf(change) || undefined;
}

/** Of a role that names hundreds of objects in several places. */
function tooManyNames({ kind, name, namespace }: GrantedRole): Gap {
  const what = kind === "Role" ? `${kind} ${namespace}/${name}` : `${kind} ${name}`;
  return { code: "too-many-names", what, reason: { id: "too-many-names" } };
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
  const input = await readResources([...targets, ...flags.filename], connection, streams, {
    rules,
    keep,
    problemsOf: podProblemsOf,
  });
  const { minor, isComplete, gaps } = input;
  const member = flags.as === undefined ? undefined : { user: flags.as, groups: flags.asGroup ?? [] };
  const options = { minor, isComplete, member, isForTargets: true };
  return { world: whileComputing(() => techniqueWorld(input.resources, options)), gaps };
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
  if (as === undefined && groups.length > 1) throw new UsageError("error.escalations-as-needed", {});
  if (as === undefined) return groups.length === 0 ? undefined : groups;
  return [{ kind: "user", name: as }]; // one identity, with its groups, as everywhere else
}

/** Whether a binding names it, or it is an account. */
function isNamed({ rights, accounts }: AttackWorld, subject: Holding): boolean {
  const key = holdingKey(subject);
  return (
    rights.bound.some(({ holder }) => holdingKey(holder) === key) ||
    accounts.some(({ user }) => subject.kind === "user" && subject.name === user)
  );
}
