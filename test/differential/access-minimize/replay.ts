// The oracle of `access minimize`: a real API server records what subjects do, the built program proposes roles from its
// log, and a second server, where they have nothing but those roles, answers every request again.

import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { afterAll, beforeAll, expect } from "vitest";
import type { Answer } from "../../servers/api-request.ts";
import { serversUnavailable, testWithServers } from "../../servers/availability.ts";
import { findOpenssl } from "../../servers/certificates.ts";
import { startControlPlane, type ControlPlane } from "../../servers/control-plane.ts";
import { waitFor } from "../../servers/wait-for.ts";
import { ringwall } from "../../journeys/program.ts";
import { makeBroadRights, makeObjects } from "./recorded-world.ts";
import { createAsker, type Asker } from "./asker.ts";
import { USERS } from "./subjects.ts";
import type { UsedRequest } from "./used-request.ts";
import { usedRequests } from "./used-requests.ts";

interface MinimizeDocument {
  readonly subjects: readonly {
    readonly user: string;
    readonly proof: { readonly tuples: number; readonly lost: readonly unknown[] };
    readonly unproved: readonly { readonly what: string }[];
    readonly objects: readonly ApiObject[];
    readonly roles: readonly {
      readonly name: string;
      readonly rules: readonly { readonly rule: object; readonly unseen?: true }[];
    }[];
  }[];
}
interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly object[];
}

interface Refused {
  readonly subject: string;
  readonly status: number;
  readonly what: string;
}

const PLURALS: Readonly<Record<string, string>> = {
  Role: "roles",
  ClusterRole: "clusterroles",
  RoleBinding: "rolebindings",
  ClusterRoleBinding: "clusterrolebindings",
};

export interface ReplayOptions {
  readonly auditLevel: "Metadata" | "RequestResponse";
  readonly version?: string;
  /** Whether each proposed rule is taken away in turn. */
  readonly withNecessity: boolean;
}

