// What a credential plugin printed: an ExecCredential with status (client.authentication.k8s.io v1, v1beta1).

import { narrow, object, string } from "../../kubernetes/shape.ts";
import { formatPath } from "../../kubernetes/path.ts";
import { apiError } from "./api-error.ts";
import type { Credential } from "./credential.ts";
import type { ExecPlugin } from "./exec-plugin.ts";

export interface ExecAnswer {
  readonly credential: Credential;
  /** Milliseconds since 1970; infinite when the plugin named no end. */
  readonly expiresAt: number;
}

const answerShape = object({
  kind: string,
  apiVersion: string,
  status: object({
    token: string,
    clientCertificateData: string,
    clientKeyData: string,
    expirationTimestamp: string,
  }),
});

/** Throws `plugin-answer`; its words never quote the output, which holds credentials. */
export function readExecAnswer(output: string, plugin: ExecPlugin): ExecAnswer {
  const refuse = (words: string) => apiError("plugin-answer", { command: plugin.command, name: plugin.user, words });
  const narrowed = narrow(answerShape, parse(output, refuse));
  if (!narrowed.ok) {
    const [problem] = narrowed.problems;
    throw refuse(`${formatPath(problem?.path ?? [])} is ${problem?.found}, not ${problem?.expected}`);
  }
  const { kind, apiVersion, status } = narrowed.value;
  if (kind !== "ExecCredential") throw refuse("its kind is not ExecCredential");
  if (apiVersion !== plugin.apiVersion) throw refuse(`its apiVersion is not ${plugin.apiVersion}`);
  if (status == null) throw refuse("it has no status");
  const token = status.token || undefined;
  const certificate = status.clientCertificateData || undefined;
  const key = status.clientKeyData || undefined;
  if ((certificate === undefined) !== (key === undefined))
    throw refuse("a client certificate and its key come together");
  if (token === undefined && certificate === undefined) throw refuse("it has neither a token nor a client certificate");
  const expiresAt = status.expirationTimestamp ? Date.parse(status.expirationTimestamp) : Number.POSITIVE_INFINITY;
  if (Number.isNaN(expiresAt)) throw refuse("its expirationTimestamp is no time");
  return {
    credential: {
      ...(token === undefined ? {} : { token }),
      ...(certificate === undefined || key === undefined ? {} : { clientCertificate: { certificate, key } }),
    },
    expiresAt,
  };
}

function parse(output: string, refuse: (words: string) => Error): unknown {
  if (output.trim() === "") throw refuse("it printed nothing");
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    throw refuse("it printed something that is not JSON");
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw refuse("it printed no JSON object");
  return value;
}
