// Asks a real API server about labelling namespaces, and about creating and changing objects in them, and our model of
// Pod Security admission the same.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { readObject } from "../../src/cluster/read-resource.ts";
import { syncAppArmor } from "../../src/kubernetes/app-armor-annotations.ts";
import { valueAt } from "../../src/kubernetes/path.ts";
import { defaultPod, defaultTemplate } from "../../src/kubernetes/pod-defaults.ts";
import { podTemplatesOf } from "../../src/kubernetes/pod-template.ts";
import type { PodTemplate } from "../../src/kubernetes/pod.ts";
import {
  podSecurityPolicyOf,
  reviewRequest,
  type AdmissionRequest,
  type AdmissionResponse,
  type PodSecurityConfiguration,
} from "../../src/layers/workloads/pod-security/admission/admission.ts";
import { readCarrier, type Carrier } from "../../src/layers/workloads/predict/carrier.ts";
import { judgeCarrier } from "../../src/layers/workloads/predict/judge-carrier.ts";
import { reviewLabelling } from "../../src/layers/workloads/predict/server-warnings.ts";
import type { Answer } from "../servers/api-request.ts";
import type { ControlPlane } from "../servers/control-plane.ts";
import { waitFor } from "../servers/wait-for.ts";
import {
  createWorld,
  EXEMPT_USER,
  ourConfiguration,
  podFor,
  randomLabels,
  type Labels,
  type World,
  type WorldSize,
} from "./namespace-labels-world.ts";
import { carrierObject, POD_CARRIERS, templateOf } from "./pod-carriers.ts";
import type { JsonObject } from "./pods/sparse.ts";

export interface Comparison {
  readonly objects: number;
  readonly labellings: number;
  readonly requests: number;
  readonly refused: number;
  readonly warned: number;
  readonly audited: number;
  readonly exempt: number;
  /** Refused for other reasons than Pod Security. */
  readonly invalid: number;
  readonly differences: readonly string[];
}

export interface ComparisonSize extends WorldSize {
  readonly seed: number;
  readonly labellings: number;
  readonly requests: number;
}

/** Everything the server says about one request, and everything we say. */
interface Pair {
  readonly what: string;
  readonly theirs: Answer;
  readonly ours: AdmissionResponse;
  /** What the predictor says of the object; absent for namespaces and insignificant updates. */
  readonly effect?: string;
}

