// The Prometheus operator's ServiceMonitors and PodMonitors (prometheus-operator pkg/apis/monitoring/v1).

import { labelSelector } from "../../../kubernetes/label-selector.ts";
import { array, boolean, narrow, object, string } from "../../../kubernetes/shape.ts";
import type { ReadFacts } from "./object-facts.ts";

const endpoints = array(object({ port: string }));
const monitor = object({
  spec: object({
    selector: labelSelector,
    namespaceSelector: object({ any: boolean, matchNames: array(string) }),
    endpoints,
    podMetricsEndpoints: endpoints,
  }),
});

function reader(selects: "services" | "pods", field: "endpoints" | "podMetricsEndpoints"): ReadFacts {
  return (raw, { namespace }) => {
    const narrowed = narrow(monitor, raw);
    if (!narrowed.ok) return { problems: narrowed.problems };
    const spec = narrowed.value.spec ?? {};
    const named = (spec.namespaceSelector?.matchNames ?? []).flatMap((name) => name ?? []);
    const ports = (spec[field] ?? []).flatMap((endpoint, index) =>
      endpoint?.port ? [{ name: endpoint.port, path: ["spec", field, index, "port"] }] : [],
    );
    const namespaces = named.length > 0 ? named : [namespace];
    const isEverywhere = spec.namespaceSelector?.any === true;
    return {
      detail: {
        role: "monitor",
        selects,
        selector: spec.selector,
        namespaces: isEverywhere ? undefined : namespaces,
        ports,
      },
    };
  };
}

export const readServiceMonitor: ReadFacts = reader("services", "endpoints");
export const readPodMonitor: ReadFacts = reader("pods", "podMetricsEndpoints");
