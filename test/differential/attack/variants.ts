// Cases at the edge of techniques, said by Ringwall and decided by the server: which names count, what bindings promise, and
// what looks like an escalation and is none.

import { mkdirSync, readFileSync } from "node:fs";
import { createCertificateAuthority } from "../../servers/certificates.ts";
import type { ApiObject, Fixture } from "./fixture.ts";
import { certificateRequest, keyPairOf, TOKEN_REQUEST, tokenIn, type Credential } from "./credentials.ts";
import { podOf } from "./carry-outs/pods.ts";
import { accepted, waitUnlessRefused, type Site } from "./site.ts";
import { expectUser, MERGE, RBAC, untilAllowed, useNamespaceAdmin, whoIs } from "./use.ts";

export interface Variant extends Fixture {
  readonly isGained: boolean;
  /** Ringwall is told that the objects are a whole cluster. */
  readonly isComplete?: true;
  readonly run: (site: Site) => Promise<void>;
}

const apiVersion = `${RBAC}/v1`;
const API = `/apis/${apiVersion}`;
const CERTIFICATES = "certificates.k8s.io";
const REQUESTS = `/apis/${CERTIFICATES}/v1/certificatesigningrequests`;
const APPLY = { contentType: "application/apply-patch+yaml" } as const;
const ATTACKER = "user system:serviceaccount:shop:builder";
const BUILDER = { kind: "ServiceAccount", name: "builder", namespace: "shop" };
const EVERYTHING = [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }];

const rule = (group: string, resources: string[], verbs: string[], resourceNames?: string[]) => ({
  apiGroups: [group],
  resources,
  verbs,
  ...(resourceNames && { resourceNames }),
});
const bound = (kind: string, name: string, subjects: object[] = [BUILDER], binding = "builder"): ApiObject => ({
  apiVersion,
  kind: "RoleBinding",
  metadata: { name: binding, namespace: "shop" },
  roleRef: { apiGroup: RBAC, kind, name },
  subjects,
});
const local = (...rules: object[]): readonly ApiObject[] => [
  { apiVersion, kind: "Role", metadata: { name: "rights", namespace: "shop" }, rules },
  bound("Role", "rights"),
];
const cluster = (...rules: object[]): readonly ApiObject[] => [
  { apiVersion, kind: "ClusterRole", metadata: { name: "rights" }, rules },
  {
    apiVersion,
    kind: "ClusterRoleBinding",
    metadata: { name: "rights" },
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "rights" },
    subjects: [BUILDER],
  },
];
const namespaced = (site: Site, path: string) => `${API}/namespaces/${site.name("shop")}/${path}`;
const subjectsOf = (site: Site) => [{ ...BUILDER, namespace: site.name("shop") }];
const ADMIN_OF_SHOP = "namespace-admin shop";

async function applyBinding(site: Site, method: "PATCH" | "PUT"): Promise<void> {
  const roleRef = { apiGroup: RBAC, kind: "ClusterRole", name: "admin" };
  const body = { apiVersion, kind: "RoleBinding", metadata: { name: "mine" }, roleRef, subjects: subjectsOf(site) };
  const path = namespaced(site, "rolebindings/mine");
  const query = method === "PATCH" ? "?fieldManager=attacker" : "";
  accepted(
    await site.ask(method, path + query, body, method === "PATCH" ? APPLY : {}),
    "to create the binding by name",
  );
  await useNamespaceAdmin(site, "shop");
}

async function putRole(site: Site, name: string): Promise<void> {
  const body = { apiVersion, kind: "Role", metadata: { name }, rules: EVERYTHING };
  accepted(await site.ask("PUT", namespaced(site, `roles/${name}`), body), "to create the role by name");
}

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
const DEPLOYER: ApiObject = {
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: "deployer", namespace: "shop" },
};

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

const named = { attacker: ATTACKER, gains: ADMIN_OF_SHOP };

