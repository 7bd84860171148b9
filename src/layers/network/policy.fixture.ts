// A NetworkPolicy of the namespace `default`, for the tests of rules.

export function policyOf(name: string, spec: object): object {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace: "default" },
    spec: { podSelector: {}, ...spec },
  };
}
