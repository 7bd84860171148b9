// The exceptions of one run: which findings and gaps they cover, and which of them are stale, too broad or unanswered.

import { keyOf } from "../../cluster/resource-id.ts";
import type { Resource } from "../../cluster/resource.ts";
import type { ReportedException } from "../../verdicts/excepted.ts";
import type { Finding } from "../../verdicts/finding.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Note } from "../../verdicts/note.ts";
import type { Rule } from "../../verdicts/rule.ts";
import { accepts, type AcceptedGap } from "./accepted-gap.ts";
import { isAnnotated, readAnnotations } from "./annotations.ts";
import { evidenceText } from "./evidence-text.ts";
import { annotationNote, changedNote, exceptionNotes, gapNotes } from "./exception-notes.ts";
import { indexExceptions } from "./exception-index.ts";
import { covers, isExpired, reported, type Exception } from "./exception.ts";
import { selectsResource } from "./resource-selector.ts";
import type { RuleNames } from "./rules-named.ts";
import type { Usage } from "./usage.ts";

export interface ExceptionsOptions {
  readonly exceptions: readonly Exception[];
  readonly gaps: readonly AcceptedGap[];
  readonly rulesNamed: RuleNames;
  /** The rules of this run: an exception for another one is not unused. */
  readonly asked: readonly Rule[];
  /** The day on which the run takes place, `YYYY-MM-DD`. */
  readonly today: string;
  /** Of the text of evidence, as exceptions quote it: lower case. */
  readonly hash: (text: string) => string;
  /** A file's name in the report as a path relative to the exceptions file. */
  readonly fileOf: (name: string) => string;
  /** Whether the input is everything there is, so that an exception without its resource is stale. */
  readonly isWholeInput: boolean;
  /** Ignores of other tools that are honoured. */
  readonly ignoresOf?: (resource: Resource) => readonly Exception[];
}

export interface Exceptions {
  /** Tells of a resource that is judged. */
  readonly see: (resource: Resource) => void;
  /** The exception that covers a failing verdict. */
  readonly find: (finding: Finding, resource: Resource) => ReportedException | undefined;
  /** The gap, marked as accepted where it is. */
  readonly accept: (gap: Gap) => Gap;
  /** What is to be said of the exceptions, once everything was seen. */
  readonly notes: () => readonly Note[];
}

const NONE: readonly Exception[] = [];

/** A finding costs the exceptions that name its rule and resource, and those of its rule with patterns. */
export function createExceptions(options: ExceptionsOptions): Exceptions {
  const { exceptions, gaps, asked, today, hash, rulesNamed } = options;
  const askedIds = new Set<string>(asked.map(({ id }) => id));
  const usages = new Map<Exception | AcceptedGap, Usage>();
  const usageOf = (one: Exception | AcceptedGap): Usage => {
    const usage = usages.get(one) ?? { covered: 0, reopened: 0, hasResource: false };
    usages.set(one, usage);
    return usage;
  };
  const index = indexExceptions(exceptions);
  const annotated = new Map<string, readonly Exception[]>();
  const immediate: Note[] = [];

  const annotationsOf = (resource: Resource): readonly Exception[] => {
    if (!isAnnotated(resource)) return NONE;
    const key = `${provenanceOf(resource)}\n${keyOf(resource.id)}\n${JSON.stringify(resource.object.metadata?.annotations)}`;
    let known = annotated.get(key);
    if (known === undefined) {
      const read = readAnnotations(resource, rulesNamed, [...askedIds]);
      known = read.exceptions;
      annotated.set(key, known);
      for (const { annotation, message } of read.mistakes)
        immediate.push(annotationNote(annotation, message, resource));
      for (const one of known) usageOf(one).hasResource = true;
    }
    return known;
  };

  return {
    see: (resource) => {
      annotationsOf(resource);
      options.ignoresOf?.(resource); // the object is whole now
      for (const exception of index.forResource(resource)) {
        const usage = usageOf(exception);
        usage.hasResource ||= exception.selector !== undefined && selectsResource(exception.selector, resource);
      }
    },
    find: (finding, resource) => {
      const written = index.forRule(finding.rule.id, resource);
      const own = annotationsOf(resource);
      const foreign = options.ignoresOf?.(resource) ?? NONE;
      if (written.length + own.length + foreign.length === 0) return undefined;
      const candidates = [...written, ...own, ...foreign].filter((one) => covers(one, finding, resource));
      if (candidates.length === 0) return undefined;
      const live = candidates.filter((exception) => !isExpired(exception, today));
      let now: string | undefined;
      const valid = live.find(
        ({ evidence }) => evidence.length === 0 || evidence.includes((now ??= hash(evidenceText(finding)))),
      );
      if (valid !== undefined) {
        usageOf(valid).covered++;
        return reported(valid);
      }
      for (const exception of candidates) usageOf(exception).reopened++;
      for (const exception of live) immediate.push(changedNote(exception, finding, now ?? ""));
      return undefined;
    },
    accept: (gap) => {
      const matching = gaps.filter((one) => accepts(one, gap, options.fileOf));
      const valid = matching.find((one) => !isExpired(one, today));
      if (valid === undefined) {
        for (const one of matching) usageOf(one).reopened++;
        return gap;
      }
      usageOf(valid).covered++;
      return { ...gap, isAccepted: true, acceptance: reported({ ...valid, origin: "file" }) };
    },
    notes: () => {
      const context = { today, isWholeInput: options.isWholeInput, usageOf };
      const own = [...exceptions, ...[...annotated.values()].flat()].filter(({ ruleIds }) =>
        [...ruleIds].some((id) => askedIds.has(id)),
      );
      return [
        ...own.flatMap((exception) => exceptionNotes(exception, context)),
        ...gaps.flatMap((gap) => gapNotes(gap, context)),
        ...immediate,
      ];
    },
  };
}

function provenanceOf({ provenance }: Resource): string {
  return provenance.kind === "file" ? provenance.file : provenance.server;
}
