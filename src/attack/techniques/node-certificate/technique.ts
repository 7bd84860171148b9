// A kubelet's client certificate is approved by itself when its requestor may `create` certificatesigningrequests/nodeclient,
// or by whoever approves for its signer. Its holder is the node it names.

import { ANY_NODE_IDENTITY } from "../../any-identity.ts";
import {
  APPROVE_SIGNERS,
  approvers,
  CREATE_REQUESTS,
  REQUEST,
  requests,
  UPDATE_APPROVALS,
} from "../../certificates.ts";
import { clusterScoped, unnamed } from "../../power.ts";
import type { Technique } from "../../technique.ts";

const NODE_CLIENT = clusterScoped(unnamed(["create"], "certificates.k8s.io", "certificatesigningrequests/nodeclient"));
const SIGNER = "kubernetes.io/kube-apiserver-client-kubelet";

export const nodeCertificate: Technique = {
  id: "node-certificate",
  attack: ["T1649"],
  source:
    "k/k pkg/controller/certificates/approver/sarapprove.go; pkg/apis/certificates/helpers.go ValidateKubeletClientCSR",
  powers: () => [APPROVE_SIGNERS, CREATE_REQUESTS, NODE_CLIENT, UPDATE_APPROVALS],
  *steps(world) {
    const { rights } = world;
    yield* requests(rights);
    for (const { rights: both } of rights.joint([CREATE_REQUESTS, NODE_CLIENT]))
      yield { needs: both.map(({ holding }) => holding), gives: ANY_NODE_IDENTITY, says: { signer: SIGNER } };
    for (const { rights: both } of approvers(rights, SIGNER)) {
      const needs = [REQUEST, ...both.map(({ holding }) => holding)];
      yield { needs, gives: ANY_NODE_IDENTITY, says: { signer: SIGNER } };
    }
  },
};