export async function compareWorld(controlPlane: ControlPlane, size: ComparisonSize): Promise<Comparison> {
  const minor = Number(controlPlane.version.split(".")[1]);
  const world = await createWorld(controlPlane, size.seed, minor, size);
  const configuration = ourConfiguration(minor);
  const labellings = await inTurn(labellingsOf(world, size), (one) => askLabelling(controlPlane, one, configuration));
  const questions = requestsOf(world, size, minor);
  const requests = await inTurn(questions, (one) => askRequest(controlPlane, one, configuration));
  const annotations = await auditAnnotations(controlPlane, requests);
  const tally = { refused: 0, warned: 0, audited: 0, exempt: 0, invalid: 0 };
  const differences: string[] = [];
  for (const pair of [...labellings, ...requests]) {
    const { status, body, warnings } = pair.theirs;
    const message = (body as { message?: string } | undefined)?.message ?? ""; // a Status, where refused
    const isOurs = / is forbidden: violates PodSecurity | is invalid: (\[)?metadata\.labels\[pod-security/.test(
      message,
    );
    if (status >= 400 && !isOurs) {
      if (status !== 422 && status !== 400) differences.push(`${pair.what}: ${status} ${message}`);
      tally.invalid++;
      continue;
    }
    const audit = annotations.get(auditId(pair.theirs));
    if (status >= 400) tally.refused++;
    if (warnings.length > 0) tally.warned++;
    if (audit?.["audit-violations"] !== undefined) tally.audited++;
    if (audit?.["exempt"] !== undefined) tally.exempt++;
    const difference = differenceOf(pair, message, audit);
    if (difference !== undefined) differences.push(`${pair.what}: ${difference}`);
  }
  return { ...tally, objects: world.objects, labellings: labellings.length, requests: requests.length, differences };
}

const IN_PARALLEL = 12;

async function inTurn<Question>(
  questions: readonly Question[],
  ask: (one: Question) => Promise<Pair>,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let at = 0; at < questions.length; at += IN_PARALLEL)
    pairs.push(...(await Promise.all(questions.slice(at, at + IN_PARALLEL).map(ask))));
  return pairs;
}

interface Labelling {
  readonly namespace: World["namespaces"][number];
  readonly labels: Labels;
}

function labellingsOf({ namespaces }: World, { seed, labellings }: ComparisonSize): readonly Labelling[] {
  const question = fc.record({ namespace: fc.constantFrom(...namespaces), labels: randomLabels(true) });
  return fc.sample(question, { seed: seed + 3, numRuns: labellings });
}

async function askLabelling(
  controlPlane: ControlPlane,
  { namespace, labels }: Labelling,
  configuration: PodSecurityConfiguration,
): Promise<Pair> {
  const { name, pods } = namespace;
  const stored = { "kubernetes.io/metadata.name": name };
  const object = { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { ...stored, ...labels } } };
  const theirs = await controlPlane.request("PUT", `/api/v1/namespaces/${name}?dryRun=All`, object);
  const carriers = pods.map((pod) =>
    carrierOf({ apiVersion: "v1", kind: "Pod", ...pod }, name, configuration.minor ?? 0),
  );
  const ours = reviewLabelling(name, namespace.labels, labels, carriers, configuration, configuration.minor ?? 0);
  return { what: `label ${name} ${JSON.stringify(labels)}`, theirs, ours };
}

function carrierOf(object: object, namespace: string, minor: number): Carrier {
  const read = readObject(object, namespace);
  if (read.kind !== "object") throw new Error(JSON.stringify(read));
  const carrier = readCarrier(read.id, read.object, undefined, minor);
  if (carrier.kind !== "carrier") throw new Error(JSON.stringify(carrier));
  return carrier.carrier;
}

interface Request {
  readonly namespace: World["namespaces"][number];
  readonly pod: ReturnType<typeof podFor> extends fc.Arbitrary<infer T> ? T : never;
  readonly way: number;
  readonly which: number;
  readonly isExemptUser: boolean;
}

function requestsOf({ namespaces }: World, { seed, requests }: ComparisonSize, minor: number): readonly Request[] {
  const question = fc.record({
    namespace: fc.constantFrom(...namespaces),
    pod: podFor(minor),
    way: fc.integer({ min: 0, max: 5 }),
    which: fc.nat({ max: 1000 }),
    isExemptUser: fc.integer({ min: 0, max: 9 }).map((digit) => digit === 0),
  });
  return fc.sample(question, { seed: seed + 4, numRuns: requests });
}

