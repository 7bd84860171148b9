// What an API server serves: aggregated discovery (KEP-3352) in two requests, or, where the server does not know it, the
// documents per group version.

import { groupOf } from "../../kubernetes/object.ts";
import { ApiError, apiError } from "./api-error.ts";
import { readAggregated } from "./aggregated-discovery.ts";
import { readLegacyGroups, readLegacyResources } from "./legacy-discovery.ts";
import type { ServedResource, UnknownGroupVersion } from "./served-resource.ts";
import { asJson, type JsonAnswer, type Transport } from "./transport.ts";

export interface Discovery {
  /** By group and resource, in the server's order of preference. */
  readonly versionsOf: (group: string, resource: string) => readonly ServedResource[];
  readonly resources: readonly ServedResource[];
  readonly unknown: readonly UnknownGroupVersion[];
}

const AGGREGATED = ["v2", "v2beta1"]
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .join(", ");

export interface DiscoverOptions {
  /** Asked one by one only where the server cannot aggregate; all when absent. */
  readonly groups?: ReadonlySet<string>;
  readonly signal?: AbortSignal | undefined;
}

/** Throws ApiError when the server does not answer, refuses discovery as a whole or serves no core resources. */
export async function discover(transport: Transport, options: DiscoverOptions = {}): Promise<Discovery> {
  const read = (path: string, accept: string): Promise<JsonAnswer> =>
    transport.read({ path, accept, signal: options.signal }, asJson(transport.server, path));
  const malformed = (path: string): ApiError =>
    apiError("malformed", { server: transport.server, path, words: "not a discovery document" });
  const resources: ServedResource[] = [];
  const unknown: UnknownGroupVersion[] = [];

  const readGroupVersion = async (groupVersion: string): Promise<readonly ServedResource[]> => {
    const path = groupVersion.includes("/") ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
    try {
      const served = readLegacyResources((await read(path, "application/json")).value, groupVersion);
      if (served === undefined) throw malformed(path);
      return served;
    } catch (error) {
      if (!(error instanceof ApiError) || error.failure.code === "aborted") throw error;
      unknown.push({ groupVersion, failure: error.failure });
      return [];
    }
  };
  const readRoot = async (path: string): Promise<void> => {
    const { contentType, value } = await read(path, `${AGGREGATED}, application/json`);
    if (/as=APIGroupDiscoveryList/i.test(contentType)) {
      const found = readAggregated(value);
      if (found === undefined) throw malformed(path);
      resources.push(...found.resources);
      unknown.push(...found.unknown);
      return;
    }
    const all = readLegacyGroups(value);
    if (all === undefined) throw malformed(path);
    const wanted = all.filter((groupVersion) => options.groups?.has(groupOf(groupVersion)) ?? true);
    resources.push(...(await Promise.all(wanted.map(readGroupVersion))).flat());
  };
  await Promise.all([readRoot("/api"), readRoot("/apis")]);
  // A server without core resources is none: to go on would be to find nothing wrong with nothing.
  if (!resources.some((resource) => resource.group === "")) throw malformed("/api");
  return index(resources, unknown);
}

function index(resources: readonly ServedResource[], unknown: readonly UnknownGroupVersion[]): Discovery {
  const byName = new Map<string, ServedResource[]>();
  for (const resource of resources) {
    const key = `${resource.group}/${resource.resource}`;
    const versions = byName.get(key);
    if (versions === undefined) byName.set(key, [resource]);
    else versions.push(resource);
  }
  return { versionsOf: (group, resource) => byName.get(`${group}/${resource}`) ?? [], resources, unknown };
}
