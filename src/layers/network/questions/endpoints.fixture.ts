// An EndpointSlice for tests of Services without a selector.

/** The endpoints of the Service `ns/name`, all at one TCP port. */
export function endpoints(path: string, addresses: readonly string[], port: number): object {
  const [namespace = "", name = ""] = path.split("/");
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: `${name}-1`, namespace, labels: { "kubernetes.io/service-name": name } },
    endpoints: [{ addresses }],
    ports: [{ port }],
  };
}
