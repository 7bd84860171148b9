// A namespace with two running pods, web and db, as YAML that other objects are appended to.

/** `addresses`: those of the first pod, of the second; each a flow sequence's items. */
export function twoPods(...addresses: readonly (readonly string[])[]): string {
  const pods = ["web", "db"].map(
    (name, index) => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {containers: [{name: c, image: i}]}
status: {phase: Running, podIPs: [${(addresses[index] ?? []).map((ip) => `{ip: "${ip}"}`).join()}]}
`,
  );
  return `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n${pods.join("")}`;
}
