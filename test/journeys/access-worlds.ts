// The worlds that the real authorizer answered, asked of the built program: one process a world.

import { readOracleLines } from "../oracles/oracle.ts";
import { ringwall, withFolder } from "./program.ts";

export const WORLDS = "rbac/worlds.dev.ndjson.gz";
export const API = "rbac.authorization.k8s.io/v1";

interface Question {
  readonly allowed: boolean;
  readonly reason: string;
  readonly request: { readonly [field: string]: unknown } & {
    readonly resourceRequest: boolean;
    readonly user: string;
    readonly groups: readonly string[] | null;
  };
}

interface WorldLine {
  readonly type: string;
  readonly world: { readonly [list: string]: readonly object[] | null };
  readonly authorize: readonly Question[];
}

export interface Review {
  readonly spec: { readonly user: string };
  readonly status: {
    readonly allowed: boolean;
    readonly reason?: string;
    readonly evaluationError?: string;
    readonly chain?: object;
  };
}

const KINDS = {
  roles: "Role",
  clusterRoles: "ClusterRole",
  roleBindings: "RoleBinding",
  clusterRoleBindings: "ClusterRoleBinding",
};

function manifestOf(world: WorldLine["world"]): string {
  return Object.entries(KINDS)
    .flatMap(([list, kind]) => (world[list] ?? []).map((object) => ({ apiVersion: API, kind, ...object })))
    .map((object) => JSON.stringify(object))
    .join("\n");
}

function reviewOf({ request }: Question): string {
  const { resourceRequest, user, groups, verb, apiGroup, path, ...attributes } = request;
  const { resource, subresource, namespace, name } = attributes;
  const asked = resourceRequest
    ? { resourceAttributes: { verb, group: apiGroup, resource, subresource, namespace, name } }
    : { nonResourceAttributes: { verb, path } };
  const spec = { user, groups, ...asked };
  return JSON.stringify({ apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview", spec });
}

export const reviewsIn = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Review); // our own output

/** Asks about every `step`-th world; what differs, and how many questions there were. */
export async function askWorlds(step: number): Promise<{ readonly asked: number; readonly wrong: readonly unknown[] }> {
  const worlds = [...readOracleLines<WorldLine>(WORLDS)].filter(({ type }) => type === "world");
  const queue = worlds.filter((_, at) => at % step === 0).values();
  let asked = 0;
  const wrong: unknown[] = [];
  const askWorld = async ({ world, authorize }: WorldLine): Promise<void> => {
    const files = { "world.ndjson": manifestOf(world), "questions.ndjson": authorize.map(reviewOf).join("\n") };
    await withFolder(files, async (directory) => {
      const words = ["access", "can", "--batch", "questions.ndjson", "world.ndjson", "--authorizer", "rbac"];
      const { code, stdout } = await ringwall(words, { directory });
      const answers = reviewsIn(stdout);
      if (code !== 0 || answers.length !== authorize.length) wrong.push({ code, answers: answers.length });
      for (const [at, question] of authorize.entries()) {
        asked++;
        const answer = answers[at];
        const isSame = answer?.status.allowed === question.allowed && answer.spec.user === question.request.user;
        if (!isSame || (question.allowed && answer.status.reason !== question.reason)) wrong.push({ question, answer });
      }
    });
  };
  await Promise.all(
    [1, 2].map(async () => {
      for (const world of queue) await askWorld(world);
    }),
  );
  return { asked, wrong };
}
