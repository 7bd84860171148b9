// A mutating webhook as service meshes have one: it adds a container to every pod whose labels ask for it.

import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import type { ControlPlane } from "../servers/control-plane.ts";

export const INJECT = { "sidecar.example.org/inject": "true" };

export interface Webhook {
  readonly close: () => void;
}

/** Registers itself at the API server, which trusts it by the control plane's own authority. */
export async function injectSidecars(plane: ControlPlane, container: object): Promise<Webhook> {
  const { certificatePath, keyPath } = await plane.certificates.authority.server("webhook");
  const patch = Buffer.from(JSON.stringify([{ op: "add", path: "/spec/containers/-", value: container }]));
  const server = createServer(
    { cert: readFileSync(certificatePath), key: readFileSync(keyPath) },
    (request, response) => {
      void bodyOf(request).then((text) => {
        const { request: review } = JSON.parse(text) as { readonly request: { readonly uid: string } }; // an AdmissionReview
        const answer = { uid: review.uid, allowed: true, patchType: "JSONPatch", patch: patch.toString("base64") };
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response: answer }));
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  const configuration = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name: "sidecar" },
    webhooks: [
      {
        name: "sidecar.example.org",
        clientConfig: {
          url: `https://127.0.0.1:${address.port}/`,
          caBundle: readFileSync(plane.caPath).toString("base64"),
        },
        rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
        objectSelector: { matchLabels: INJECT },
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        failurePolicy: "Fail",
      },
    ],
  };
  const path = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
  const answer = await plane.request("POST", path, configuration);
  if (answer.status !== 201) throw new Error(`webhook: ${answer.status} ${answer.text}`);
  return { close: () => server.close() };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // a request's body comes in buffers
  return Buffer.concat(chunks).toString("utf8");
}
