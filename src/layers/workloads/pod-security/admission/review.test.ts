// What the recorded answers do not reach: many pods, running out of time, malformed objects, unknown resources.

import { describe, expect, test } from "vitest";
import type { PodTemplate } from "../../../../kubernetes/pod.ts";
import {
  PRIVILEGED_POLICY,
  reviewRequest,
  type AdmissionRequest,
  type AdmissionResponse,
  type ClusterView,
} from "./admission.ts";

const ENFORCE = "pod-security.kubernetes.io/enforce";
const configuration = {
  defaults: PRIVILEGED_POLICY,
  exemptions: { usernames: ["admin"], namespaces: ["exempt"], runtimeClasses: ["gvisor"] },
};
const cluster: ClusterView = {
  namespaceLabels: (namespace) => (namespace === "missing" ? undefined : { [ENFORCE]: "baseline" }),
  podsIn: () => [],
};
const privilegedPod: PodTemplate = { spec: { containers: [{ name: "a", securityContext: { privileged: true } }] } };
const podRequest: AdmissionRequest = {
  operation: "CREATE",
  group: "",
  resource: "pods",
  subresource: "",
  namespace: "ns",
  name: "p",
  username: "me",
  object: privilegedPod,
};

function review(request: Partial<AdmissionRequest>, view: Partial<ClusterView> = {}): AdmissionResponse {
  return reviewRequest({ ...podRequest, ...request }, configuration, { ...cluster, ...view });
}

const exempt = (by: string): AdmissionResponse => ({ allowed: true, auditAnnotations: { exempt: by } });

const named = (name: string, uid?: string): PodTemplate => ({
  metadata: { name, ...(uid === undefined ? {} : { ownerReferences: [{ uid, controller: true }] }) },
  ...privilegedPod,
});

const labelled = (level: string): unknown => ({ metadata: { name: "ns", labels: { [ENFORCE]: level } } });

describe("a pod", () => {
  test("that violates the enforced level is refused, in the API server's words", () => {
    expect(review({}).status).toEqual({
      code: 403,
      reason: "Forbidden",
      message:
        'pods "p" is forbidden: violates PodSecurity "baseline:latest": ' +
        'privileged (container "a" must not set securityContext.privileged=true)',
    });
    expect(review({ name: "" }).status?.message).toMatch(/^pods is forbidden: /);
  });

  test("is let pass for an exempt namespace, user or runtime class, in this order", () => {
    const object = { spec: { ...privilegedPod.spec, runtimeClassName: "gvisor" } };
    expect(review({ object, namespace: "exempt", username: "admin" })).toEqual(exempt("namespace"));
    expect(review({ object, username: "admin" })).toEqual(exempt("user"));
    expect(review({ object })).toEqual(exempt("runtimeClass"));
  });

  test("that cannot be decoded is refused, and so is an update whose old pod cannot", () => {
    const object = { spec: { hostPID: "yes" } };
    expect(review({ object })).toEqual({
      allowed: false,
      auditAnnotations: { error: "failed to decode object: spec.hostPID: expected boolean, found string" },
      status: { code: 400, reason: "BadRequest", message: "failed to decode object" },
    });
    expect(review({ operation: "UPDATE", oldObject: object }).status?.message).toBe("failed to decode old object");
  });

  test("is evaluated at an unknown subresource, not at one that cannot change it", () => {
    expect(review({ subresource: "future" }).allowed).toBe(false);
    expect(review({ subresource: "exec" })).toEqual({ allowed: true });
  });
});

describe("a controller", () => {
  const deployment = { group: "apps", resource: "deployments", object: { spec: { template: privilegedPod } } };

  test("is warned about and never refused", () => {
    const { allowed, warnings } = review(deployment);
    expect(allowed).toBe(true);
    expect(warnings).toEqual([
      'would violate PodSecurity "baseline:latest": privileged (container "a" must not set securityContext.privileged=true)',
    ]);
  });

  test("whose template cannot be decoded, or whose namespace is missing, passes with an audit annotation", () => {
    const object = { spec: { template: { spec: { containers: {} } } } };
    expect(review({ ...deployment, object })).toEqual({
      allowed: true,
      auditAnnotations: {
        error: "failed to decode object: spec.template.spec.containers: expected array, found object",
      },
    });
    expect(review({ ...deployment, namespace: "missing" }).auditAnnotations?.["error"]).toBe(
      'failed to lookup namespace "missing": namespaces "missing" not found',
    );
  });

  test("of another group, or a replication controller without template, is not looked at", () => {
    expect(review({ ...deployment, group: "argoproj.io", resource: "rollouts" })).toEqual({ allowed: true });
    const controller = { group: "", resource: "replicationcontrollers", object: { spec: {} } };
    expect(review(controller)).toEqual({ allowed: true });
    expect(review({ ...deployment, object: {} })).toEqual({ allowed: true, auditAnnotations: {} });
  });
});

describe("a namespace whose enforced level is raised", () => {
  const raise = {
    operation: "UPDATE",
    resource: "namespaces",
    object: { metadata: { name: "ns", labels: { [ENFORCE]: "baseline" } } },
    oldObject: { metadata: { name: "ns" } },
  } as const;
  const heading = 'existing pods in namespace "ns" violate the new PodSecurity enforce level "baseline:latest"';
  const warningsAbout = (...names: readonly string[]): readonly string[] | undefined =>
    review(raise, { podsIn: () => names.map((name) => named(name)) }).warnings;

  test("names the first pod of each group and counts the others", () => {
    expect(warningsAbout()).toBeUndefined();
    expect(warningsAbout("b")).toEqual([heading, "b: privileged"]);
    expect(warningsAbout("b", "a")).toEqual([heading, "a (and 1 other pod): privileged"]);
    expect(warningsAbout("b", "a", "c")).toEqual([heading, "a (and 2 other pods): privileged"]);
  });

  test("looks at 3,000 pods at most", () => {
    const pods = Array.from({ length: 3001 }, (_, index) => named(`p${index}`));
    expect(review(raise, { podsIn: () => pods }).warnings).toEqual([
      "new PodSecurity enforce level only checked against the first 3000 of 3001 existing pods",
      heading,
      "p0 (and 2999 other pods): privileged",
    ]);
  });

  test("stops when time is up, one pod of each controller first", () => {
    const pods = [named("z", "1"), named("a", "1"), named("y", "2"), named("x")];
    let looked = 0;
    const isTimeUp = (): boolean => ++looked === 3;
    expect(review(raise, { podsIn: () => pods, isTimeUp }).warnings).toEqual([
      "new PodSecurity enforce level only checked against the first 3 of 4 existing pods",
      heading,
      "x (and 2 other pods): privileged",
    ]);
  });

  test("does not count pods of an exempt runtime class", () => {
    const pods = [{ ...named("a"), spec: { ...privilegedPod.spec, runtimeClassName: "gvisor" } }];
    expect(review(raise, { podsIn: () => pods })).toEqual({ allowed: true });
  });

  test("may keep labels that were wrong already, but not get other wrong ones", () => {
    const update = { ...raise, object: labelled("x"), name: "ns" };
    expect(review({ ...update, oldObject: labelled("x") })).toEqual({ allowed: true });
    expect(review({ ...update, oldObject: labelled("y") }).status?.code).toBe(422);
  });

  test("is not looked at when it is deleted", () => {
    expect(review({ ...raise, operation: "DELETE", object: null })).toEqual({ allowed: true });
  });
});
