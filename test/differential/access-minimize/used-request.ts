// One request of the recorded log.

export interface UsedRequest {
  /** A user with a token of the token file, or `system:serviceaccount:NAMESPACE:NAME`. */
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Deleted by the administrator first, so that the request makes it anew. */
  readonly fresh?: string;
  /** Made by the administrator first. */
  readonly given?: { readonly path: string; readonly body: unknown };
}
