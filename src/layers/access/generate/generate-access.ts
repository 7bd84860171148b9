// A service account of a workload's own, the least roles for it, and the edit of the workload that uses it.

import type { KubernetesObject } from "../../../kubernetes/object.ts";
import type { Path } from "../../../kubernetes/path.ts";
import type { Access } from "../access-engine.ts";
import { authenticated, serviceAccountUser } from "../identity.ts";
import { bareAccess, type LogEvidence, type MinimizeOptions } from "../minimize/minimize.ts";
import { minimizeSubject, type SubjectResult } from "../minimize/minimize-subject.ts";
import { bindingObject, ownBindings, type OwnBinding } from "../minimize/own-bindings.ts";
import { proposalName, subjectObject } from "../minimize/role-objects.ts";
import { atomOf, type ScopedAtom } from "../minimize/scoped-atom.ts";
import { heldAtoms } from "../minimize/held-rights.ts";
import type { IdentityUse, Usage } from "../minimize/usage.ts";
import type { Subject } from "../subject.ts";
import { declaredNeeds, type ApiHint } from "./declared-needs.ts";
import { workloadName, type WorkloadFacts } from "./workload-facts.ts";

export interface GenerateRequest<S> {
  readonly workload: WorkloadFacts;
  /** Every workload of the input, this one too. */
  readonly workloads: readonly WorkloadFacts[];
  /** ServiceAccounts of the input: `namespace/name`, and whether they mount a token. */
  readonly accounts: ReadonlyMap<string, { readonly automount: boolean | undefined }>;
  /** The log's uses by this workload; `undefined` without a log that says anything of use. */
  readonly usage: Usage | undefined;
  /** What the log that was given can prove; `undefined` without one. */
  readonly evidence: LogEvidence | undefined;
  /** `undefined` where the input has no roles and bindings. */
  readonly present: Access<S> | undefined;
  readonly options: MinimizeOptions;
  readonly source: S;
}

/** Where the rights come from. */
export type NeedsFrom =
  | { readonly kind: "log" }
  | { /** What the words of the workload say for certain, perhaps nothing. */ readonly kind: "declared" }
  | { /** The account's own bindings, which nobody else in the input uses. */ readonly kind: "bindings" }
  | {
      /** The account's own bindings serve others too: whose each right is, only a log can say. */ readonly kind: "open";
    };

export interface GeneratedAccess<S> {
  readonly workload: WorkloadFacts;
  /** The account to use. */
  readonly account: string;
  /** Whether it is the one in use: nobody else in the input uses it. */
  readonly isKept: boolean;
  /** Other workloads of the input with the account in use. */
  readonly sharedWith: readonly string[];
  readonly from: NeedsFrom;
  /** Whether the pods are to mount a token, and whether they do today. */
  readonly automount: boolean;
  readonly automountToday: boolean;
  readonly hints: readonly ApiHint[];
  readonly result: SubjectResult<S>;
  /** The account, then its roles and bindings. */
  readonly objects: readonly KubernetesObject[];
  /** A strategic merge patch of the workload. */
  readonly patch: KubernetesObject;
}

export function generateAccess<S>(request: GenerateRequest<S>): GeneratedAccess<S> {
  const { workload, workloads, accounts, usage, evidence, present, options, source } = request;
  const { namespace } = workload;
  const sharedWith = workloads
    .filter(
      (other) => other !== workload && !other.isOwned && isSameAccount(other, workload) && !isSame(other, workload),
    )
    .map(workloadName);
  const isKept = sharedWith.length === 0 && workload.account !== "default";
  const account = isKept ? workload.account : freshAccount(request);
  const [oldUser, user] = [serviceAccountUser(namespace, workload.account), serviceAccountUser(namespace, account)];
  const own = present === undefined ? [] : (ownBindings(present, options.minor).get(oldUser) ?? []);
  const { actions, hints } = declaredNeeds(workload);
  const from = needsFrom(usage !== undefined, own.length > 0, isKept, sharedWith.length > 0);
  const standing = isKept || present === undefined ? present : asIfBound(present, own, user, source);
  // Without a log, an account of its own keeps the bindings it has.
  const isLeft = isKept && usage === undefined;
  const ownOfUser = standing === undefined || isLeft ? [] : (ownBindings(standing, options.minor).get(user) ?? []);
  const uses = (usage?.identities ?? []).filter(({ identity }) => identity.user === oldUser);
  const declared: readonly ScopedAtom[] = actions.map(atomOf);
  const adopted =
    from.kind === "bindings"
      ? heldAtoms(ownOfUser).map(({ namespace: scope, atom }) => ({ namespace: scope, rule: atom }))
      : [];
  const result = minimizeSubject(
    user,
    uses.map((use) => ({ ...use, identity: authenticated(user) })),
    standing,
    standing ?? bareAccess(options.minor, source),
    ownOfUser,
    { ...options, also: [...declared, ...adopted], dropUnseen: options.dropUnseen || from.kind !== "log", source },
  );
  const accountToday = accounts.get(`${namespace}/${workload.account}`);
  const automountToday = workload.automount ?? accountToday?.automount ?? true;
  const isProved = usage !== undefined && result.evidence === "whole";
  // A log that does not show every use takes no token away.
  const isOpen = evidence !== undefined && !isProved;
  const automount = needsToken(uses, isProved, declared, hints, own.length > 0) || (isOpen && automountToday);
  return {
    workload,
    account,
    isKept,
    sharedWith,
    from,
    automount,
    automountToday,
    hints,
    result: toldOf(result, usage !== undefined, isKept),
    objects: [accountObject(namespace, account), ...result.objects],
    patch: patchOf(workload, account, automount),
  };
}

