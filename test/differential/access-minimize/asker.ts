// Asks the API server as the subjects do.

import type { Answer, RequestOptions } from "../../servers/api-request.ts";
import type { ControlPlane } from "../../servers/control-plane.ts";
import { account } from "./request-builders.ts";
import { ACCOUNTS } from "./subjects.ts";
import type { UsedRequest } from "./used-request.ts";

export interface Asker {
  readonly ask: (request: UsedRequest) => Promise<Answer>;
}

/** Asks as the subjects; service accounts by tokens made for them. */
export async function createAsker(plane: ControlPlane): Promise<Asker> {
  const tokens = new Map<string, string>(Object.entries(plane.tokens));
  for (const { namespace, name } of ACCOUNTS) {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
    const answer = await plane.request("POST", path, {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { expirationSeconds: 3600 },
    });
    const { status } = answer.body as { readonly status: { readonly token: string } }; // a TokenRequest
    tokens.set(account(namespace, name), status.token);
  }
  return {
    ask: async ({ as, method, path, body, contentType, headers, fresh, given }) => {
      if (fresh !== undefined) await plane.request("DELETE", `${fresh}?gracePeriodSeconds=0`);
      if (given !== undefined) await plane.request("POST", given.path, given.body);
      const options: RequestOptions = {
        token: tokens.get(as) ?? null,
        ...(contentType !== undefined && { contentType }),
        // The events of a watch are many documents, which the client would take for one.
        ...(path.includes("watch=true") && { headers: { accept: "application/vnd.kubernetes.protobuf" } }),
        ...(headers !== undefined && { headers }),
      };
      return plane.request(method, path, body, options);
    },
  };
}
