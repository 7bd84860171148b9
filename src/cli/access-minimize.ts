// `ringwall access minimize`: the least roles that an audit log proves are used.

import { proposalDocuments } from "../report/access/minimize/proposal-documents.ts";
import { minimizeJson } from "../report/access/minimize/minimize-json.ts";
import { minimizeText } from "../report/access/minimize/minimize-text.ts";
import type { MinimizeReport } from "../report/access/minimize/minimize-report.ts";
import { serviceAccountUser } from "../layers/access/identity.ts";
import { minimize, MOST_NAMES, withDefaults } from "../layers/access/minimize/minimize.ts";
import { NEWEST_KNOWN_MINOR } from "../kubernetes/kubernetes-version.ts";
import { catalogueOf } from "../report/catalogue.ts";
import type { Gap } from "../verdicts/gap.ts";
import { readAccess, type AccessFlags, type AccessInput } from "./access-input.ts";
import { logFiles, readUsage } from "./audit-usage.ts";
import { sourceTexts } from "./cluster/source-texts.ts";
import { documentsText } from "./documents-text.ts";
import { languageOf } from "./language.ts";
import { parseOutputs, writeOutputs } from "./output.ts";
import { minorOf } from "./scan-flags.ts";
import type { Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { UsageError } from "./usage-error.ts";

export interface MinimizeFlags extends AccessFlags {
  readonly auditLog: readonly string[];
  readonly subject: readonly string[];
  readonly names: string;
  readonly families?: true;
  readonly dropUnseen?: true;
  readonly logOnly?: true;
}

const FORMATS = ["text", "json", "yaml"] as const;
const NOWHERE = { locate: () => undefined };

/** Exit 0: nothing used is lost; 1: something would be; 3: something could not be read or proved. */
export async function accessMinimize(
  targets: readonly string[],
  flags: MinimizeFlags,
  streams: Streams,
): Promise<number> {
  const language = languageOf(flags.lang, streams.environment);
  const catalogue = catalogueOf(language, sourceTexts(language));
  const text = textOptionsOf(flags.color, false, streams);
  const outputs = parseOutputs(flags.output, FORMATS, streams.directory);
  if (flags.auditLog.length === 0) throw new UsageError("error.minimize-log-needed", {});
  const names = namesOf(flags.names);
  const files = logFiles(flags.auditLog, streams);
  const users = flags.subject.map(userOf);
  const input = await readPresent([...targets, ...flags.filename], flags, streams);
  const log = await readUsage(files, streams);
  const minor = input?.minor ?? minorOfFlag(flags);
  const { evidence } = log;
  const options = { minor, names, families: flags.families === true, dropUnseen: flags.dropUnseen === true, evidence };
  const result = minimize({
    usage: log.usage,
    present: input?.access,
    options,
    users,
    source: NOWHERE,
  });
  const partial = input === undefined ? [] : partialGaps(targets, flags);
  const gaps: readonly Gap[] = [...(input?.gaps ?? []), ...partial, ...log.gaps];
  const report: MinimizeReport = {
    log,
    result,
    options,
    hasPresent: input?.access !== undefined,
    isPresentPart: partial.length > 0 || (input?.gaps ?? []).some(({ isAccepted }) => isAccepted !== true),
    notes: input?.notes ?? [],
    gaps,
  };
  const render = (format: string): Iterable<string> => {
    if (format === "yaml") return documentsText(proposalDocuments(report, catalogue));
    return format === "json" ? minimizeJson(report, catalogue) : minimizeText(report, catalogue, text);
  };
  await writeOutputs(outputs, render, (files) => catalogue.say("report.written-to", { files }), streams);
  if (result.subjects.some(({ proof }) => proof.lost.length > 0)) return 1;
  const isUnproved = result.subjects.some(({ needs, isCut }) => needs.unknown.length > 0 || isCut);
  return gaps.length > 0 || isUnproved ? 3 : 0;
}

async function readPresent(
  targets: readonly string[],
  flags: MinimizeFlags,
  streams: Streams,
): Promise<(Omit<AccessInput, "access"> & { readonly access: AccessInput["access"] | undefined }) | undefined> {
  if (flags.logOnly === true) {
    if (targets.length > 0) throw new UsageError("error.minimize-log-only", {});
    return undefined;
  }
  if (targets.includes("-") && flags.auditLog.includes("-")) throw new UsageError("error.minimize-stdin", {});
  const input = await readAccess(targets, everywhere(flags), streams, { asConnects: true });
  if (!hasRights(input)) return { ...input, access: undefined };
  if (input.isComplete) return input;
  return { ...input, access: withDefaults(input.access, input.minor, NOWHERE) };
}

/** A subject's rights may stand in any namespace: without `-n`, all are read. */
export function everywhere<F extends AccessFlags>(flags: F): F {
  return flags.namespace === undefined ? { ...flags, allNamespaces: true } : flags;
}

/** With `-n`, only a part of a cluster's rights was read. */
export function partialGaps(targets: readonly string[], flags: AccessFlags): readonly Gap[] {
  const isPart =
    targets.length + flags.filename.length === 0 && flags.namespace !== undefined && flags.allNamespaces !== true;
  if (!isPart) return [];
  const namespace = flags.namespace ?? "";
  return [{ code: "access-part", what: namespace, reason: { id: "access-part", arguments: { namespace } } }];
}

/** Whether the input has a single role or binding: without any, only the log can speak. */
export function hasRights({ access: { state } }: AccessInput): boolean {
  return state.rbac.roles.size > 0 || [...state.rbac.scopes.values()].some(({ bindings }) => bindings.size > 0);
}

function minorOfFlag({ kubernetesVersion }: MinimizeFlags): number {
  return kubernetesVersion === undefined ? NEWEST_KNOWN_MINOR : minorOf(kubernetesVersion);
}

/** The value of `--names`. */
export function namesOf(value: string): number {
  const names = Number(value);
  if (!/^\d+$/.test(value) || names > MOST_NAMES)
    throw new UsageError("error.minimize-names", { value: JSON.stringify(value), most: MOST_NAMES });
  return names;
}

/** `ServiceAccount/shop/cart`, `sa/shop/cart`, `User/alice`, or a user name as it stands in the log. */
export function userOf(subject: string): string {
  const mistake = (id: "error.minimize-subject" | "error.minimize-subject-nobody" | "error.minimize-group") =>
    new UsageError(id, { value: JSON.stringify(subject) });
  const [kind = "", ...rest] = subject.split("/");
  switch (kind.trim().toLowerCase()) {
    case "serviceaccount":
    case "sa": {
      const [namespace = "", name = ""] = rest;
      if (rest.length !== 2 || namespace === "" || name === "") throw mistake("error.minimize-subject");
      return serviceAccountUser(namespace, name);
    }
    case "group":
      throw mistake("error.minimize-group");
    case "user":
      return named(rest.join("/"), mistake);
    default:
      return named(subject, mistake);
  }
}

/** A name that a user can have: authenticators give no empty one, and accounts have a namespace and a name. */
function named(user: string, mistake: (id: "error.minimize-subject-nobody") => UsageError): string {
  const isAccount = user.startsWith(ACCOUNT_PREFIX);
  const isHalf = isAccount && !/^[^:]+:[^:]+$/.test(user.slice(ACCOUNT_PREFIX.length));
  if (user.trim() === "" || isHalf) throw mistake("error.minimize-subject-nobody");
  return user;
}

const ACCOUNT_PREFIX = "system:serviceaccount:";
