// Whoever requests a client certificate and approves it is whoever they write into it: the signer of the API server's
// clients signs any user and group, except system:masters, which admission refuses.

import { ANY_GROUP, ANY_NODE_IDENTITY, ANY_USER, anyAccount } from "../../any-identity.ts";
import {
  APPROVE_SIGNERS,
  approvers,
  CREATE_REQUESTS,
  REQUEST,
  requests,
  UPDATE_APPROVALS,
} from "../../certificates.ts";
import { EVERYWHERE, type Holding } from "../../holding.ts";
import type { Technique } from "../../technique.ts";

const SIGNER = "kubernetes.io/kube-apiserver-client";

export const approveCertificate: Technique = {
  id: "approve-certificate",
  attack: ["T1649"],
  source:
    "k/k plugin/pkg/admission/certificates/approval/admission.go, subjectrestriction/admission.go; pkg/controller/certificates/signer/signer.go",
  powers: () => [APPROVE_SIGNERS, CREATE_REQUESTS, UPDATE_APPROVALS],
  *steps(world) {
    yield* requests(world.rights);
    for (const { rights } of approvers(world.rights, SIGNER)) {
      const needs = [REQUEST, ...rights.map(({ holding }) => holding)];
      yield { needs, gives: ANY_IDENTITY, says: { signer: SIGNER } };
    }
    for (const gives of [ANY_USER, ANY_GROUP, ANY_NODE_IDENTITY, anyAccount(EVERYWHERE)])
      yield { needs: [ANY_IDENTITY], gives, isMeant: true };
  },
};

const ANY_IDENTITY: Holding = { kind: "means", of: "any-identity", namespace: "", name: "" };