/** Registers the tests of one log. */
export function testReplay({ auditLevel, version, withNecessity }: ReplayOptions): void {
  const server = version === undefined ? {} : { version };
  let recording: ControlPlane;
  let replaying: ControlPlane;
  let requests: readonly UsedRequest[];
  let asker: Asker;
  let document: MinimizeDocument;

  beforeAll(async () => {
    if (serversUnavailable(undefined, version) !== undefined) return;
    const users = USERS.map(({ name, groups }) => ({ name, groups }));
    recording = await startControlPlane({ ...server, auditLevel, users });
    await makeObjects(recording);
    await makeBroadRights(recording);
    const minor = Number(recording.version.split(".")[1]);
    requests = usedRequests(certificateRequest(recording), minor);
    const first = await createAsker(recording);
    await untilAllowed(first, { as: "alice", method: "GET", path: "/api/v1/nodes" });
    const refused: string[] = [];
    for (const request of requests) {
      const answer = await first.ask(request);
      if (isRefusal(answer)) refused.push(`${request.as} ${request.method} ${request.path}: ${answer.text}`);
    }
    expect(refused).toEqual([]);
    const log = recording.workspace.path("recorded.log");
    copyFileSync(recording.auditLogPath ?? "", log);
    const words = ["access", "minimize", "--audit-log", log, "-o", "json", "--no-config"];
    const { stdout, stderr, code } = await ringwall([...words, "--kubeconfig", recording.adminKubeconfigPath]);
    expect([code === 0 || code === 3, stderr]).toEqual([true, ""]);
    document = JSON.parse(stdout) as MinimizeDocument; // our own JSON
    await recording.stop();
    replaying = await startControlPlane({ ...server, users });
    await makeObjects(replaying);
    for (const object of document.subjects.flatMap(({ objects }) => objects)) await write(replaying, object);
    asker = await createAsker(replaying);
  }, 300_000);
  afterAll(async () => {
    await replaying?.stop();
  });

  testWithServers(
    "the log has more than two hundred requests, and nothing used is lost",
    async () => {
      expect(requests.length).toBeGreaterThan(200);
      expect(document.subjects.reduce((sum, { proof }) => sum + proof.tuples, 0)).toBeGreaterThan(150);
      expect(document.subjects.flatMap(({ proof }) => proof.lost)).toEqual([]);
    },
    server,
  );

  testWithServers(
    "under the proposed roles a real server refuses nothing that was proved",
    async () => {
      const settled = await waitFor(
        "the roles to take effect",
        async () => ((await refusedOf(requests)).length === 0 ? [] : undefined),
        10_000,
      ).catch(() => refusedOf(requests));
      // Without bodies, the log does not say which parameters a policy has: that is told, and fails as a 422.
      const isOpen = ({ subject, status }: Refused) =>
        status === 422 &&
        document.subjects.some(
          ({ user, unproved }) => user === subject && unproved.some(({ what }) => what === "parameters"),
        );
      expect(settled.filter((one) => !isOpen(one))).toEqual([]);
      expect(settled.length).toBe(auditLevel === "Metadata" ? 1 : 0);
    },
    server,
  );

  async function refusedOf(list: readonly UsedRequest[]): Promise<readonly Refused[]> {
    const refused: Refused[] = [];
    for (const request of list) {
      const answer = await asker.ask(request);
      const what = `${request.method} ${request.path}: ${answer.text}`;
      if (isRefusal(answer)) refused.push({ subject: request.as, status: answer.status, what });
    }
    return refused;
  }

  async function isRefusedOnce(list: readonly UsedRequest[]): Promise<boolean> {
    for (const request of list) if (isRefusal(await asker.ask(request))) return true;
    return false;
  }

  if (!withNecessity) return;
  testWithServers(
    "and without any one of the proposed rules it refuses at least one",
    async () => {
      const idle: string[] = [];
      let rules = 0;
      for (const { user, objects, roles } of document.subjects) {
        const kept = new Set(
          roles.flatMap((role) => role.rules.flatMap(({ rule, unseen }) => (unseen ? [key(rule)] : []))),
        );
        const own = requests.filter(({ as, headers }) => as === user || headers?.["impersonate-user"] === user);
        for (const object of objects) {
          for (const [index, rule] of (object.rules ?? []).entries()) {
            if (kept.has(key(rule))) continue;
            rules++;
            await write(replaying, { ...object, rules: object.rules?.toSpliced(index, 1) ?? [] });
            const verbs = "verbs" in rule && Array.isArray(rule.verbs) ? rule.verbs : [];
            // A watch takes a second: only where it can matter.
            const tried = own.filter(({ path }) => verbs.includes("watch") || !path.includes("watch=true"));
            const isNeeded = await waitFor(
              "a refusal",
              async () => ((await isRefusedOnce(tried)) ? true : undefined),
              SETTLED_MILLISECONDS,
            ).catch(() => false);
            if (!isNeeded) idle.push(`${user}: ${JSON.stringify(rule)}`);
            await write(replaying, object);
          }
        }
      }
      expect(rules).toBeGreaterThan(40);
      expect(idle).toEqual([]);
    },
    { timeout: 600_000, ...server },
  );
}

/** A 403; or a 422 of an admission policy whose author may not read its parameters. */
function isRefusal({ status, text }: Answer): boolean {
  return status === 403 || (status === 422 && text.includes("FieldValueForbidden"));
}

/** The API server remembers for ten seconds how somebody was let act as another. */
const SETTLED_MILLISECONDS = 20_000;

/** A rule, whatever the order of its lists. */
function key(rule: object): string {
  return JSON.stringify(Object.entries(rule).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

async function untilAllowed(asker: Asker, request: UsedRequest): Promise<void> {
  await waitFor("the rights to take effect", async () =>
    (await asker.ask(request)).status === 200 ? true : undefined,
  );
}

async function write(plane: ControlPlane, object: ApiObject): Promise<void> {
  const { name, namespace } = object.metadata;
  const place = namespace === undefined ? "" : `/namespaces/${namespace}`;
  const path = `/apis/rbac.authorization.k8s.io/v1${place}/${PLURALS[object.kind]}/${encodeURIComponent(name)}?fieldValidation=Strict`;
  const answer = await plane.request("PUT", path, object);
  if (answer.status !== 200 && answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`);
}

function certificateRequest(plane: ControlPlane): string {
  const key = plane.workspace.path("csr.key");
  const arguments_ = ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-subj", "/CN=carol"];
  return execFileSync(findOpenssl() ?? "", arguments_, { stdio: ["ignore", "pipe", "ignore"] }).toString("base64");
}
