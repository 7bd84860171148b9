// What a credential plugin printed: an ExecCredential with status (client.authentication.k8s.io v1, v1beta1).

import { narrow, object, string } from "../../kubernetes/shape.ts";
import { formatPath } from "../../kubernetes/path.ts";
import { ApiError, apiError } from "./api-error.ts";
import { checkToken, type ClientCertificate, type Credential } from "./credential.ts";
import type { ExecPlugin } from "./exec-plugin.ts";
import { readClientCertificate } from "./tls-material.ts";

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
export function readExecAnswer(output: string, plugin: ExecPlugin): Credential {
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
  return {
    ...(token === undefined ? {} : { token: sendable(token, refuse) }),
    ...(certificate === undefined || key === undefined ? {} : { clientCertificate: fitting(certificate, key, refuse) }),
    ...(status.expirationTimestamp ? { expiresAt: timeOf(status.expirationTimestamp, refuse) } : {}),
  };
}

type Refuse = (words: string) => Error;

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

function timeOf(text: string, refuse: Refuse): number {
  const time = RFC3339.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw refuse("its expirationTimestamp is no time");
  return time;
}

function sendable(token: string, refuse: Refuse): string {
  try {
    checkToken(token, "");
    return token;
  } catch {
    throw refuse("its token holds characters that cannot be sent");
  }
}

function fitting(certificate: string, key: string, refuse: Refuse): ClientCertificate {
  try {
    return readClientCertificate({ field: "", pem: certificate }, { field: "", pem: key });
  } catch (error) {
    const isMismatch = error instanceof ApiError && error.failure.code === "key-mismatch";
    throw refuse(
      isMismatch ? "its key does not belong to its certificate" : "its client certificate or key is unusable",
    );
  }
}

function parse(output: string, refuse: Refuse): unknown {
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
