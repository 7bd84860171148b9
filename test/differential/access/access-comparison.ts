// Random questions and writes, put to a real API server and to our engine: the same answers, in the same words.

import fc from "fast-check";
import type { Access } from "../../../src/layers/access/access-engine.ts";
import type { Action } from "../../../src/layers/access/action.ts";
import { describeBinding } from "../../../src/layers/access/grant.ts";
import type { Identity } from "../../../src/layers/access/identity.ts";
import { policyRuleOf } from "../../../src/layers/access/policy-rule.ts";
import type { BindingRecord } from "../../../src/layers/access/rbac-record.ts";
import { evaluate, refusalOf, type Requirement } from "../../../src/layers/access/requirement.ts";
import { resourceAction } from "../../../src/layers/access/action.ts";
import { bindingWriteRequirement, roleWriteRequirement } from "../../../src/layers/access/write-requirements.ts";
import { pathOf, type AccessServer, type ReviewAnswer } from "./access-server.ts";
import { action, identity, rbacObject, userIdentity, type ApiObject } from "./random-access.ts";

export interface Tally {
  readonly asked: number;
  readonly allowed: number;
  readonly byNode: number;
  readonly differences: readonly string[];
}

export interface ComparisonOptions {
  readonly seed: number;
  readonly worlds: number;
  readonly questionsPerWorld: number;
  /** Reads each world anew: controllers change objects too. */
  readonly relists?: boolean;
}

const PARALLEL = 32;

/** SubjectAccessReviews over changing worlds. */
export async function compareReviews(server: AccessServer, options: ComparisonOptions): Promise<Tally> {
  const { seed, worlds, questionsPerWorld } = options;
  const tally = { asked: 0, allowed: 0, byNode: 0, differences: [] as string[] };
  for (let world = 0; world < worlds; world++) {
    const from = { seed: seed + world };
    await changeWorld(server, from.seed);
    const questions = fc.sample(fc.tuple(identity, action), { ...from, numRuns: questionsPerWorld });
    const access = options.relists === true ? await server.relist() : server.access();
    await inParallel(questions, async ([who, what]) => {
      const theirs = await server.review(who, what);
      const ours = access.authorize(who, what);
      tally.asked++;
      if (theirs.allowed) tally.allowed++;
      if (ours.by === "node") tally.byNode++;
      if (theirs.allowed !== ours.allowed || !isTheirReason(access, who, what, theirs)) {
        tally.differences.push(difference(world, [who, what], theirs, ours));
      }
    });
  }
  return tally;
}

/** Role and binding writes, dry-run under impersonation: POST, PUT that creates, and PUT that changes. */
export async function compareWrites(server: AccessServer, options: ComparisonOptions): Promise<Tally> {
  const { seed, worlds, questionsPerWorld } = options;
  const tally = { asked: 0, allowed: 0, byNode: 0, differences: [] as string[] };
  for (let world = 0; world < worlds; world++) {
    const from = { seed: seed + world };
    await changeWorld(server, from.seed);
    await server.apply(writers(from.seed));
    const access = options.relists === true ? await server.relist() : server.access();
    const writes = fc.sample(fc.record({ who: userIdentity, object: rbacObject, isPut: fc.boolean() }), {
      ...from,
      numRuns: questionsPerWorld,
    });
    await inParallel(writes, async ({ who, object, isPut }) => {
      const exists = (await server.controlPlane.request("GET", pathOf(object))).status === 200;
      if (exists && (!isPut || "roleRef" in object)) return; // a conflict, or a roleRef that cannot change
      const theirs = await write(server, who, object, isPut);
      const verdict = evaluate(access, who, writeRequirement(access, object, isPut, exists));
      tally.asked++;
      if (theirs.allowed) tally.allowed++;
      const ours = { allowed: verdict.met, reason: refusalOf(verdict, who) ?? "" };
      const isSame = theirs.allowed === ours.allowed && (theirs.allowed || isSameRefusal(theirs.reason, ours.reason));
      if (!isSame) tally.differences.push(difference(world, [who, object, isPut], theirs, ours));
    });
  }
  return tally;
}

/** Most of the world's objects are new, some are gone. */
async function changeWorld(server: AccessServer, seed: number): Promise<void> {
  await server.apply(withoutTwins(fc.sample(rbacObject, { seed, numRuns: 18 })));
  await server.remove(withoutTwins(fc.sample(rbacObject, { seed: seed + 1_000_000, numRuns: 3 })));
}

function withoutTwins(objects: readonly ApiObject[]): readonly ApiObject[] {
  return [...new Map(objects.map((object) => [pathOf(object), object])).values()];
}

