// Every recorded answer of the real admission code: label sets, pod and controller requests, namespace requests.

import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { readOracleLines, testWithOracle } from "../../../../../test/oracles/oracle.ts";
import type { PodTemplate } from "../../../../kubernetes/pod.ts";
import type { PodSecurityConfiguration } from "./configuration.ts";
import { formatLabelError } from "./label-error.ts";
import {
  formatLevelVersion,
  isFullyPrivileged,
  podSecurityPolicyOf,
  PRIVILEGED_POLICY,
  type Labels,
} from "./policy.ts";
import type { AdmissionRequest } from "./request.ts";
import type { AdmissionResponse } from "./response.ts";
import { reviewRequest } from "./review.ts";

interface Expected {
  readonly allowed: boolean;
  readonly code?: number;
  readonly statusReason?: string;
  readonly message?: string;
  readonly warnings?: readonly string[];
  readonly auditAnnotations?: Readonly<Record<string, string>>;
}

interface RecordedConfiguration {
  readonly defaults: Readonly<Record<string, string>>;
  readonly exemptions: PodSecurityConfiguration["exemptions"];
}

type Case =
  | {
      readonly type: "labels";
      readonly defaults: Readonly<Record<string, string>>;
      readonly labels: Labels;
      readonly expected: unknown;
    }
  | {
      readonly type: "pod";
      readonly config: RecordedConfiguration;
      readonly namespaces: Readonly<Record<string, Labels>>;
      readonly request: AdmissionRequest;
      readonly expected: Expected;
    }
  | {
      readonly type: "namespace";
      readonly config: RecordedConfiguration;
      readonly pods: readonly PodTemplate[];
      readonly request: Omit<AdmissionRequest, "object"> & { readonly labels: Labels; readonly oldLabels?: Labels };
      readonly expected: Expected;
    };

const FLOW = "pod-security/admission-flow.dev.ndjson.gz";

/** All six defaults are given, so no mode inherits from another. */
function defaultsOf(texts: Readonly<Record<string, string>>): PodSecurityConfiguration["defaults"] {
  const labels = Object.entries(texts).map(([key, text]) => [`pod-security.kubernetes.io/${key}`, text]);
  return podSecurityPolicyOf(Object.fromEntries(labels), PRIVILEGED_POLICY).policy;
}

function configurationOf({ defaults, exemptions }: RecordedConfiguration): PodSecurityConfiguration {
  return { defaults: defaultsOf(defaults), exemptions };
}

function recorded({ allowed, warnings, auditAnnotations, status }: AdmissionResponse): Expected {
  return {
    allowed,
    ...(status === undefined ? {} : { code: status.code, statusReason: status.reason, message: status.message }),
    ...(warnings === undefined ? {} : { warnings }),
    ...(auditAnnotations === undefined || Object.keys(auditAnnotations).length === 0 ? {} : { auditAnnotations }),
  };
}

function answer(recordedCase: Case): unknown {
  if (recordedCase.type === "labels") {
    const { policy, errors } = podSecurityPolicyOf(recordedCase.labels, defaultsOf(recordedCase.defaults));
    return {
      enforce: formatLevelVersion(policy.enforce),
      audit: formatLevelVersion(policy.audit),
      warn: formatLevelVersion(policy.warn),
      fullyPrivileged: isFullyPrivileged(policy),
      errors: errors.map(formatLabelError),
    };
  }
  const configuration = configurationOf(recordedCase.config);
  if (recordedCase.type === "pod") {
    const { namespaces, request } = recordedCase;
    const cluster = { namespaceLabels: (name: string) => namespaces[name], podsIn: () => [] };
    return recorded(reviewRequest(request, configuration, cluster));
  }
  const { labels, oldLabels, ...rest } = recordedCase.request;
  const request = {
    ...rest,
    group: "",
    username: "",
    object: { metadata: { name: rest.name, labels } },
    oldObject: { metadata: { name: rest.name, labels: oldLabels ?? null } },
  };
  const cluster = { namespaceLabels: () => labels, podsIn: () => recordedCase.pods };
  return recorded(reviewRequest(request, configuration, cluster));
}

testWithOracle(FLOW)("all 3,642 recorded answers of upstream's admission agree", () => {
  const counts = { labels: 0, pod: 0, namespace: 0 };
  const wrong: unknown[] = [];
  for (const recordedCase of readOracleLines<Case>(FLOW)) {
    counts[recordedCase.type]++;
    const found = answer(recordedCase);
    if (!isDeepStrictEqual(found, recordedCase.expected)) wrong.push({ ...recordedCase, found });
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(counts).toEqual({ labels: 642, pod: 2100, namespace: 900 });
});
