// A small HTTP client for talking to a test API server. The product has its own; tests must not lean on it.

import { readFileSync } from "node:fs";
import { Agent, request as httpsRequest } from "node:https";
import type { KeyPair } from "./certificates.ts";

export interface RequestOptions {
  /** A bearer token; without it and without a certificate the administrator's token is sent. `null` sends none. */
  readonly token?: string | null;
  readonly certificate?: KeyPair;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  /** The parsed body where it is JSON, else `undefined`. */
  readonly body: unknown;
  /** Texts of the `Warning` headers, in their order. */
  readonly warnings: readonly string[];
}

export interface ApiClient {
  /** `path` starts with a slash; a `body` that is no string is sent as JSON. */
  readonly request: (method: string, path: string, body?: unknown, options?: RequestOptions) => Promise<Answer>;
  readonly close: () => void;
}

const PARALLEL_CONNECTIONS = 16;

export function createApiClient(url: string, caPath: string, adminToken: string): ApiClient {
  const ca = readFileSync(caPath);
  const agents = new Map<string, Agent>();
  const agentFor = (certificate: KeyPair | undefined): Agent => {
    const key = certificate?.certificatePath ?? "";
    const existing = agents.get(key);
    if (existing !== undefined) return existing;
    const pair =
      certificate === undefined
        ? {}
        : { cert: readFileSync(certificate.certificatePath), key: readFileSync(certificate.keyPath) };
    const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL_CONNECTIONS, ca, ...pair });
    agents.set(key, agent);
    return agent;
  };
  return {
    request: (method, path, body, options = {}) => {
      const token = options.token === undefined && options.certificate === undefined ? adminToken : options.token;
      const headers = {
        accept: "application/json",
        ...(token === undefined || token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": options.contentType ?? "application/json" }),
        ...options.headers,
      };
      return send(new URL(path, url), method, headers, body, agentFor(options.certificate));
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}

function send(
  url: URL,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  agent: Agent,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(url, { method, headers, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const isJson = (incoming.headers["content-type"] ?? "").startsWith("application/json");
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text,
          body: isJson && text !== "" ? (JSON.parse(text) as unknown) : undefined, // a watch may end without an event
          warnings: warningsOf(incoming.rawHeaders),
        });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body === undefined || typeof body === "string" ? body : JSON.stringify(body));
  });
}

/** `299 - "text"`, where the text is a quoted string (RFC 7234, section 5.5). */
function warningsOf(rawHeaders: readonly string[]): readonly string[] {
  const warnings: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() !== "warning") continue;
    const bytes = Buffer.from(rawHeaders[index + 1] ?? "", "latin1"); // node:http reads header bytes so
    const quoted = /^\d{3} \S+ "((?:[^"\\]|\\.)*)"/s.exec(bytes.toString("utf8"));
    if (quoted !== null) warnings.push((quoted[1] ?? "").replace(/\\(.)/gs, "$1"));
  }
  return warnings;
}
