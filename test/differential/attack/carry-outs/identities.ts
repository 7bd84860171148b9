// Identities of others: by header, by bootstrap token, by certificate.

import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { waitFor } from "../../../servers/wait-for.ts";
import type { CarryOut, CarryOuts } from "../carry-out.ts";
import { certificateRequest, keyPairOf, type Credential } from "../credentials.ts";
import { accepted, refusal, waitUnlessRefused, type Site } from "../site.ts";
import { untilKnown } from "../use.ts";

const REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

interface SigningRequest {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly certificate?: string; readonly conditions?: readonly { readonly type: string }[] };
}

function impersonating(
  headers: (site: Site) => Readonly<Record<string, string>>,
  path: (site: Site) => string,
): CarryOut {
  return {
    run: async (site) => {
      accepted(await site.ask("GET", path(site), undefined, { headers: headers(site) }), "to ask as somebody else");
    },
  };
}

const secretsOfShop = (site: Site) => `/api/v1/namespaces/${site.name("shop")}/secrets`;

interface Wanted {
  readonly name: string;
  readonly signerName: string;
  readonly user: string;
  readonly groups: readonly string[];
}

/** A request of the attacker's making, and the key that goes with it. */
async function requestCertificate(site: Site, { name, signerName, user, groups }: Wanted) {
  const { request, keyPath } = await certificateRequest(site.cluster, { file: name, user, groups });
  const body = signingRequest(name, signerName, request);
  const made = accepted<SigningRequest>(await site.ask("POST", REQUESTS, body), "to request a certificate");
  return { made, keyPath, request };
}

function signingRequest(name: string, signerName: string, request: string) {
  return {
    apiVersion: "certificates.k8s.io/v1",
    kind: "CertificateSigningRequest",
    metadata: { name },
    spec: {
      request: Buffer.from(request).toString("base64"),
      signerName,
      usages: ["digital signature", "client auth"],
    },
  };
}

async function issued(site: Site, name: string, keyPath: string): Promise<Credential> {
  const certificate = await waitUnlessRefused("the certificate", async () => {
    const { status } = accepted<SigningRequest>(await site.ask("GET", `${REQUESTS}/${name}`), "to read the request");
    return status?.certificate;
  });
  const pem = Buffer.from(certificate, "base64").toString();
  return { certificate: keyPairOf(site.cluster, name, pem, keyPath) };
}

async function isApprovedByNow(site: Site, name: string): Promise<boolean> {
  const { status } = (await site.admin("GET", `${REQUESTS}/${name}`)).body as SigningRequest; // as created
  return status?.conditions?.some(({ type }) => type === "Approved") ?? false;
}

/** The question by which the controller decides: pkg/controller/certificates/approver/sarapprove.go. */
async function mayBeApproved(site: Site): Promise<boolean> {
  const resourceAttributes = {
    verb: "create",
    group: "certificates.k8s.io",
    resource: "certificatesigningrequests",
    subresource: "nodeclient",
  };
  const { body } = await site.ask("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes },
  });
  return (body as { readonly status: { readonly allowed: boolean } }).status.allowed; // a review
}

export const IDENTITY_CARRY_OUTS: CarryOuts = {
  "approve-certificate": {
    run: async (site) => {
      const name = `${site.name("platform-lead")}-request`;
      const signerName = "kubernetes.io/kube-apiserver-client";
      const user = site.name("platform-lead");
      const { made, keyPath } = await requestCertificate(site, { name, signerName, user, groups: [] });
      const condition = { type: "Approved", status: "True", reason: "Taken", message: "" };
      const approved = { ...made, status: { conditions: [condition] } };
      accepted(await site.ask("PUT", `${REQUESTS}/${name}/approval`, approved), "to approve it");
      const credential = await issued(site, name, keyPath);
      expect((await untilKnown(site, credential)).username).toBe(user);
      accepted(await site.askAs(credential, "GET", "/api/v1/secrets"), "to be cluster-admin");
    },
  },
  "bootstrap-token": {
    run: async (site) => {
      const id = randomBytes(3).toString("hex");
      const secret = randomBytes(8).toString("hex");
      const group = "system:bootstrappers:kubeadm:default-node-token";
      const body = {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: `bootstrap-token-${id}` },
        type: "bootstrap.kubernetes.io/token",
        stringData: {
          "token-id": id,
          "token-secret": secret,
          "usage-bootstrap-authentication": "true",
          "auth-extra-groups": group,
        },
      };
      accepted(await site.ask("POST", "/api/v1/namespaces/kube-system/secrets", body), "to create the token");
      expect((await untilKnown(site, { token: `${id}.${secret}` })).groups).toContain(group);
    },
  },
  "constrained-impersonation": impersonating(
    (site) => ({ "impersonate-user": site.name("system:serviceaccount:shop:reader") }),
    secretsOfShop,
  ),
  "impersonate-group": impersonating(
    (site) => ({ "impersonate-user": "anybody", "impersonate-group": site.name("platform-team") }),
    () => "/api/v1/pods",
  ),
  "impersonate-masters": impersonating(
    () => ({ "impersonate-user": "anybody", "impersonate-group": "system:masters" }),
    () => "/api/v1/secrets",
  ),
  "impersonate-service-account": impersonating(
    (site) => ({ "impersonate-user": site.name("system:serviceaccount:shop:deployer") }),
    secretsOfShop,
  ),
  "impersonate-user": impersonating((site) => ({ "impersonate-user": site.name("alice") }), secretsOfShop),
  "node-certificate": {
    run: async (site) => {
      const user = site.name("system:node:worker");
      const name = `${site.name("worker")}-request`;
      const signerName = "kubernetes.io/kube-apiserver-client-kubelet";
      const wanted = { name, signerName, user, groups: ["system:nodes"] };
      const { keyPath, request } = await requestCertificate(site, wanted);
      // One of the administrator's that is approved shows that the controller has come by. It works on several requests
      // at once and tries again later, so a request that its author may have approved is waited for.
      const later = `${name}-later`;
      await site.admin("POST", REQUESTS, signingRequest(later, signerName, request));
      const isApproved = await waitFor("the approver", async () => {
        if (await isApprovedByNow(site, name)) return { answer: true };
        if (!(await isApprovedByNow(site, later)) || (await mayBeApproved(site))) return undefined;
        return { answer: false };
      });
      if (!isApproved.answer) throw refusal("the request is not approved");
      const credential = await issued(site, name, keyPath);
      expect((await untilKnown(site, credential)).username).toBe(user);
    },
  },
};
