// The fixtures are what a real API server takes: every good.yaml without a warning, and every fix, applied by the server,
// gives what the page promises.

import { expect } from "vitest";
import { ruleFolders, type RuleFolder } from "../../../../scripts/rule-folders.ts";
import { applyFixes, fixesOf, readFixture, type Manifest } from "../../../../test/rule-fixes.ts";
import { testWithServers } from "../../../../test/servers/availability.ts";
import { sharedControlPlane } from "../../../../test/servers/shared-control-plane.ts";

const controlPlane = sharedControlPlane();
const NAMESPACES = ["shop", "default", "kube-system"];
const FOLDERS = ruleFolders().filter(({ layer }) => layer === "workloads");

/** Built-in workloads; what else rules read is other tests' matter. */
const PLACES: Readonly<Record<string, string>> = {
  "apps/v1/DaemonSet": "/apis/apps/v1/namespaces/NAMESPACE/daemonsets",
  "apps/v1/Deployment": "/apis/apps/v1/namespaces/NAMESPACE/deployments",
  "apps/v1/StatefulSet": "/apis/apps/v1/namespaces/NAMESPACE/statefulsets",
  "batch/v1/CronJob": "/apis/batch/v1/namespaces/NAMESPACE/cronjobs",
  "batch/v1/Job": "/apis/batch/v1/namespaces/NAMESPACE/jobs",
  "v1/Pod": "/api/v1/namespaces/NAMESPACE/pods",
};

/** Fixes of fields that the API server lets nobody change in place: the object must be made anew. */
const MADE_ANEW: ReadonlySet<string> = new Set([
  "default-namespace",
  "stateful-set-service-name-missing",
  "system-namespace",
]);

/** Objects the API server itself refuses: what the rule warns of before it comes to that. */
const REFUSED: ReadonlySet<string> = new Set([
  "ephemeral-container-present", // set by a subresource only
  "proc-mount-unmasked", // since hostUsers must be false for it
]);

function placeOf({ apiVersion, kind, metadata }: Manifest): string | undefined {
  return PLACES[`${apiVersion}/${kind}`]?.replace("NAMESPACE", metadata?.namespace ?? "default");
}

let prepared: Promise<void> | undefined;

/** Namespaces, accounts and the priority class that pods name; once for all tests. */
function prepare(): Promise<void> {
  return (prepared ??= prepareCluster());
}

async function prepareCluster(): Promise<void> {
  const { createNamespace, request } = controlPlane();
  await createNamespace("shop", { "pod-security.kubernetes.io/warn": "restricted" });
  await request("POST", "/apis/scheduling.k8s.io/v1/priorityclasses", {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name: "shop-standard" },
    value: 1000,
  });
  for (const namespace of NAMESPACES) {
    for (const name of ["cart", "default"]) {
      const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name } };
      await request("POST", `/api/v1/namespaces/${namespace}/serviceaccounts`, account);
    }
  }
}

testWithServers("every good.yaml is taken, without a warning", async () => {
  await prepare();
  const wrong: string[] = [];
  let count = 0;
  for (const folder of FOLDERS) {
    for (const object of await readFixture(folder, "good.yaml")) {
      const place = placeOf(object);
      if (place === undefined) continue;
      const answer = await controlPlane().request("POST", `${place}?dryRun=All&fieldValidation=Strict`, object);
      if (answer.status !== 201) wrong.push(`${folder.name}: ${answer.text.slice(0, 400)}`);
      wrong.push(...answer.warnings.map((warning) => `${folder.name}: ${warning}`));
      count++;
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(90);
});

testWithServers("every fix, applied by the server, gives what the page promises", async () => {
  await prepare();
  const wrong: string[] = [];
  let count = 0;
  for (const folder of FOLDERS) {
    const difference = await compareFix(folder);
    if (difference === undefined) continue;
    if (difference !== "") wrong.push(`${folder.name}: ${difference}`);
    count++;
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(70);
});

/** Empty where the server's result is ours; `undefined` where the rule is not about one built-in workload. */
async function compareFix(folder: RuleFolder): Promise<string | undefined> {
  const objects = await readFixture(folder, "bad.yaml");
  const fixes = await fixesOf(folder);
  const [bad] = objects;
  const place = bad === undefined ? undefined : placeOf(bad);
  if (place === undefined || objects.length > 1 || fixes.length > 1 || bad === undefined) return undefined;
  const named = renamed(bad, folder.name);
  const { request } = controlPlane();
  const created = await request("POST", `${place}?fieldValidation=Strict`, named);
  if (created.status !== 201) return REFUSED.has(folder.name) ? undefined : `create: ${created.text.slice(0, 300)}`;
  const patched = await request("PATCH", `${place}/${folder.name}?dryRun=All`, fixes[0], {
    contentType: "application/strategic-merge-patch+json",
  });
  if (patched.status !== 200) return MADE_ANEW.has(folder.name) ? undefined : `patch: ${patched.text.slice(0, 300)}`;
  await request("DELETE", `${place}/${folder.name}`);
  const expected = await request(
    "POST",
    `${place}?dryRun=All`,
    renamed(applyFixes([bad], fixes)[0] ?? bad, "expected"),
  );
  if (expected.status !== 201) return `fixed: ${expected.text.slice(0, 300)}`;
  const [found, wanted] = [patched, expected].map(({ body }) => essence(body));
  return found === wanted ? "" : `server ${found}, we ${wanted}`;
}

function renamed(object: Manifest, name: string): Manifest {
  return { ...object, metadata: { ...object.metadata, name } };
}

/** What a fix can change, without what the server makes up for each object and without the order of merged lists. */
function essence(body: unknown): string {
  const { metadata, spec } = body as { metadata: Record<string, unknown>; spec: Record<string, unknown> }; // the server's
  const { selector: _, ...rest } = spec;
  return JSON.stringify([metadata["labels"], metadata["annotations"], metadata["ownerReferences"], rest], normalized);
}

function normalized(key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return ["env", "volumes", "volumeMounts"].includes(key) ? value.map(print).sort() : value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !MADE_UP.test(name))
      .sort(byName),
  );
}

/** Labels by which a Job finds its pods. */
const MADE_UP = /(?:^|\/)(?:controller-uid|job-name)$/;

const print = (value: unknown): string => JSON.stringify(value);
const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
