// A bearer token in a file that somebody else renews (kubeconfig `tokenFile`, the token of a pod): read again at most
// once a minute, as k8s.io/client-go/transport/token_source.go does, and at once when the server refuses it.

import { readFile } from "node:fs/promises";
import { apiError } from "./api-error.ts";
import { checkToken, type Clock, type Credential, type CredentialSource } from "./credential.ts";
import { fileFailure } from "./file-failure.ts";

const READ_AGAIN_MILLISECONDS = 60_000;

export interface TokenFileOptions {
  readonly path: string;
  /** How messages name it, e.g. `/home/u/.kube/config:9: tokenFile of user "ci"`. */
  readonly field: string;
  /** What else proves who we are, and the token to use while the file cannot be read. */
  readonly base: Credential;
  readonly now: Clock;
}

/** Throws the failure of the file only when it never could be read and there is no other token. */
export function tokenFileCredential({ path, field, base, now }: TokenFileOptions): CredentialSource {
  let last: Credential = base;
  let readAt = Number.NEGATIVE_INFINITY;
  const failedAt = (error: unknown): never => {
    throw fileFailure(error, field, path);
  };
  const read = async (): Promise<Credential> => {
    try {
      const token = (await readFile(path, "utf8").catch(failedAt)).trim();
      if (token === "") throw apiError("file-empty", { field, path });
      checkToken(token, field);
      if (token !== last.token) last = { ...base, token };
    } catch (error) {
      if (last.token === undefined) throw error;
    }
    readAt = now();
    return last;
  };
  return {
    current: async () => (now() - readAt < READ_AGAIN_MILLISECONDS ? last : read()),
    renew: (used) => {
      if (used === last) readAt = Number.NEGATIVE_INFINITY;
      return true;
    },
  };
}
