// Index time, questions per second, who-can and one-object changes of the access engine on one thread.
//   node bench/access.bench.ts [objects.json]
// Without a file, the size (2,100 roles, 5,200 bindings) and 10,000 bindings come from the workload generator
// beside the repository (or RINGWALL_BENCH).

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubernetesObject } from "../src/kubernetes/object.ts";
import { createAccess, type Access } from "../src/layers/access/access-engine.ts";
import { resourceAction, type ResourceAction } from "../src/layers/access/action.ts";
import { authenticated, type Identity } from "../src/layers/access/identity.ts";

const QUESTIONS = 200_000;
const ROUNDS = 5;

function generate(options: string): string {
  const generators = process.env["RINGWALL_BENCH"] ?? join(import.meta.dirname, "../../shared/bench");
  const folder = mkdtempSync(join(tmpdir(), "ringwall-bench-"));
  try {
    const file = join(folder, "objects.json");
    const generator = join(generators, "generate-cluster.mjs");
    execFileSync(process.execPath, [generator, ...options.split(" "), "--out", file], { stdio: "ignore" });
    return readFileSync(file, "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Milliseconds of the best round after one to warm up. */
function best(work: () => void, rounds = ROUNDS): number {
  let least = Infinity;
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    work();
    if (round > 0) least = Math.min(least, performance.now() - start);
  }
  return least;
}

function row(name: string, value: string): void {
  console.log(`  ${name.padEnd(58)}${value.padStart(14)}`);
}

/** A repeatable sequence of indexes. */
function createPicker(seed: number): (length: number) => number {
  let state = seed;
  return (length) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * length);
  };
}

const VERBS = ["get", "list", "watch", "create", "update", "delete"];
const RESOURCES = ["pods", "secrets", "configmaps", "services", "serviceaccounts", "deployments"];

function questionsFor(access: Access<undefined>, count: number): readonly (readonly [Identity, ResourceAction])[] {
  const pick = createPicker(1);
  const scopes = [...access.state.rbac.scopes.values()];
  const bindings = scopes
    .flatMap(({ bindings: all }) => [...all.values()])
    .filter(({ subjects }) => subjects.length > 0);
  return Array.from({ length: count }, () => {
    const { resource: binding, subjects } = bindings[pick(bindings.length)] ?? { resource: undefined, subjects: [] };
    const subject = subjects[pick(subjects.length)];
    const name = subject?.name ?? "";
    const account = `system:serviceaccount:${subject?.namespace || (binding?.namespace ?? "")}:${name}`;
    const identity =
      subject?.kind === "Group"
        ? authenticated("alice", [name])
        : authenticated(subject?.kind === "User" ? name : account);
    const resource = RESOURCES[pick(RESOURCES.length)] ?? "pods";
    const apiGroup = resource === "deployments" ? "apps" : "";
    const namespace = scopes[pick(scopes.length)]?.namespace ?? "";
    return [identity, resourceAction(VERBS[pick(VERBS.length)] ?? "get", resource, { apiGroup, namespace, name: "x" })];
  });
}

const getSecret = (namespace: string) => resourceAction("get", "secrets", { namespace, name: "x" });

function measure(title: string, text: string): void {
  const { items } = JSON.parse(text) as { readonly items: readonly KubernetesObject[] }; // kubectl's List format
  const objects = items.map((object) => ({ object, source: undefined }));
  const count = (kind: string) => items.filter((item) => item.kind.endsWith(kind)).length;
  console.log(`${title}: ${count("Role")} roles, ${count("Binding")} bindings, ${count("Pod")} pods`);

  const access = createAccess(objects);
  const first = questionsFor(access, 1);
  const asking = (engine: Access<undefined>) => first.map(([who, what]) => engine.authorize(who, what));
  row("from objects to the first answer", `${best(() => asking(createAccess(objects))).toFixed(1)} ms`);

  const questions = questionsFor(access, QUESTIONS);
  let allowed = 0;
  const milliseconds = best(() => {
    allowed = 0;
    for (const [who, what] of questions) if (access.authorize(who, what).allowed) allowed++;
  });
  row(
    `questions (${((100 * allowed) / QUESTIONS).toFixed(1)} % allowed)`,
    `${Math.round(QUESTIONS / (milliseconds / 1000)).toLocaleString("en")}/s`,
  );

  const namespaces = [...access.state.rbac.scopes.values()].map(({ namespace }) => namespace);
  row("who-can in one namespace", `${best(() => void access.whoCan(getSecret(namespaces[1] ?? ""))).toFixed(2)} ms`);
  row(
    `who-can in all ${namespaces.length} namespaces`,
    `${best(() => namespaces.forEach((name) => access.whoCan(getSecret(name)))).toFixed(1)} ms`,
  );

  for (const kind of ["ClusterRole", "ClusterRoleBinding", "RoleBinding", "Pod"]) {
    const object = items.find((item) => item.kind === kind);
    if (object === undefined) continue;
    const change = { kind: "set", object, source: undefined } as const;
    row(`change one ${kind} and ask again`, `${best(() => asking(access.with([change]))).toFixed(2)} ms`);
  }
  row("resident memory of the process", `${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`);
}

const rbac = (roles: number, bindings: number) =>
  `--seed 1 --only rbac --namespaces 100 --roles ${roles} --bindings ${bindings} --format json-list`;
const file = process.argv[2];
if (file !== undefined) measure(file, readFileSync(file, "utf8"));
else {
  measure("the issue's cluster", generate(rbac(2_100, 5_200)));
  measure("10,000 bindings", generate(rbac(4_000, 10_000)));
}
