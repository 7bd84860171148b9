// Powers and holdings around certificate signing requests (certificates.k8s.io).

import type { Holding } from "./holding.ts";
import { clusterScoped, named, unnamed } from "./power.ts";
import type { JointRight } from "./joint-question.ts";
import type { Rights } from "./rights.ts";
import type { Step } from "./step.ts";

const GROUP = "certificates.k8s.io";

export const CREATE_REQUESTS = clusterScoped(unnamed(["create"], GROUP, "certificatesigningrequests"));
export const UPDATE_APPROVALS = clusterScoped(named(["update", "patch"], GROUP, "certificatesigningrequests/approval"));
export const APPROVE_SIGNERS = clusterScoped(named(["approve"], GROUP, "signers"));

/** A certificate request of the attacker's making waits for approval. */
export const REQUEST: Holding = { kind: "means", of: "certificate-request", namespace: "", name: "" };

/** Who creates a request has one. */
export function* requests(rights: Rights): Generator<Step> {
  for (const { holding } of rights.of(CREATE_REQUESTS)) yield { needs: [holding], gives: REQUEST, isMeant: true };
}

/** Approvers of the signer's requests: both rights of one identity, and the signer by name, by its domain or any. */
export function approvers(rights: Rights, signer: string): readonly JointRight[] {
  const fitting = new Set(["", signer, `${signer.slice(0, signer.indexOf("/"))}/*`]);
  return rights.joint([UPDATE_APPROVALS, APPROVE_SIGNERS]).filter((joint) => fitting.has(joint.rights[1]?.name ?? ""));
}
