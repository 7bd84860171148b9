// Variants of acting as others: by header, and by certificate.

import { mkdirSync, readFileSync } from "node:fs";
import { createCertificateAuthority } from "../../../servers/certificates.ts";
import { podOf } from "../carry-outs/pods.ts";
import { certificateRequest, keyPairOf, TOKEN_REQUEST, tokenIn, type Credential } from "../credentials.ts";
import type { ApiObject } from "../fixture.ts";
import { untilNodeKnows, type Pod } from "../kubelet-play.ts";
import { accepted, refusal, waitUnlessRefused, type Site } from "../site.ts";
import { expectUser, RBAC, whoIs } from "../use.ts";
import { ATTACKER, bound, BUILDER, cluster, DEPLOYER, local, rule, type Variants } from "./objects.ts";

const CERTIFICATES = "certificates.k8s.io";
const REQUESTS = `/apis/${CERTIFICATES}/v1/certificatesigningrequests`;

/** A certificate for the subject, approved by the attacker; `sign` puts one into the request by hand. */
async function certificateFor(site: Site, user: string, groups: readonly string[]): Promise<Credential> {
  const name = `${site.name("shop")}-request`;
  const { request, keyPath } = await certificateRequest(site.cluster, { file: name, user, groups });
  const body = {
    apiVersion: `${CERTIFICATES}/v1`,
    kind: "CertificateSigningRequest",
    metadata: { name },
    spec: {
      request: Buffer.from(request).toString("base64"),
      signerName: "kubernetes.io/kube-apiserver-client",
      usages: ["client auth"],
    },
  };
  const made = accepted<object>(await site.ask("POST", REQUESTS, body), "to request a certificate");
  const condition = { type: "Approved", status: "True", reason: "Taken", message: "" };
  const approved = { ...made, status: { conditions: [condition] } };
  accepted(await site.ask("PUT", `${REQUESTS}/${name}/approval`, approved), "to approve it");
  const certificate = await waitUnlessRefused("the certificate", async () => {
    const answer = await site.ask("GET", `${REQUESTS}/${name}`);
    return accepted<{ readonly status?: { readonly certificate?: string } }>(answer, "to read it").status?.certificate;
  });
  return { certificate: keyPairOf(site.cluster, name, Buffer.from(certificate, "base64").toString(), keyPath) };
}

const APPROVER = cluster(
  rule(CERTIFICATES, ["certificatesigningrequests"], ["create", "get"]),
  rule(CERTIFICATES, ["certificatesigningrequests/approval"], ["update"]),
  rule(CERTIFICATES, ["signers"], ["approve"], ["kubernetes.io/*"]),
);

const AS_ALICE = rule("", ["users"], ["impersonate"], ["alice"]);
const ACT_AS_ALICE = rule("authentication.k8s.io", ["users"], ["impersonate:user-info"], ["alice"]);
const ALICE: readonly ApiObject[] = [
  bound("ClusterRole", "admin", [{ kind: "User", apiGroup: RBAC, name: "alice" }], "alice"),
];

async function actAsAlice(site: Site, method: "GET" | "POST", resource: string): Promise<void> {
  const path = `/api/v1/namespaces/${site.name("shop")}/${resource}`;
  const headers = { "impersonate-user": site.name("alice") };
  const pod = method === "GET" ? undefined : podOf("taken", {});
  accepted(await site.ask(method, path, pod, { headers }), "to act as alice");
}

const POD_ON_NODE: readonly ApiObject[] = [
  DEPLOYER,
  {
    ...podOf("web", { nodeName: "worker-1", serviceAccountName: "deployer" }),
    metadata: { name: "web", namespace: "shop" },
  },
];
const mayActAsNode = (name: string): readonly ApiObject[] =>
  cluster(
    rule("authentication.k8s.io", ["nodes"], ["impersonate:arbitrary-node"], [name]),
    rule("", ["serviceaccounts/token"], ["impersonate-on:arbitrary-node:create"]),
  );

async function actAsNode(site: Site): Promise<void> {
  const path = `/api/v1/namespaces/${site.name("shop")}`;
  const { metadata } = accepted<Pod>(await site.admin("GET", `${path}/pods/web`), "to read the pod");
  const boundObjectRef = { apiVersion: "v1", kind: "Pod", name: "web", uid: metadata.uid };
  const body = { ...TOKEN_REQUEST, spec: { boundObjectRef } };
  await untilNodeKnows(site, "worker-1", metadata);
  for (const node of ["worker-1", "worker-2"]) {
    const headers = { "impersonate-user": `system:node:${node}` };
    const answer = await site.ask("POST", `${path}/serviceaccounts/deployer/token`, body, { headers });
    if (answer.status !== 201) continue;
    return expectUser(site, { token: tokenIn(answer.body) }, "system:serviceaccount:shop:deployer");
  }
  throw refusal("as no node there is a token");
}

