// What the API server calls: admission webhooks, conversion webhooks of custom resources, aggregated APIs
// (k8s.io/api/admissionregistration/v1, apiextensions-apiserver apis/apiextensions/v1, kube-aggregator
// apis/apiregistration/v1).

import type { Resource } from "../../../cluster/resource.ts";
import type { Path } from "../../../kubernetes/path.ts";
import { array, integer, narrow, object, string, type TypeOf } from "../../../kubernetes/shape.ts";
import { nearestServices } from "./look-up-host.ts";
import type { NeedNotes } from "./need-notes.ts";
import { needsOfService } from "./service-needs.ts";
import type { Surroundings } from "./surroundings.ts";

const serviceReference = object({ namespace: string, name: string, port: integer });
type ServiceReference = TypeOf<typeof serviceReference>;
const clientConfig = object({ service: serviceReference });
const configuration = object({ webhooks: array(object({ clientConfig })) });
const apiService = object({ spec: object({ service: serviceReference }) });
const customResource = object({
  spec: object({
    conversion: object({ strategy: string, webhook: object({ clientConfig }), webhookClientConfig: clientConfig }),
  }),
});

const ADMISSION = "admissionregistration.k8s.io";

export function noteWebhookNeeds(surroundings: Surroundings, notes: NeedNotes): void {
  const note = (resource: Resource, reference: ServiceReference | null | undefined, path: Path): void => {
    if (reference?.name) noteCall(resource, reference, path, surroundings, notes);
  };
  for (const kind of ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"]) {
    for (const resource of surroundings.ofKind(ADMISSION, kind)) {
      const read = narrow(configuration, resource.object);
      if (!read.ok) continue;
      for (const [index, webhook] of (read.value.webhooks ?? []).entries()) {
        note(resource, webhook?.clientConfig?.service, ["webhooks", index, "clientConfig", "service"]);
      }
    }
  }
  for (const resource of surroundings.ofKind("apiregistration.k8s.io", "APIService")) {
    const read = narrow(apiService, resource.object);
    if (read.ok) note(resource, read.value.spec?.service, ["spec", "service"]);
  }
  for (const resource of surroundings.ofKind("apiextensions.k8s.io", "CustomResourceDefinition")) {
    const read = narrow(customResource, resource.object);
    const conversion = read.ok ? read.value.spec?.conversion : undefined;
    if (conversion?.strategy !== "Webhook") continue;
    note(resource, conversion.webhook?.clientConfig?.service, [
      "spec",
      "conversion",
      "webhook",
      "clientConfig",
      "service",
    ]);
    note(resource, conversion.webhookClientConfig?.service, ["spec", "conversion", "webhookClientConfig", "service"]);
  }
}

function noteCall(
  resource: Resource,
  { namespace, name, port }: ServiceReference,
  path: Path,
  surroundings: Surroundings,
  notes: NeedNotes,
): void {
  const inNamespace = namespace || "default";
  const place = { kind: "webhook" as const, resource, path, value: `${inNamespace}/${name ?? ""}` };
  const view = surroundings.serviceNamed(inNamespace, name ?? "");
  if (view === undefined) {
    notes.hint("no-such-service", place, place.value, {
      nearest: nearestServices(name ?? "", inNamespace, surroundings),
    });
    return;
  }
  needsOfService({ kind: "api-server" }, view, { port: port ?? 443 }, place, notes, surroundings);
}