/** New pods, new controllers, changed pods (only an image counts) and changed controllers. */
async function askRequest(
  controlPlane: ControlPlane,
  { namespace, pod, way, which, isExemptUser }: Request,
  configuration: PodSecurityConfiguration,
): Promise<Pair> {
  const minor = configuration.minor ?? 0;
  const user = isExemptUser ? EXEMPT_USER : "admin";
  const options = isExemptUser ? { token: controlPlane.tokens[EXEMPT_USER] ?? "" } : {};
  const ask = async (
    method: string,
    resource: string,
    apiPath: string,
    sent: JsonObject,
    seen: object,
    oldObject: object | undefined,
  ): Promise<Pair> => {
    const name = (sent["metadata"] as { name: string }).name; // every object here has one
    const base = `${apiPath}/namespaces/${namespace.name}/${resource}`;
    const path = `${base}${method === "PUT" ? `/${name}` : ""}?dryRun=All`;
    const theirs = await controlPlane.request(method, path, sent, options);
    const request: AdmissionRequest = {
      operation: oldObject === undefined ? "CREATE" : "UPDATE",
      group: apiPath.startsWith("/apis/") ? (apiPath.split("/")[2] ?? "") : "",
      resource,
      subresource: "",
      namespace: namespace.name,
      name,
      username: user,
      object: seen,
      ...(oldObject !== undefined && { oldObject }),
    };
    const view = { namespaceLabels: () => namespace.labels, podsIn: () => [] };
    const ours = reviewRequest(request, configuration, view);
    const what = `${method} ${base} as ${user} ${JSON.stringify(namespace.labels)} ${JSON.stringify(sent).slice(0, 2000)}`;
    const isAsked = oldObject === undefined && !isExemptUser;
    return { what, theirs, ours, ...(isAsked && { effect: effectOf(sent, namespace, configuration) }) };
  };
  const stored = namespace.pods[which % Math.max(1, namespace.pods.length)];
  const made = namespace.controllers[which % Math.max(1, namespace.controllers.length)];
  if (way === 4 && stored !== undefined) {
    const sent = withImage(stored, which % 3 === 0 ? undefined : "registry.example/other:2");
    return ask("PUT", "pods", "/api/v1", { ...sent, kind: "Pod", apiVersion: "v1" }, sent, stored);
  }
  if (way === 5 && made !== undefined && made.carrier.resource !== "jobs") {
    const { carrier, object } = made;
    const sent = { ...object, spec: { ...object.spec, ...carrier.wrap(templateOf(carrier, pod)) } } as JsonObject; // of JSON
    return ask("PUT", carrier.resource, carrier.apiPath, sent, withDefaultedTemplate(sent, minor), object);
  }
  const carrier = way === 2 || way === 3 ? POD_CARRIERS[which % POD_CARRIERS.length] : undefined;
  if (carrier !== undefined) {
    const sent = carrierObject(carrier, templateOf(carrier, pod));
    return ask("POST", carrier.resource, carrier.apiPath, sent, withDefaultedTemplate(sent, minor), undefined);
  }
  // Random pods are of the shape that was drawn.
  const seen = syncAppArmor(defaultPod(pod as unknown as PodTemplate), minor);
  return ask("POST", "pods", "/api/v1", pod, seen, undefined);
}

function withImage(pod: World["namespaces"][number]["pods"][number], image: string | undefined): JsonObject {
  const [first, ...rest] = pod.spec["containers"] as readonly JsonObject[]; // the API requires one
  const containers = [image === undefined ? first : { ...first, image }, ...rest];
  const metadata = image === undefined ? { ...pod.metadata, annotations: { changed: "1" } } : pod.metadata;
  return { ...pod, metadata, spec: { ...pod.spec, containers } } as JsonObject; // of JSON
}

/** The object as admission sees it. */
function withDefaultedTemplate(object: JsonObject, minor: number): object {
  const [place] = podTemplatesOf(object as { apiVersion: string; kind: string } & JsonObject); // built or stored so
  if (place === undefined) return object;
  const template = defaultTemplate(valueAt(object, place.path) as PodTemplate, minor); // of the shape drawn
  const put = (value: unknown, at: number): unknown => {
    const step = place.path[at];
    return step === undefined ? template : { ...(value as object), [step]: put(valueAt(value, [step]), at + 1) }; // on the way
  };
  return put(object, 0) as object; // the object, copied
}

/** What the predictor says of the object in its namespace. */
function effectOf(
  object: JsonObject,
  { name, labels }: Labelling["namespace"],
  configuration: PodSecurityConfiguration,
): string {
  const minor = configuration.minor ?? 0;
  const { policy } = podSecurityPolicyOf(labels, configuration.defaults);
  const judged = judgeCarrier(
    carrierOf({ ...object, metadata: { ...(object["metadata"] as object), namespace: name } }, name, minor),
    {
      policy,
      configuration,
      minor,
    },
  );
  if (judged.effect === "exempt") return "exempt";
  const isRefused = judged.carrier.isPod && judged.enforce.length > 0;
  const words = [
    isRefused ? "refused" : "",
    !isRefused && judged.warn.length > 0 ? "warned" : "",
    judged.audit.length > 0 ? "audited" : "",
  ];
  return words.filter((word) => word !== "").join(" ") || "passed";
}

