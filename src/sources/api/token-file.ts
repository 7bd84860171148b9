// A bearer token in a file that somebody else renews (kubeconfig `tokenFile`, the token of a pod): read again at most
// once a minute, as k8s.io/client-go/transport/token_source.go does, and at once when the server refuses it.

import { readFile } from "node:fs/promises";
import { apiError, wordsOf } from "./api-error.ts";
import type { Clock, Credential, CredentialSource } from "./credential.ts";

const READ_AGAIN_MILLISECONDS = 60_000;

export interface TokenFileOptions {
  readonly path: string;
  /** How messages name it, e.g. `tokenFile of user "ci"`. */
  readonly field: string;
  /** What else proves who we are, and the token to use while the file cannot be read. */
  readonly base: Credential;
  readonly now: Clock;
}

/** Throws `file-unreadable` only when the file never could be read and there is no other token. */
export function tokenFileCredential({ path, field, base, now }: TokenFileOptions): CredentialSource {
  let last: Credential = base;
  let readAt = Number.NEGATIVE_INFINITY;
  const read = async (): Promise<Credential> => {
    try {
      const token = (await readFile(path, "utf8")).trim();
      if (token === "") throw new Error(`${path} is empty`);
      if (token !== last.token) last = { ...base, token };
    } catch (error) {
      if (last.token === undefined) throw apiError("file-unreadable", { field, words: wordsOf(error) }, error);
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
