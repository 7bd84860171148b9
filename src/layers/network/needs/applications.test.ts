import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { resourcesIn } from "../../../../test/network/resources.ts";
import { filesOfTar } from "../../../../test/network/tar.ts";
import { oraclePath, testWithOracle } from "../../../../test/oracles/oracle.ts";
import { readManifestStream } from "../../../sources/manifests/manifest-source.ts";
import type { Resource } from "../../../cluster/resource.ts";
import type { Need } from "../generate/need.ts";
import { keyOfEnd } from "../generate/merge-needs.ts";
import { createNetwork } from "../network.ts";
import { declaredNeeds } from "./declared-needs.ts";

/** A connection that a person found by reading the manifests, and where. */
interface WrittenEdge {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly why: string;
}

interface Application {
  readonly about: { readonly source: string; readonly namespace?: string };
  readonly needed: readonly WrittenEdge[];
  /** The application needs them, and nothing in the manifests says so. */
  readonly notTold: readonly WrittenEdge[];
}

const MANIFESTS = "manifests/manifests.tar.gz";
const root = join(import.meta.dirname, "../../../..");

function application(name: string): Application {
  return JSON.parse(readFileSync(join(import.meta.dirname, `applications/${name}.json`), "utf8")) as Application; // written beside this test
}

function textsOf(application: Application): readonly string[] {
  const { source } = application.about;
  if (source.startsWith("examples/")) {
    const folder = join(root, source);
    return readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  }
  const files = filesOfTar(gunzipSync(readFileSync(oraclePath(MANIFESTS))));
  const isOf = (file: string): boolean =>
    source.endsWith("/") ? file.startsWith(source) && !file.slice(source.length).includes("/") : file === source;
  return [...files].filter(([file]) => isOf(file)).map(([, text]) => text);
}

async function needsOf(application: Application): Promise<readonly Need[]> {
  const resources: Resource[] = [];
  for (const text of textsOf(application)) {
    async function* chunks(): AsyncGenerator<Buffer> {
      yield Buffer.from(text);
    }
    for await (const items of readManifestStream(chunks(), "manifest.yaml", ".yaml")) {
      const values = items.flatMap((item) => (item.kind === "value" ? [inNamespace(item.value, application)] : []));
      resources.push(...resourcesIn(values));
    }
  }
  expect(resources.length).toBeGreaterThan(0);
  return declaredNeeds({ network: createNetwork(resources), resources }).needs;
}

/** As `kubectl apply -n` would. */
function inNamespace(value: unknown, { about: { namespace } }: Application): unknown {
  if (namespace === undefined || typeof value !== "object" || value === null || !("metadata" in value)) return value;
  const { metadata } = value;
  return { ...value, metadata: { namespace, ...(typeof metadata === "object" ? metadata : {}) } };
}

function textOfNeed({ from, to, port }: Need): string {
  const number = port.kind === "number" ? `${port.protocol}/${port.port}` : port.kind;
  return `${keyOfEnd(from)} > ${keyOfEnd(to)} ${number}`;
}

function textOfEdge({ from, to, port }: WrittenEdge): string {
  return `${from} > ${to} ${port}`;
}

async function compare(name: string): Promise<void> {
  const written = application(name);
  const found = (await needsOf(written)).map(textOfNeed);
  const needed = written.needed.map(textOfEdge);
  expect(needed.filter((edge) => !found.includes(edge))).toEqual([]);
  expect(found.filter((edge) => !needed.includes(edge))).toEqual([]);
  // What a person knows and no manifest says: a reader that finds it has become better, and the list shorter.
  expect(written.notTold.map(textOfEdge).filter((edge) => found.includes(edge))).toEqual([]);
  expect(written.notTold.every(({ why }) => why !== "")).toBe(true);
}

test("shop: every connection of its table, and nothing else", () => compare("shop"));

for (const name of ["argo-cd", "istio-addons", "longhorn", "spire"]) {
  testWithOracle(MANIFESTS)(`${name}: every connection that its manifests tell, and nothing else`, () => compare(name));
}