function auditId({ headers }: Answer): string {
  return String(headers["audit-id"] ?? "");
}

const PREFIX = "pod-security.kubernetes.io/";

/** By audit id; waits until the log has all of them. */
async function auditAnnotations(
  controlPlane: ControlPlane,
  pairs: readonly Pair[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const wanted = new Set(pairs.map(({ theirs }) => auditId(theirs)));
  return waitFor("the audit log to be complete", async () => {
    const found = new Map<string, Readonly<Record<string, string>>>();
    for (const line of readFileSync(controlPlane.auditLogPath ?? "", "utf8").split("\n")) {
      if (!line.endsWith("}")) continue;
      const event = JSON.parse(line) as { auditID: string; stage: string; annotations?: Record<string, string> };
      if (event.stage !== "ResponseComplete" || !wanted.has(event.auditID)) continue;
      const ours = Object.entries(event.annotations ?? {}).filter(([key]) => key.startsWith(PREFIX));
      found.set(
        event.auditID,
        Object.fromEntries(ours.map(([key, value]) => [key.slice(PREFIX.length), value])) as Record<string, string>,
      ); // pairs of strings
    }
    return found.size === wanted.size ? found : undefined;
  });
}

function differenceOf(
  { theirs, ours, effect }: Pair,
  message: string,
  audit: Readonly<Record<string, string>> | undefined,
): string | undefined {
  const ourMessage = ours.status?.message ?? "";
  if (message !== ourMessage) return `refusal\n  ${message}\n  ${ourMessage}`;
  const ourWarnings = ours.warnings ?? [];
  if (!areSameWarnings(theirs.warnings, ourWarnings))
    return `warnings\n  ${theirs.warnings.join("\n  ")}\n and ours\n  ${ourWarnings.join("\n  ")}`;
  if (audit === undefined) return undefined;
  const [their, our] = [audit, ours.auditAnnotations ?? {}].map((all) =>
    JSON.stringify(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
  if (their !== our) return `audit\n  ${their}\n  ${our}`;
  return effect === undefined ? undefined : differenceOfEffect(ours, effect);
}

/** Our answer is the server's by now, so the predictor is held against it. */
function differenceOfEffect(
  { allowed, warnings, auditAnnotations }: AdmissionResponse,
  effect: string,
): string | undefined {
  const words = [
    allowed ? "" : "refused",
    (warnings ?? []).length > 0 ? "warned" : "",
    auditAnnotations?.["audit-violations"] === undefined ? "" : "audited",
  ];
  const said = words.filter((word) => word !== "").join(" ") || "passed";
  // Where no mode asks for anything, admission does not get as far as the exemptions.
  if (effect === "exempt" && said === "passed") return undefined;
  return said === effect ? undefined : `effect ${said}, ours ${effect}`;
}

const TRUNCATED_CHARACTERS = 256;

// apiserver/pkg/endpoints/filters/warning.go: what is too long together is cut, one by one.
function areSameWarnings(theirs: readonly string[], ours: readonly string[]): boolean {
  const relevant = theirs.filter(
    (text) =>
      text.includes("PodSecurity") ||
      text.includes("Pod Security") ||
      ours.includes(text) ||
      ours.some((our) => our.startsWith(text)),
  );
  const sent = [...new Set(ours.filter((text) => !/\p{Cc}/u.test(text)))];
  return (
    relevant.length === sent.length &&
    sent.every((our, index) => {
      const their = relevant[index] ?? "";
      return their === our || ([...their].length === TRUNCATED_CHARACTERS && our.startsWith(their));
    })
  );
}
