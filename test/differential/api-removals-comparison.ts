// Compares the table of ending API versions with a real server that serves every version it has.

import { apiLifecycleOf, ENDING_API_TYPES, isDeprecated, isRemoved } from "../../src/kubernetes/api-removals.ts";
import type { ControlPlane, ControlPlaneOptions } from "../servers/control-plane.ts";

/** A server that serves alpha and beta versions too. */
export function allVersions(version?: string): ControlPlaneOptions {
  return { ...(version !== undefined && { version }), extraApiServerArguments: ["--runtime-config=api/all=true"] };
}

export interface RemovalsComparison {
  readonly differences: readonly string[];
  /** Types of the table that the server still has. */
  readonly served: number;
  /** Warnings of the server that the table foretells. */
  readonly warned: number;
}

/** `batch/v1 CronJob is deprecated in v1.21+, unavailable in v1.25+; use …` */
const WARNING = /^(\S+) (\w+) is deprecated in v1\.(\d+)\+(?:, unavailable in v1\.(\d+)\+)?(?:; use (.+))?/;

/** Asks for each version the server has whether it warns, and compares that with the table. */
export async function compareRemovals({ request, version }: ControlPlane): Promise<RemovalsComparison> {
  const minor = Number(version.split(".")[1]);
  const differences: string[] = [];
  const served = new Set<string>();
  let warned = 0;
  for (const { path, apiVersion } of await groupVersions(request)) {
    const { body } = await request("GET", path);
    for (const { name, kind, verbs } of resourcesOf(body)) {
      if (name.includes("/")) continue;
      const type = `${apiVersion} ${kind}`;
      served.add(type);
      const lifecycle = apiLifecycleOf(apiVersion, kind) ?? {};
      if (isRemoved(lifecycle, minor)) differences.push(`${type}: served, and called removed`);
      if (!verbs.includes("list")) continue;
      const answer = await request("GET", `${path}/${name}?limit=1`);
      const match = answer.warnings.map((text) => WARNING.exec(text)).find((one) => one?.[2] === kind);
      const server = match == null ? undefined : { deprecated: match[3], removed: match[4], use: match[5] };
      if (server === undefined && isDeprecated(lifecycle, minor))
        differences.push(`${type}: no warning, and called deprecated`);
      if (server === undefined) continue;
      warned++;
      const ours = `${lifecycle.deprecated} ${lifecycle.removed}`;
      if (ours !== `${server.deprecated} ${server.removed}`)
        differences.push(`${type}: ${JSON.stringify(server)}, we ${ours}`);
    }
  }
  const kept = ENDING_API_TYPES.filter((type) => served.has(type));
  return { differences, served: kept.length, warned };
}

async function groupVersions(
  request: ControlPlane["request"],
): Promise<readonly { path: string; apiVersion: string }[]> {
  const { body } = await request("GET", "/apis");
  const { groups } = body as { groups: readonly { versions: readonly { groupVersion: string }[] }[] }; // an APIGroupList
  const named = groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion));
  return [
    { path: "/api/v1", apiVersion: "v1" },
    ...named.map((apiVersion) => ({ path: `/apis/${apiVersion}`, apiVersion })),
  ];
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly verbs: readonly string[];
}

function resourcesOf(body: unknown): readonly ApiResource[] {
  return (body as { resources?: readonly ApiResource[] }).resources ?? []; // an APIResourceList
}
