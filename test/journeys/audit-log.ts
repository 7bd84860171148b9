// Lines of an audit log, as the API server writes them, for journeys.

export interface Line {
  readonly verb: string;
  readonly uri: string;
  readonly user?: string;
  readonly pod?: string;
  readonly code?: number;
  readonly decision?: "allow" | "forbid";
  readonly request?: object;
}

let count = 0;

/** One event a line. */
export function auditLog(lines: readonly Line[]): string {
  return lines.map((line) => `${JSON.stringify(auditEvent(line))}\n`).join("");
}

export function auditEvent({ verb, uri, user = CART, pod, code = 200, decision = "allow", request }: Line): object {
  const at = `2026-11-25T02:${String(10 + (count++ % 40)).padStart(2, "0")}:00.000000Z`;
  const [, , , namespace] = user.split(":");
  const groups = namespace === undefined ? [] : ["system:serviceaccounts", `system:serviceaccounts:${namespace}`];
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: request === undefined ? "Metadata" : "Request",
    auditID: `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`,
    stage: "ResponseComplete",
    requestURI: uri,
    verb,
    user: {
      username: user,
      groups: [...groups, "system:authenticated"],
      ...(pod !== undefined && { extra: { "authentication.kubernetes.io/pod-name": [pod] } }),
    },
    sourceIPs: ["10.0.0.1"],
    responseStatus: { metadata: {}, code },
    ...(request !== undefined && { requestObject: request }),
    requestReceivedTimestamp: at,
    stageTimestamp: at,
    annotations: { "authorization.k8s.io/decision": decision, "authorization.k8s.io/reason": "" },
  };
}

export const CART = "system:serviceaccount:shop:cart";
