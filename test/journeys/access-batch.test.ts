import { expect, test } from "vitest";
import { testWithOracle } from "../oracles/oracle.ts";
import { API, askWorlds, reviewsIn, WORLDS } from "./access-worlds.ts";
import { ringwall, withFolder } from "./program.ts";

testWithOracle(WORLDS)("recorded answers of the real authorizer, through the program", async () => {
  expect(await askWorlds(15)).toEqual({ asked: 1200, wrong: [] });
});

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

test("only line feeds end a question; one that is nested too deep is refused alone; a directory is no batch", async () => {
  await withFolder({ "world.json": WORLD }, async (directory) => {
    const deep = `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
    const input = [QUESTION("al\u2028ice"), deep, QUESTION("alice")].join("\n");
    const words = ["access", "can", "--no-config", "--batch"];
    const { code, stdout } = await ringwall([...words, "-", "world.json"], { directory, input });
    const answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { status: { allowed: boolean } }); // reviews
    expect([code, answers.map(({ status }) => status.allowed)]).toEqual([3, [false, false, true]]);
    expect(await ringwall([...words, ".", "world.json"], { directory })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("EISDIR"),
    });
  });
});
