import { expect } from "vitest";
import { testWithServers } from "../../servers/availability.ts";
import { sharedControlPlane } from "../../servers/shared-control-plane.ts";
import { recogniseBinding, recogniseRole } from "../../../src/layers/access/bootstrap.ts";
import { compareReviews, compareWrites } from "./access-comparison.ts";
import { compareImpersonations, REQUESTORS } from "./impersonation-comparison.ts";
import { createAccessServer, type AccessServer } from "./access-server.ts";

const controlPlane = sharedControlPlane({ users: REQUESTORS });
const MINUTES = { timeout: 5 * 60_000 };

let started: Promise<AccessServer> | undefined;
const accessServer = () => (started ??= createAccessServer(controlPlane()));

testWithServers(
  "SubjectAccessReviews of random worlds, node identities included, are answered as we answer them, in the same words",
  async () => {
    const tally = await compareReviews(await accessServer(), { seed: 30_001, worlds: 12, questionsPerWorld: 400 });
    expect(tally.differences.slice(0, 5)).toEqual([]);
    expect(tally.asked).toBe(4_800);
    expect(tally.allowed).toBeGreaterThan(400);
    expect(tally.byNode).toBeGreaterThan(50);
  },
  MINUTES,
);

testWithServers(
  "writes of roles and bindings under impersonation are allowed and refused as we say, in the same words",
  async () => {
    const tally = await compareWrites(await accessServer(), { seed: 31_001, worlds: 10, questionsPerWorld: 80 });
    expect(tally.differences.slice(0, 5)).toEqual([]);
    expect(tally.asked).toBeGreaterThan(200);
    expect(tally.allowed).toBeGreaterThan(20);
    expect(tally.asked - tally.allowed).toBeGreaterThan(20);
  },
  MINUTES,
);

testWithServers(
  "an engine that followed every change answers as one built from all that the server holds",
  async () => {
    const server = await accessServer();
    const anew = await server.relist();
    const tally = await compareReviews(
      { ...server, access: () => anew, apply: async () => {}, remove: async () => {} },
      { seed: 32_001, worlds: 1, questionsPerWorld: 1_000 },
    );
    expect(tally.differences.slice(0, 5)).toEqual([]);
  },
  MINUTES,
);

testWithServers(
  "what a new API server grants by itself is recognised as default, all of it",
  async () => {
    const { controlPlane: plane, relist } = await accessServer();
    const { rbac } = (await relist()).state;
    const minor = Number(plane.version.split(".")[1]);
    const bindings = [...rbac.scopes.values()].flatMap((scope) => [...scope.bindings.values()]);
    const found = [
      ...[...rbac.roles.values()].map((role) => [role.resource.name, recogniseRole(role, minor)] as const),
      ...bindings.map((binding) => [binding.resource.name, recogniseBinding(binding, minor)] as const),
    ];
    expect(found.filter(([, { kind }]) => kind === "changed")).toEqual([]);
    expect(found.filter(([name, { kind }]) => kind === "custom" && name.startsWith("system:"))).toEqual([]);
    expect(found.filter(([, { kind }]) => kind === "default").length).toBeGreaterThan(120);
  },
  MINUTES,
);

testWithServers(
  "requests under impersonation, legacy and constrained, are let through as we say",
  async () => {
    const tally = await compareImpersonations(await accessServer(), 33_001, 1_500);
    expect(tally.differences.slice(0, 5)).toEqual([]);
    expect(tally.allowed).toBeGreaterThan(100);
    for (const mode of ["legacy", "user-info", "serviceaccount", "arbitrary-node", "associated-node"]) {
      expect([mode, tally.byMode[mode] ?? 0]).not.toEqual([mode, 0]);
    }
  },
  MINUTES,
);
