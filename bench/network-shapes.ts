// Clusters for the network engine whose shapes the workload generator does not have: many live pods with addresses,
// policies with every kind of peer, and the three shapes of Antrea's controller benchmark
// (antrea-io/antrea pkg/controller/networkpolicy/networkpolicy_controller_perf_test.go), written anew.

export type Shape = (size: {
  readonly namespaces: number;
  readonly pods: number;
  readonly policies: number;
}) => unknown[];

/** mulberry32 */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const TIERS = ["web", "api", "worker", "cache", "db"];

function namespace(name: string, labels: Record<string, string>): unknown {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

function address(index: number): string {
  return `10.${64 + Math.floor(index / 65_536)}.${Math.floor(index / 256) % 256}.${index % 256}`;
}

function pod(name: string, inNamespace: string, labels: Record<string, string>, index: number, port = 8080): unknown {
  const ip = address(index);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: inNamespace, labels },
    spec: { containers: [{ name: "main", image: "i", ports: [{ name: "http", containerPort: port }] }] },
    status: { phase: "Running", podIP: ip, podIPs: [{ ip }] },
  };
}

function policy(name: string, inNamespace: string, spec: unknown): unknown {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace: inNamespace },
    spec,
  };
}

/** Default deny in each namespace, then policies with label, namespace, expression and address peers, named ports, ranges. */
export const mixed: Shape = ({ namespaces, pods, policies }) => {
  const random = createRandom(7);
  const objects: unknown[] = [];
  const perNamespace = pods / namespaces;
  const apps = Math.max(4, Math.round(perNamespace / 5));
  for (let index = 0; index < namespaces; index++) {
    objects.push(
      namespace(`ns-${index}`, { team: `team-${index % 20}`, env: ["dev", "staging", "prod"][index % 3] ?? "" }),
    );
  }
  for (let index = 0; index < pods; index++) {
    const app = Math.floor(index / namespaces) % apps;
    const labels = { app: `app-${app}`, tier: TIERS[app % TIERS.length] ?? "", pod: `pod-${index}` };
    objects.push(pod(`pod-${index}`, `ns-${index % namespaces}`, labels, index, 8000 + (app % 7)));
  }
  const peer = (): unknown => {
    const net = random(64);
    return [
      { podSelector: { matchLabels: { app: `app-${random(apps)}` } } },
      { podSelector: { matchLabels: { tier: TIERS[random(5)] } } },
      { namespaceSelector: { matchLabels: { team: `team-${random(20)}` } } },
      {
        namespaceSelector: { matchExpressions: [{ key: "env", operator: "In", values: ["dev", "prod"] }] },
        podSelector: {
          matchExpressions: [{ key: "app", operator: "In", values: [`app-${random(apps)}`, `app-${random(apps)}`] }],
        },
      },
      { ipBlock: { cidr: `10.${net}.0.0/16`, except: [`10.${net}.${random(200)}.0/24`] } },
      { ipBlock: { cidr: `203.0.${random(200)}.0/24` } },
    ][random(6)];
  };
  const port = (): unknown =>
    [
      { port: 8000 + random(7) },
      { port: "http" },
      { port: 30_000 + random(50), endPort: 32_000 },
      { protocol: "UDP", port: 53 },
    ][random(4)];
  for (let index = 0; index < policies; index++) {
    const inNamespace = `ns-${index % namespaces}`;
    if (index < namespaces) {
      const policyTypes = index % 5 < 2 ? ["Ingress", "Egress"] : ["Ingress"];
      objects.push(policy("default-deny", inNamespace, { podSelector: {}, policyTypes }));
      continue;
    }
    const rules = (side: "from" | "to"): unknown[] =>
      Array.from({ length: 1 + random(2) }, () => ({ [side]: [peer(), peer()], ports: [port()] }));
    const podSelector =
      random(3) === 0 ? { matchLabels: { tier: TIERS[random(5)] } } : { matchLabels: { app: `app-${random(apps)}` } };
    const spec =
      random(2) === 0
        ? { podSelector, policyTypes: ["Ingress"], ingress: rules("from") }
        : { podSelector, policyTypes: ["Egress"], egress: rules("to") };
    objects.push(policy(`policy-${index}`, inNamespace, spec));
  }
  return objects;
};

/** Small namespaces of four pods: two apps, and policies between them. */
export const manyNamespaces: Shape = ({ namespaces, pods, policies }) => {
  const objects: unknown[] = [];
  for (let index = 0; index < namespaces; index++) objects.push(namespace(`ns-${index}`, { n: `${index}` }));
  for (let index = 0; index < pods; index++) {
    const labels = { app: `app-${Math.floor(index / namespaces) % 2}` };
    objects.push(pod(`pod-${index}`, `ns-${index % namespaces}`, labels, index));
  }
  for (let index = 0; index < policies; index++) {
    const app = Math.floor(index / namespaces) % 3;
    const spec =
      app === 2
        ? { podSelector: {}, policyTypes: ["Ingress"] }
        : {
            podSelector: { matchLabels: { app: `app-${app}` } },
            policyTypes: ["Ingress", "Egress"],
            ingress: [{ from: [{ podSelector: { matchLabels: { app: `app-${1 - app}` } } }], ports: [{ port: 80 }] }],
            egress: [{ to: [{ podSelector: { matchLabels: { app: `app-${1 - app}` } } }], ports: [{ port: 80 }] }],
          };
    objects.push(policy(`policy-${index}`, `ns-${index % namespaces}`, spec));
  }
  return objects;
};

/** One namespace where each pod has a label, and a policy, of its own. */
export const policyPerPod: Shape = ({ pods, policies }) => {
  const objects: unknown[] = [namespace("one", {})];
  for (let index = 0; index < pods; index++) objects.push(pod(`pod-${index}`, "one", { id: `${index}` }, index));
  for (let index = 0; index < policies; index++) {
    const to = (step: number): unknown => ({ podSelector: { matchLabels: { id: `${(index + pods + step) % pods}` } } });
    objects.push(
      policy(`policy-${index}`, "one", {
        podSelector: { matchLabels: { id: `${index}` } },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [to(-1)], ports: [{ port: 80 }] }],
        egress: [{ to: [to(1)] }],
      }),
    );
  }
  return objects;
};
