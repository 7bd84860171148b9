// Putting a gained identity or right to use: what a chain has promised has to work in fact.

import { expect } from "vitest";
import { waitFor } from "../../servers/wait-for.ts";
import type { Credential } from "./credentials.ts";
import { accepted, type Site } from "./site.ts";

interface SelfReview {
  readonly status: { readonly userInfo: { readonly username: string; readonly groups?: readonly string[] } };
}

/** Whom the API server takes the credential for. */
export async function whoIs(site: Site, credential: Credential): Promise<SelfReview["status"]["userInfo"]> {
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const answer = await site.askAs(credential, "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", review);
  return accepted<SelfReview>(answer, "to be known").status.userInfo;
}

export async function expectUser(site: Site, credential: Credential, user: string): Promise<void> {
  expect((await whoIs(site, credential)).username).toBe(site.name(user));
}

/** Asks until the request is allowed: the authorizer learns of new roles and bindings a little later. */
export async function untilAllowed(site: Site, method: string, path: string, body?: unknown): Promise<void> {
  await waitFor(
    `${method} ${path} to be allowed`,
    async () => {
      const { status, text } = await site.ask(method, path, body);
      if (status === 403) return undefined;
      if (status >= 400) throw new Error(text);
      return true;
    },
    15_000,
  );
}

/** Does as the attacker what only an admin of the namespace may: reads its Secrets, and makes somebody else admin. */
export async function useNamespaceAdmin(site: Site, namespace: string): Promise<void> {
  const where = site.name(namespace);
  await untilAllowed(site, "GET", `/api/v1/namespaces/${where}/secrets`);
  await untilAllowed(site, "POST", `/apis/${RBAC}/v1/namespaces/${where}/rolebindings`, {
    apiVersion: `${RBAC}/v1`,
    kind: "RoleBinding",
    metadata: { name: "of-the-attacker" },
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "admin" },
    subjects: [{ kind: "User", apiGroup: RBAC, name: "accomplice" }],
  });
}

export const RBAC = "rbac.authorization.k8s.io";
export const MERGE = { contentType: "application/merge-patch+json" } as const;

/** The first answer that is no refusal of authentication: a new credential is known a little later. */
export async function untilKnown(site: Site, credential: Credential): Promise<SelfReview["status"]["userInfo"]> {
  return waitFor("the credential to be known", () => whoIs(site, credential), 15_000);
}