export const VARIANTS: Readonly<Record<string, Variant>> = {
  "apply creates a binding whose name the rule gives": {
    ...named,
    isGained: true,
    objects: local(
      rule(RBAC, ["rolebindings"], ["create", "patch"], ["mine"]),
      rule(RBAC, ["clusterroles"], ["bind"], ["admin"]),
    ),
    run: (site) => applyBinding(site, "PATCH"),
  },
  "PUT creates it, too": {
    ...named,
    isGained: true,
    objects: local(
      rule(RBAC, ["rolebindings"], ["create", "update"], ["mine"]),
      rule(RBAC, ["clusterroles"], ["bind"], ["admin"]),
    ),
    run: (site) => applyBinding(site, "PUT"),
  },
  "a name on create alone creates no binding": {
    ...named,
    isGained: false,
    objects: local(
      rule(RBAC, ["rolebindings"], ["create"], ["mine"]),
      rule(RBAC, ["clusterroles"], ["bind"], ["admin"]),
    ),
    run: (site) => applyBinding(site, "PATCH"),
  },
  "a role that a binding waits for is created by name": {
    ...named,
    isGained: true,
    isComplete: true,
    objects: [
      ...local(rule(RBAC, ["roles"], ["create", "update", "escalate"], ["waiting"])),
      bound("Role", "waiting", [BUILDER], "waiting"),
    ],
    run: async (site) => {
      await putRole(site, "waiting");
      await useNamespaceAdmin(site, "shop");
    },
  },
  "without create, escalate does not make the role that a binding waits for": {
    ...named,
    isGained: false,
    isComplete: true,
    objects: [
      ...local(rule(RBAC, ["roles"], ["update", "patch", "escalate"], ["waiting"])),
      bound("Role", "waiting", [BUILDER], "waiting"),
    ],
    run: async (site) => {
      await putRole(site, "waiting");
      await useNamespaceAdmin(site, "shop");
    },
  },
  "a label on a role one does not hold is refused, though its rules stay": {
    ...named,
    isGained: false,
    objects: [
      ...cluster(rule(RBAC, ["clusterroles"], ["patch"])),
      { apiVersion, kind: "ClusterRole", metadata: { name: "strong" }, rules: EVERYTHING },
      bound("ClusterRole", "view", [BUILDER], "viewers"),
    ],
    run: async (site) => {
      const labels = { metadata: { labels: { "rbac.authorization.k8s.io/aggregate-to-view": "true" } } };
      accepted(await site.ask("PATCH", `${API}/clusterroles/${site.name("strong")}`, labels, MERGE), "to label it");
      await untilAllowed(site, "GET", `/api/v1/namespaces/${site.name("shop")}/secrets`);
    },
  },
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
  "an account is claimed together with its namespace": {
    attacker: ATTACKER,
    gains: "user system:serviceaccount:elsewhere:gone",
    isGained: true,
    isComplete: true,
    objects: [
      ...cluster(
        rule("", ["namespaces", "serviceaccounts"], ["create"]),
        rule("", ["serviceaccounts/token"], ["create"]),
      ),
      bound("ClusterRole", "view", [{ ...BUILDER, name: "gone", namespace: "elsewhere" }], "gone"),
    ],
    run: claimElsewhere,
  },
  "without the namespace, an account is not claimed": {
    attacker: ATTACKER,
    gains: "user system:serviceaccount:elsewhere:gone",
    isGained: false,
    isComplete: true,
    objects: [
      ...cluster(rule("", ["serviceaccounts", "serviceaccounts/token"], ["create"])),
      bound("ClusterRole", "view", [{ ...BUILDER, name: "gone", namespace: "elsewhere" }], "gone"),
    ],
    run: claimElsewhere,
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
  "apply creates an account that a binding waits for": {
    attacker: ATTACKER,
    gains: "user system:serviceaccount:shop:gone",
    isGained: true,
    objects: [
      ...local(
        rule("", ["serviceaccounts"], ["create", "patch"], ["gone"]),
        rule("", ["serviceaccounts/token"], ["create"], ["gone"]),
      ),
      { ...DEPLOYER, metadata: { name: "builder", namespace: "shop" } },
      bound("ClusterRole", "admin", [{ ...BUILDER, name: "gone" }], "gone"),
    ],
    run: async (site) => {
      const path = `/api/v1/namespaces/${site.name("shop")}/serviceaccounts/gone`;
      const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "gone" } };
      accepted(await site.ask("PATCH", `${path}?fieldManager=attacker`, account, APPLY), "to create the account");
      const token = tokenIn(accepted(await site.ask("POST", `${path}/token`, TOKEN_REQUEST), "to get its token"));
      await expectUser(site, { token }, "system:serviceaccount:shop:gone");
    },
  },
};

async function claimElsewhere(site: Site): Promise<void> {
  const namespace = site.name("elsewhere");
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  const made = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
  await site.ask("POST", "/api/v1/namespaces", made); // where it is refused, the account is, too
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "gone" } };
  accepted(await site.ask("POST", path, account), "to create the account");
  const token = tokenIn(accepted(await site.ask("POST", `${path}/gone/token`, TOKEN_REQUEST), "to get its token"));
  await expectUser(site, { token }, "system:serviceaccount:elsewhere:gone");
}

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
