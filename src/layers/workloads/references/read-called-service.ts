// Services the API server itself calls: admission webhooks, conversion webhooks, aggregated APIs
// (admissionregistration/v1, apiextensions/v1, kube-aggregator apiregistration/v1).

import type { Path } from "../../../kubernetes/path.ts";
import { array, integer, narrow, object, string, type TypeOf } from "../../../kubernetes/shape.ts";
import type { ReadFacts } from "./object-facts.ts";
import { isObjectName, SERVICE, type PortReference, type Reference } from "./reference.ts";

const serviceReference = object({ namespace: string, name: string, port: integer });
const clientConfig = object({ service: serviceReference });
const webhooks = object({ webhooks: array(object({ clientConfig })) });
const definition = object({
  spec: object({ conversion: object({ webhook: object({ clientConfig }), webhookClientConfig: clientConfig }) }),
});
const apiService = object({ spec: object({ service: serviceReference }) });

const DEFAULT_PORT = 443;

function references(service: TypeOf<typeof serviceReference> | null | undefined, at: Path): readonly Reference[] {
  const { namespace, name, port } = service ?? {};
  if (!isObjectName(name) || !isObjectName(namespace)) return [];
  const asked: PortReference = {
    number: port ?? DEFAULT_PORT,
    path: [...at, "port"],
    ...(port == null && { isAssumed: true }),
  };
  return [{ target: SERVICE, namespace, name, path: [...at, "name"], isOptional: false, port: asked }];
}

export const readWebhooks: ReadFacts = (raw) => {
  const narrowed = narrow(webhooks, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  return {
    references: (narrowed.value.webhooks ?? []).flatMap((webhook, index) =>
      references(webhook?.clientConfig?.service, ["webhooks", index, "clientConfig", "service"]),
    ),
  };
};

export const readCustomResourceDefinition: ReadFacts = (raw) => {
  const narrowed = narrow(definition, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const { webhook, webhookClientConfig } = narrowed.value.spec?.conversion ?? {};
  const at = ["spec", "conversion"];
  return {
    references: [
      ...references(webhook?.clientConfig?.service, [...at, "webhook", "clientConfig", "service"]),
      ...references(webhookClientConfig?.service, [...at, "webhookClientConfig", "service"]),
    ],
  };
};

export const readApiService: ReadFacts = (raw) => {
  const narrowed = narrow(apiService, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  return { references: references(narrowed.value.spec?.service, ["spec", "service"]) };
};