/** Rights to write roles and bindings at all, and now and then to escalate or bind, with and without names. */
function writers(seed: number): readonly ApiObject[] {
  const apiGroup = "rbac.authorization.k8s.io";
  const apiVersion = `${apiGroup}/v1`;
  const written = ["roles", "clusterroles", "rolebindings", "clusterrolebindings"];
  const special = [
    { verbs: ["escalate"], resources: ["roles", "clusterroles"] },
    { verbs: ["escalate"], resources: ["roles"], resourceNames: ["r0"] },
    { verbs: ["bind"], resources: ["roles", "clusterroles"] },
    { verbs: ["bind"], resources: ["clusterroles"], resourceNames: ["r1", "view", "missing"] },
    { verbs: ["*"], resources: ["roles"] },
  ][seed % 5];
  const rules = [
    {
      apiGroups: [apiGroup],
      verbs: seed % 3 === 0 ? ["create", "update"] : ["update", "create", "patch"],
      resources: written,
    },
    { apiGroups: [apiGroup], ...special },
  ];
  const [everyone, some] = seed % 2 === 0 ? ["alice", "bob"] : ["bob", "alice"];
  const subject = (name: string) => [{ kind: "User", apiGroup, name }];
  const roleRef = (name: string) => ({ apiGroup, kind: "ClusterRole", name });
  return [
    { apiVersion, kind: "ClusterRole", metadata: { name: "writer" }, rules },
    { apiVersion, kind: "ClusterRole", metadata: { name: "plain-writer" }, rules: rules.slice(0, 1) },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata: { name: "writer" },
      roleRef: roleRef("writer"),
      subjects: subject(everyone ?? ""),
    },
    {
      apiVersion,
      kind: "RoleBinding",
      metadata: { name: "writer", namespace: "one" },
      roleRef: roleRef("plain-writer"),
      subjects: subject(some ?? ""),
    },
  ];
}

function writeRequirement(access: Access<undefined>, object: ApiObject, isPut: boolean, exists: boolean): Requirement {
  const { name, namespace = "" } = object.metadata;
  const verb = isPut ? "update" : "create";
  const own =
    "roleRef" in object
      ? bindingWriteRequirement(access, {
          verb,
          namespace,
          name,
          roleRef: object["roleRef"] as BindingRecord<undefined>["roleRef"],
        }) // made by random-access
      : roleWriteRequirement({
          verb,
          namespace,
          name,
          rules: (object["rules"] as readonly object[]).map(policyRuleOf),
        }); // as above
  if (!isPut || exists) return own;
  const resource = `${object.kind.toLowerCase()}s`;
  const create = resourceAction("create", resource, { apiGroup: "rbac.authorization.k8s.io", namespace, name });
  return { kind: "all", of: [own, { kind: "action", purpose: "create-on-update", action: create }] };
}

async function write(server: AccessServer, who: Identity, object: ApiObject, isPut: boolean): Promise<ReviewAnswer> {
  const path = pathOf(object);
  const collection = path.slice(0, path.lastIndexOf("/"));
  const headers = { "impersonate-user": who.user, "impersonate-group": who.groups as string[] }; // sent as they are
  const answer = await server.controlPlane.request(
    isPut ? "PUT" : "POST",
    `${isPut ? path : collection}?dryRun=All`,
    object,
    { headers: headers as unknown as Readonly<Record<string, string>> }, // node sends each of a list
  );
  if (answer.status === 201 || answer.status === 200) return { allowed: true, reason: "" };
  const { message } = answer.body as { readonly message: string }; // a Status
  if (answer.status !== 403 && answer.status !== 404) throw new Error(`${answer.status} ${message}`);
  return { allowed: false, reason: message };
}

/**
 * The server meets bindings in no fixed order, so of several grants it may name any, and of several errors it may list
 * them in any order.
 */
function isTheirReason(access: Access<undefined>, who: Identity, what: Action, theirs: ReviewAnswer): boolean {
  const ours = access.authorize(who, what);
  if (theirs.reason === ours.reason) return true;
  if (!theirs.allowed) return sortedWords(theirs.reason) === sortedWords(ours.reason);
  if (ours.by !== "rbac") return false;
  const { scopes } = access.state.rbac;
  return access.grantsOf(who, what).some((grant) => {
    if (grant.kind !== "rbac") return false;
    const binding = [...(scopes.get(grant.binding.namespace)?.bindings.values() ?? [])].find(
      ({ resource }) => resource === grant.binding,
    );
    return (
      binding !== undefined &&
      theirs.reason === `RBAC: allowed by ${describeBinding(binding, Number(grant.subjectPath[1]))}`
    );
  });
}

/** The server's message goes on about the object; errors come in any order. */
function isSameRefusal(theirs: string, ours: string): boolean {
  return theirs.endsWith(ours) || sortedWords(theirs) === sortedWords(ours);
}

function sortedWords(reason: string): string {
  return reason
    .split(/[[\],]/)
    .map((part) => part.trim())
    .toSorted()
    .join("|");
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

function difference(
  world: number,
  question: unknown,
  theirs: ReviewAnswer,
  ours: { allowed: boolean; reason: string },
): string {
  return `world ${world}: ${JSON.stringify(question)}\n  the API server: ${theirs.allowed} ${theirs.reason}\n  we: ${ours.allowed} ${ours.reason}`;
}
