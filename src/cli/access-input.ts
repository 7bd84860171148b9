// What the questions of `access` read, whatever the source: everything an authorizer decides from, ready to be asked.

import { readObject } from "../cluster/read-resource.ts";
import type { ResourceId } from "../cluster/resource-id.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import type { Locator } from "../cluster/resource.ts";
import { RULES } from "../controls/registry.generated.ts";
import { NEWEST_KNOWN_MINOR, parseKubernetesMinor, type KubernetesMinor } from "../kubernetes/kubernetes-version.ts";
import type { AccessSource } from "../layers/access/access-source.ts";
import {
  createAccess,
  diagnose,
  type Access,
  type AccessObject,
  type AuthorizerMode,
} from "../layers/access/access.ts";
import { broughtRoles } from "../layers/access/brought-roles.ts";
import { vertexKindOf } from "../layers/access/node-objects.ts";
import { otherAuthorizersOf } from "../layers/access/other-authorizers.ts";
import { isRbacObject } from "../layers/access/rbac-state.ts";
import type { AccessNote } from "../report/access/note.ts";
import type { Gap } from "../verdicts/gap.ts";
import { atPlace, emptyGap, invalidGap } from "./cluster/input-gaps.ts";
import { openInput } from "./cluster/open-input.ts";
import type { ClusterFlags } from "./cluster/options.ts";
import { readValues } from "./cluster/read-values.ts";
import type { RenderFlags } from "./rendering/render-options.ts";
import { minorOf } from "./scan-flags.ts";
import type { Streams } from "./streams.ts";
import { checkTargets } from "./targets.ts";
import { unknownWord } from "./usage-error.ts";

export interface AccessFlags extends ClusterFlags, RenderFlags {
  readonly output: readonly string[];
  readonly lang?: string;
  readonly color: string;
  readonly exclude: readonly string[];
  readonly filename: readonly string[];
  readonly kubernetesVersion?: string;
  readonly authorizer: string;
}

export interface AccessInput {
  readonly access: Access<AccessSource>;
  /** Where a question without `-n` is asked: the context's namespace, else `default`. */
  readonly namespace: string;
  readonly gaps: readonly Gap[];
  readonly notes: readonly AccessNote[];
  /** Whether there was any Kubernetes object. */
  readonly isEmpty: boolean;
  readonly minor: KubernetesMinor;
  /** A cluster or its dump, which hold all roles and bindings there are. */
  readonly isComplete: boolean;
}

const AUTHORIZERS = ["server", "rbac"] as const satisfies readonly AuthorizerMode[];
/** What stands for a name that a caller gives no file. */
const NOWHERE: AccessSource = { locate: () => undefined };

/** What a command needs besides. */
export interface AccessReading {
  /** `--as` says who asks the cluster, as in kubectl, not whom the question is about. */
  readonly asConnects?: boolean;
  /** Called with each object as it was read. */
  readonly onObject?: (object: KubernetesObject, locate: Locator) => void;
}

/** Reads everything the authorizers need. Without TARGETs, the cluster. Throws UsageError and ApiError. */
export async function readAccess(
  targets: readonly string[],
  flags: AccessFlags,
  streams: Streams,
  { asConnects = false, onObject }: AccessReading = {},
): Promise<AccessInput> {
  const authorizer = AUTHORIZERS.find((mode) => mode === flags.authorizer);
  if (authorizer === undefined) throw unknownWord("error.unknown-authorizer", flags.authorizer, AUTHORIZERS);
  checkTargets(targets, streams.directory);
  // Whom the question is about is not who asks the cluster.
  const { as: _1, asGroup: _2, asUid: _3, ...withoutAsked } = flags;
  const connection = asConnects ? flags : withoutAsked;
  const rules = RULES.filter(({ id }) => id.startsWith("access/"));
  const input = await openInput(targets, connection, streams, rules);
  const given = parseKubernetesMinor(input.kubernetesVersion ?? "");
  const minor =
    flags.kubernetesVersion === undefined ? (given ?? NEWEST_KNOWN_MINOR) : minorOf(flags.kubernetesVersion);
  const namespace = flags.namespace ?? input.live?.target.namespaces?.[0] ?? "default";
  const collected = createCollection(input.live === undefined ? namespace : "", onObject);
  await readValues(targets, flags, streams, {
    input,
    namespace,
    minor,
    onValue: (value, locate, _provenance, file) => collected.add(value, locate, file),
    onGap: collected.addGap,
  });
  if (collected.count() === 0) collected.addGap(emptyGap(targets, input.live?.target.server));
  const isComplete = input.live !== undefined || input.target.kind === "dump";
  return collected.finish({ minor, authorizer, namespace, isComplete });
}

