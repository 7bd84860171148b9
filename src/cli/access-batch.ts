// `ringwall access can --batch`: SubjectAccessReviews in, one a line; the same objects out with their status, in order.

import { formatPath } from "../kubernetes/path.ts";
import { locateFact, type AccessSource } from "../layers/access/access-source.ts";
import type { Access } from "../layers/access/access-engine.ts";
import { answerReview, type ReviewOptions } from "../layers/access/questions/answers.ts";
import type { ReviewProblem } from "../layers/access/questions/subject-access-review.ts";
import { gapLine } from "../report/access/gap-lines.ts";
import { noteText } from "../report/access/note.ts";
import { catalogueOf, type Catalogue } from "../report/catalogue.ts";
import { parsedLine, readBatch, watchReader, type BatchLine } from "./batch-lines.ts";
import { readAccess, type AccessFlags } from "./access-input.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { languageOf } from "./language.ts";
import { checkTargets } from "./targets.ts";
import { writeChunks, type Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

interface Answered {
  readonly text: string;
  readonly ok: boolean;
}

export interface BatchFlags extends AccessFlags {
  readonly batch: string;
  readonly explain?: true;
}

/** Exit 0 when every line was answered and everything could be read, whatever the answers; else 3. */
export async function answerBatch(arguments_: readonly string[], flags: BatchFlags, streams: Streams): Promise<number> {
  const targets = [...arguments_, ...flags.filename];
  if (flags.batch === "-" && targets.includes("-")) throw new UsageError("error.access-batch-stdin", {});
  if (flags.batch !== "-") checkTargets([flags.batch], streams.directory);
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const { access, gaps, notes } = await readAccess(targets, flags, streams);
  for (const gap of gaps) streams.stderr.write(`ringwall: ${gapLine(gap, catalogue)}\n`);
  for (const note of notes) streams.stderr.write(`ringwall: ${noteText(note, catalogue)}\n`);
  const options: ReviewOptions<AccessSource> = flags.explain === true ? { explains: locateFact } : {};
  let unanswered = 0;
  for await (const lines of readBatch(flags.batch, streams, watchReader(streams))) {
    streams.signal.throwIfAborted();
    const answers = lines.map((line) => answerLine(access, line, options, catalogue));
    unanswered += answers.filter(({ ok }) => !ok).length;
    await writeChunks(
      streams.stdout,
      answers.map(({ text }) => text),
    );
  }
  return gaps.length + unanswered > 0 ? 3 : 0;
}

function answerLine(
  access: Access<AccessSource>,
  { text, line }: BatchLine,
  options: ReviewOptions<AccessSource>,
  catalogue: Catalogue,
): Answered {
  const parsed = parsedLine(text);
  if (parsed === undefined) return refused({}, catalogue.say("access.review-not-a-review", { line }));
  if ("problem" in parsed)
    return refused({}, catalogue.say("access.review-not-json", { line, detail: parsed.problem }));
  const { value } = parsed;
  const answer = answerReview(access, value, options);
  if (answer.ok) return { ok: true, text: `${JSON.stringify(answer.review)}\n` };
  const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
  return refused(isObject ? value : {}, problemText(answer.problem, line, catalogue));
}

/** The line's own object, with the reason in the field that the API server has for it. */
function refused(review: object, evaluationError: string): Answered {
  return { ok: false, text: `${JSON.stringify({ ...review, status: { allowed: false, evaluationError } })}\n` };
}

function problemText(problem: ReviewProblem, line: number, catalogue: Catalogue): string {
  if (problem.kind !== "malformed") return catalogue.say(`access.review-${problem.kind}`, { line });
  const [first] = problem.problems;
  if (first?.path.length === 0) return catalogue.say("access.review-not-a-review", { line });
  const { path = [], expected = "", found = "" } = first ?? {};
  return catalogue.say("access.review-malformed", { line, path: formatPath(path), expected, found });
}
