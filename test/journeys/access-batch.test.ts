import { expect, test } from "vitest";
import { readOracleLines, testWithOracle } from "../oracles/oracle.ts";
import { ringwall, withFolder } from "./program.ts";

const WORLDS = "rbac/worlds.dev.ndjson.gz";
const API = "rbac.authorization.k8s.io/v1";

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

interface Review {
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

const reviewsIn = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Review); // our own output

testWithOracle(WORLDS)(
  "every recorded answer of the real authorizer, through the program",
  async () => {
    const worlds = [...readOracleLines<WorldLine>(WORLDS)].filter(({ type }) => type === "world");
    let asked = 0;
    const wrong: unknown[] = [];
    const askWorld = async ({ world, authorize }: WorldLine): Promise<void> => {
      const files = { "world.ndjson": manifestOf(world), "questions.ndjson": authorize.map(reviewOf).join("\n") };
      await withFolder(files, async (directory) => {
        const words = ["access", "can", "--batch", "questions.ndjson", "world.ndjson", "--authorizer", "rbac"];
        const { code, stdout } = await ringwall(words, { directory });
        expect(code).toBe(0);
        const answers = reviewsIn(stdout);
        expect(answers).toHaveLength(authorize.length);
        for (const [at, question] of authorize.entries()) {
          asked++;
          const { spec, status } = answers[at] as Review; // as many answers as questions
          const isSame = status.allowed === question.allowed && spec.user === question.request.user;
          if (!isSame || (status.allowed && status.reason !== question.reason)) wrong.push({ question, status });
        }
      });
    };
    const queue = worlds.values();
    await Promise.all(
      [1, 2].map(async () => {
        for (const world of queue) await askWorld(world);
      }),
    );
    expect(wrong).toEqual([]);
    expect(asked).toBe(18_000);
  },
  600_000,
);

const WORLD = JSON.stringify({
  apiVersion: API,
  kind: "ClusterRoleBinding",
  metadata: { name: "view" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
  subjects: [{ kind: "User", name: "alice", apiGroup: "rbac.authorization.k8s.io" }],
});
const QUESTION = (user: string) =>
  JSON.stringify({
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    metadata: { name: "kept" },
    spec: { user, resourceAttributes: { verb: "get", resource: "pods", namespace: "shop" } },
  });

test("bad lines get an answer with an error, in their place; empty lines none", async () => {
  await withFolder({ "world.json": WORLD }, async (directory) => {
    const input = [QUESTION("alice"), "{", "", "null", '{"kind":"Pod","apiVersion":"v1"}', QUESTION("bob")].join(
      "\r\n",
    );
    const { code, stdout } = await ringwall(["access", "can", "--batch", "-", "world.json"], { directory, input });
    expect(code).toBe(3);
    expect(reviewsIn(stdout).map(({ status }) => [status.allowed, status.evaluationError?.slice(0, 6)])).toEqual([
      [true, undefined],
      [false, "line 2"],
      [false, "line 4"],
      [false, "line 5"],
      [false, undefined],
    ]);
    expect(reviewsIn(stdout)[0]).toMatchObject({ metadata: { name: "kept" } });
  });
});

test("--explain adds the chain", async () => {
  await withFolder({ "world.json": WORLD }, async (directory) => {
    const words = ["access", "can", "--batch", "-", "world.json", "--explain"];
    const { code, stdout } = await ringwall(words, { directory, input: QUESTION("alice") });
    expect(code).toBe(0);
    expect(reviewsIn(stdout)[0]?.status.chain).toMatchObject({
      by: "rbac",
      binding: { kind: "ClusterRoleBinding", name: "view", at: "world.json:1" },
      role: { kind: "ClusterRole", name: "view" },
    });
  });
});

test("standard input is questions or objects, not both", async () => {
  const { code, stderr } = await ringwall(["access", "can", "--batch", "-", "-"], { input: "" });
  expect([code, stderr]).toEqual([2, expect.stringContaining("not both")]);
});