interface Settings {
  readonly minor: KubernetesMinor;
  readonly authorizer: AuthorizerMode;
  readonly namespace: string;
  /** A cluster or its dump holds all roles there are. */
  readonly isComplete: boolean;
}

interface Collection {
  readonly add: (value: unknown, locate: Locator, file: string) => void;
  readonly addGap: (gap: Gap) => void;
  readonly count: () => number;
  readonly finish: (settings: Settings) => AccessInput;
}

function createCollection(defaultNamespace: string, onObject: AccessReading["onObject"]): Collection {
  const objects: AccessObject<AccessSource>[] = [];
  const gaps: Gap[] = [];
  const notes: AccessNote[] = [];
  let count = 0;
  return {
    add: (value, locate, file) => {
      const read = readObject(value, defaultNamespace);
      if (read.kind === "not-kubernetes") return;
      count++;
      if (read.kind === "invalid") {
        for (const problem of read.problems) gaps.push(invalidGap(problem, locate, file));
        return;
      }
      const { apiVersion, kind } = read.object;
      onObject?.(read.object, locate);
      if (isRbacObject(apiVersion, kind) || vertexKindOf(apiVersion, kind) !== undefined)
        objects.push({ object: read.object, source: { locate } });
      for (const { name, path } of otherAuthorizersOf(read.object))
        notes.push({ kind: "other-authorizer", name, at: locate(path) });
    },
    addGap: (gap) => void gaps.push(gap),
    count: () => count,
    finish: ({ minor, authorizer, namespace, isComplete }) => {
      const brought = isComplete
        ? []
        : broughtRoles(
            objects.map(({ object }) => object),
            minor,
          );
      const access = createAccess([...objects, ...brought.map((object) => ({ object, source: NOWHERE }))], {
        minor,
        authorizer,
        defaultNamespace: namespace,
      });
      if (brought.length > 0) {
        const names = brought.map(({ metadata }) => metadata?.name ?? "").filter((name) => !name.startsWith("system:"));
        notes.push({ kind: "brought-roles", names, minor });
      }
      const { gaps: more, notes: noticed } = noticedIn(access);
      return {
        access,
        namespace,
        gaps: [...gaps, ...more],
        notes: [...notes, ...noticed],
        isEmpty: count === 0,
        minor,
        isComplete,
      };
    },
  };
}

/** What could not be read is a gap; what may surprise is a note. */
function noticedIn(access: Access<AccessSource>): Pick<AccessInput, "gaps" | "notes"> {
  const gaps: Gap[] = [];
  const notes: AccessNote[] = [];
  for (const diagnostic of diagnose(access.state)) {
    const { resource } = diagnostic;
    const { locate } = resource.source;
    const { apiVersion, kind, namespace, name } = resource;
    if (diagnostic.kind === "malformed") {
      const id: ResourceId = { apiVersion, group: apiVersion.slice(0, apiVersion.indexOf("/")), kind, namespace, name };
      for (const problem of diagnostic.problems) gaps.push(invalidGap(problem, locate, name, id));
    } else if (diagnostic.kind === "unserved-version") {
      const reason = { id: "unserved-version", arguments: { kind, apiVersion } };
      gaps.push(atPlace({ code: reason.id, what: `${kind} ${name}`, reason }, locate(["apiVersion"])));
    } else if (diagnostic.kind === "aggregation-stale") {
      notes.push({ kind: "aggregation-stale", name, at: locate(["aggregationRule"]) });
    } else if (diagnostic.kind === "duplicate") {
      notes.push({ kind: "duplicate", resource: `${kind} ${name}`, at: locate([]) });
    }
  }
  return { gaps, notes };
}