export const IDENTITY_VARIANTS: Variants = {
  "a certificate may name a service account": {
    attacker: ATTACKER,
    gains: "user system:serviceaccount:shop:deployer",
    isGained: true,
    objects: [...APPROVER, DEPLOYER, bound("ClusterRole", "admin", [{ ...BUILDER, name: "deployer" }], "deployer")],
    run: async (site) => {
      const user = site.name("system:serviceaccount:shop:deployer");
      const credential = await certificateFor(site, user, []);
      await expectUser(site, credential, "system:serviceaccount:shop:deployer");
      const path = `/api/v1/namespaces/${site.name("shop")}/secrets`;
      accepted(await site.askAs(credential, "GET", path), "to read Secrets");
    },
  },
  "a certificate for system:masters is refused": {
    attacker: ATTACKER,
    gains: "cluster-admin",
    isGained: false,
    objects: APPROVER,
    run: async (site) => {
      const credential = await certificateFor(site, "anybody", ["system:masters"]);
      accepted(await site.askAs(credential, "GET", "/api/v1/secrets"), "to read Secrets");
    },
  },
  "a certificate that is signed with another key is stored and not trusted": {
    attacker: ATTACKER,
    gains: "user platform-lead",
    isGained: false,
    objects: [
      ...cluster(
        rule(CERTIFICATES, ["certificatesigningrequests"], ["create"]),
        rule(CERTIFICATES, ["certificatesigningrequests/status"], ["update"]),
        rule(CERTIFICATES, ["signers"], ["sign"]),
      ),
      bound("ClusterRole", "admin", [{ kind: "User", apiGroup: RBAC, name: "platform-lead" }], "lead"),
    ],
    run: async (site) => {
      const credential = await selfSigned(site);
      await whoIs(site, credential);
    },
  },
  "who acts as a user does not act on as a third": {
    attacker: ATTACKER,
    gains: "namespace-admin shop",
    isGained: false,
    objects: [
      ...ALICE,
      ...cluster(rule("", ["users"], ["impersonate"], ["bob"])),
      { apiVersion: `${RBAC}/v1`, kind: "ClusterRole", metadata: { name: "of-bob" }, rules: [AS_ALICE] },
      {
        apiVersion: `${RBAC}/v1`,
        kind: "ClusterRoleBinding",
        metadata: { name: "of-bob" },
        roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "of-bob" },
        subjects: [{ kind: "User", apiGroup: RBAC, name: "bob" }],
      },
    ],
    run: async (site) => {
      const path = `/api/v1/namespaces/${site.name("shop")}/secrets`;
      const both = [site.name("bob"), site.name("alice")] as unknown as string; // two headers, if they were read so
      for (const user of [both, site.name("alice")]) {
        const answer = await site.ask("GET", path, undefined, { headers: { "impersonate-user": user } });
        if (answer.status === 200) return;
      }
      throw refusal("nobody acts for two");
    },
  },
  "users that may be impersonated are no service accounts": {
    attacker: ATTACKER,
    gains: "user system:serviceaccount:shop:deployer",
    isGained: false,
    objects: [...cluster(rule("", ["users"], ["impersonate"])), DEPLOYER],
    run: async (site) => {
      const headers = { "impersonate-user": site.name("system:serviceaccount:shop:deployer") };
      const path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
      const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
      accepted(await site.ask("POST", path, review, { headers }), "to act as an account");
    },
  },
  "a user may be acted as for one thing": {
    attacker: ATTACKER,
    gains: "secrets shop",
    isGained: true,
    objects: [...ALICE, ...cluster(ACT_AS_ALICE, rule("", ["secrets"], ["impersonate-on:user-info:list"]))],
    run: (site) => actAsAlice(site, "GET", "secrets"),
  },
  "and for nothing else, though the user may": {
    attacker: ATTACKER,
    gains: "new-pod shop",
    isGained: false,
    objects: [...ALICE, ...cluster(ACT_AS_ALICE, rule("", ["pods"], ["impersonate-on:user-info:list"]))],
    run: (site) => actAsAlice(site, "POST", "pods"),
  },
  "nor for what the user may not": {
    attacker: ATTACKER,
    gains: "secrets shop",
    isGained: false,
    objects: [
      ...local(rule("", ["secrets"], ["impersonate-on:user-info:list"])),
      ...cluster(ACT_AS_ALICE),
      bound("ClusterRole", "view", [{ kind: "User", apiGroup: RBAC, name: "alice" }], "alice"),
    ],
    run: (site) => actAsAlice(site, "GET", "secrets"),
  },
  "a node may be acted as for the tokens of its pods": {
    attacker: ATTACKER,
    gains: "user system:serviceaccount:shop:deployer",
    isGained: true,
    objects: [...POD_ON_NODE, ...mayActAsNode("worker-1")],
    run: actAsNode,
  },
  "and not for those of others": {
    attacker: ATTACKER,
    gains: "user system:serviceaccount:shop:deployer",
    isGained: false,
    objects: [...POD_ON_NODE, ...mayActAsNode("worker-2")],
    run: actAsNode,
  },
};

/** The server stores what the signer gives, and takes nobody for it. */
async function selfSigned(site: Site): Promise<Credential> {
  const folder = site.cluster.controlPlane.workspace.path(`${site.name("shop")}-authority`);
  mkdirSync(folder);
  const pair = await (await createCertificateAuthority(folder)).client(site.name("platform-lead"), []);
  const name = `${site.name("shop")}-signed`;
  const file = { file: name, user: site.name("platform-lead"), groups: [] };
  const { request } = await certificateRequest(site.cluster, file);
  const body = {
    apiVersion: `${CERTIFICATES}/v1`,
    kind: "CertificateSigningRequest",
    metadata: { name },
    spec: {
      request: Buffer.from(request).toString("base64"),
      signerName: "kubernetes.io/kube-apiserver-client",
      usages: ["client auth"],
    },
  };
  const made = accepted<object>(await site.ask("POST", REQUESTS, body), "to request a certificate");
  const certificate = readFileSync(pair.certificatePath).toString("base64");
  const answer = await site.ask("PUT", `${REQUESTS}/${name}/status`, { ...made, status: { certificate } });
  if (answer.status !== 200) throw new Error(`the certificate was not stored: ${answer.text}`);
  return { certificate: pair };
}