function needsFrom(hasLog: boolean, isBound: boolean, isKept: boolean, isShared: boolean): NeedsFrom {
  if (hasLog) return { kind: "log" };
  if (!isBound) return { kind: "declared" };
  return { kind: isKept || !isShared ? "bindings" : "open" };
}

/** The copies of the old account's bindings were never there to be deleted, and without a log nothing is unused. */
function toldOf<S>(result: SubjectResult<S>, hasLog: boolean, isKept: boolean): SubjectResult<S> {
  return {
    ...result,
    ...(!isKept && { replaced: [], staying: [] }),
    ...(!hasLog && { held: { unused: [], unjudged: [] } }),
  };
}

/** A token is mounted only where something uses it, or may; `isProved` where a log shows every use. */
function needsToken(
  uses: readonly IdentityUse[],
  isProved: boolean,
  declared: readonly ScopedAtom[],
  hints: readonly ApiHint[],
  isBound: boolean,
): boolean {
  if (uses.some(({ actions }) => actions.length > 0) || declared.length > 0) return true;
  if (isProved) return false;
  return isBound || hints.some(({ kind }) => kind !== "token-for" && kind !== "token-volume");
}

function isSameAccount(one: WorkloadFacts, other: WorkloadFacts): boolean {
  return one.namespace === other.namespace && one.account === other.account;
}

function isSame(one: WorkloadFacts, other: WorkloadFacts): boolean {
  return one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
}

/**
 * The workload's name, unless an account of that name serves others: another workload uses it, or a binding that this
 * command did not make names it.
 */
function freshAccount<S>({ workload, workloads, present, options }: GenerateRequest<S>): string {
  const { namespace, name, kind } = workload;
  const bindings = present === undefined ? undefined : ownBindings(present, options.minor);
  const isTaken = (account: string): boolean => {
    const user = serviceAccountUser(namespace, account);
    const ours = proposalName(user);
    const isUsed = workloads.some(
      (other) => other.namespace === namespace && other.account === account && !isSame(other, workload),
    );
    return isUsed || (bindings?.get(user) ?? []).some(({ binding }) => !binding.resource.name.startsWith(ours));
  };
  const plain = name.length <= 63 ? name : name.slice(0, 63).replace(/[-.]+$/, "");
  return isTaken(plain) ? `${plain}-${kind.toLowerCase()}` : plain;
}

/** Today's rights with the new account bound as the old one is. */
function asIfBound<S>(present: Access<S>, own: readonly OwnBinding<S>[], user: string, source: S): Access<S> {
  return present.with(
    own.map(({ binding }, index) => {
      const object = bindingObject(binding, [subjectObject(user) as Subject]); // has the fields of a subject
      const metadata = { ...object.metadata, name: `${proposalName(user)}:today:${index}` };
      return { kind: "set", object: { ...object, metadata }, source };
    }),
  );
}

/** Mounting is the pods' own decision: whoever uses the account by mistake gets nothing. */
function accountObject(namespace: string, name: string): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace },
    automountServiceAccountToken: false,
  };
}

function patchOf(workload: WorkloadFacts, account: string, automount: boolean): KubernetesObject {
  const { apiVersion, kind, namespace, name, specs } = workload;
  const spec = { serviceAccountName: account, automountServiceAccountToken: automount };
  const [path = ["spec"]] = specs;
  return { apiVersion, kind, metadata: { name, namespace }, ...(nested(path, spec) as object) }; // a path has keys
}

function nested(path: Path, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, segment) => ({ [segment]: inner }), value);
}
