// Random clusters and random connections between their pods, written as each log would have them: with replies, with
// ports that clients pick, from both ends, through Services, of pods that are gone. What is read must be exactly the
// connections, between owners.

import fc from "fast-check";
import { expect } from "vitest";
import { createNetwork, type Network } from "../../layers/network/network.ts";
import { readObject } from "../../cluster/read-resource.ts";
import { logOf, needTexts } from "./flow-world.fixture.ts";
import { readFlows } from "./read-flows.ts";
import type { FlowFormat } from "./format-names.ts";

const KINDS = ["Deployment", "StatefulSet", "DaemonSet"] as const;
const PORTS = [80, 443, 5432, 8080, 9092, 40_000, 50_051, 61_616];

interface RandomWorkload {
  readonly kind: (typeof KINDS)[number];
  readonly replicas: number;
  readonly ports: readonly number[];
}

interface RandomFlow {
  readonly from: number;
  readonly to: number;
  readonly pod: number;
  readonly port: number;
  readonly clientPorts: readonly number[];
  readonly hasReply: boolean;
}

interface RandomWorld {
  readonly workloads: readonly RandomWorkload[];
  readonly flows: readonly RandomFlow[];
}

const worlds: fc.Arbitrary<RandomWorld> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      replicas: fc.integer({ min: 1, max: 3 }),
      ports: fc.uniqueArray(fc.constantFrom(...PORTS), { minLength: 1, maxLength: 3 }),
    }),
    {
      minLength: 2,
      maxLength: 6,
    },
  )
  .chain((workloads) => {
    const index = fc.integer({ min: 0, max: workloads.length - 1 });
    const clientPorts = fc.uniqueArray(
      fc.integer({ min: 32_768, max: 60_999 }).filter((port) => !PORTS.includes(port)),
      { minLength: 1, maxLength: 4 },
    );
    const flow = fc.record({
      from: index,
      to: index,
      pod: fc.integer({ min: 0, max: 2 }),
      port: fc.nat({ max: 2 }),
      clientPorts,
      hasReply: fc.boolean(),
    });
    return fc.record({ workloads: fc.constant(workloads), flows: fc.array(flow, { minLength: 1, maxLength: 12 }) });
  });

interface PodOfWorld {
  readonly name: string;
  readonly address: string;
}

function podOf(world: RandomWorld, workload: number, pod: number): PodOfWorld {
  const { kind, replicas } = world.workloads[workload] ?? { kind: "Deployment", replicas: 1 };
  const number = pod % replicas;
  const name =
    kind === "StatefulSet"
      ? `w${workload}-${number}`
      : kind === "DaemonSet"
        ? `w${workload}-abc${number}x`
        : `w${workload}-5d9c7b8f6d-abc${number}x`;
  return { name, address: `10.244.${workload}.${number + 1}` };
}

function networkOf(world: RandomWorld): Network {
  const objects = world.workloads.flatMap(({ kind, replicas, ports }, index): object[] => {
    const name = `w${index}`;
    const labels = { app: name };
    const spec = {
      containers: [{ name: "main", image: "i", ports: ports.map((containerPort) => ({ containerPort })) }],
    };
    const owner = {
      apiVersion: "apps/v1",
      kind,
      metadata: { name, namespace: "ns" },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    };
    const pods = Array.from({ length: replicas }, (_, pod) => {
      const { name: podName, address } = podOf(world, index, pod);
      const ownerReferences = [{ controller: true, kind, name }];
      return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: podName, namespace: "ns", labels, ownerReferences },
        spec,
        status: { phase: "Running", podIP: address },
      };
    });
    const service = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace: "ns" },
      spec: {
        clusterIP: `10.96.0.${index + 1}`,
        selector: labels,
        ports: ports.map((port) => ({ name: `p${port}`, port: 1000 + PORTS.indexOf(port), targetPort: port })),
      },
    };
    return [owner, ...pods, service];
  });
  return createNetwork(
    objects.map((object) => {
      const read = readObject(object, "ns");
      if (read.kind !== "object") throw new Error("not an object");
      return {
        id: read.id,
        object: read.object,
        provenance: { kind: "file" as const, file: "w" },
        locate: () => undefined,
      };
    }),
  );
}

function portIn(world: RandomWorld, { to, port }: RandomFlow): number {
  const ports = world.workloads[to]?.ports ?? [80];
  return ports[port % ports.length] ?? 80;
}

/** The connections between owners; a pod never needs the network to talk with itself. */
function expected(world: RandomWorld): readonly string[] {
  const id = (index: number): string => `ns/w${index}[${world.workloads[index]?.kind}]`;
  return [
    ...new Set(world.flows.map((flow) => `${id(flow.from)} > ${id(flow.to)} TCP ${portIn(world, flow)}`)),
  ].toSorted();
}

type Writer = (world: RandomWorld, flow: RandomFlow) => readonly string[];

const TIME = "2026-01-02T03:04:05.123456789Z";

function hubbleEnd(workload: number, pod: PodOfWorld): object {
  return {
    namespace: "ns",
    pod_name: pod.name,
    labels: [`k8s:app=w${workload}`],
    workloads: [],
  };
}

const hubble: Writer = (world, flow) => {
  const port = portIn(world, flow);
  const source = podOf(world, flow.from, 0);
  const destination = podOf(world, flow.to, flow.pod);
  const line = (isReply: boolean, clientPort: number, direction: string) =>
    JSON.stringify({
      flow: {
        time: TIME,
        verdict: "FORWARDED",
        IP: isReply
          ? { source: destination.address, destination: source.address }
          : { source: source.address, destination: destination.address },
        l4: {
          TCP: isReply
            ? { source_port: port, destination_port: clientPort }
            : { source_port: clientPort, destination_port: port },
        },
        source: isReply ? hubbleEnd(flow.to, destination) : hubbleEnd(flow.from, source),
        destination: isReply ? hubbleEnd(flow.from, source) : hubbleEnd(flow.to, destination),
        traffic_direction: direction,
        is_reply: isReply,
      },
    });
  return flow.clientPorts.flatMap((clientPort) => [
    line(false, clientPort, "EGRESS"),
    line(false, clientPort, "INGRESS"),
    ...(flow.hasReply ? [line(true, clientPort, "EGRESS"), line(true, clientPort, "INGRESS")] : []),
  ]);
};

const calico: Writer = (world, flow) => {
  const aggregated = (workload: number, pod: number): string =>
    `${podOf(world, workload, pod).name.replace(/[^-]+$/, "")}*`;
  const record = (reporter: string) =>
    JSON.stringify({
      start_time: 1_767_323_045,
      end_time: 1_767_323_345,
      source_name_aggr: aggregated(flow.from, 0),
      source_namespace: "ns",
      source_type: "wep",
      dest_name_aggr: aggregated(flow.to, flow.pod),
      dest_namespace: "ns",
      dest_type: "wep",
      dest_port: portIn(world, flow),
      proto: "tcp",
      action: "allow",
      reporter,
      num_flows: flow.clientPorts.length,
    });
  return [record("src"), record("dst")];
};

function awsLine(from: string, fromPort: number, to: string, toPort: number): string {
  return `{"level":"info","ts":"${TIME}","caller":"events/events.go:193","msg":"Flow Info:  ","Src IP":"${from}","Src Port":${fromPort},"Dest IP":"${to}","Dest Port":${toPort},"Proto":"TCP","Verdict":"ACCEPT"}`;
}

const awsCni: Writer = (world, flow) => {
  const source = podOf(world, flow.from, 0).address;
  const destination = podOf(world, flow.to, flow.pod).address;
  const port = portIn(world, flow);
  return flow.clientPorts.flatMap((client) => [
    awsLine(source, client, destination, port),
    ...(flow.hasReply ? [awsLine(destination, port, source, client)] : []),
  ]);
};

const csv: Writer = (world, flow) => {
  const port = portIn(world, flow);
  return flow.pod === 0
    ? [`ns/${podOf(world, flow.from, 0).name},10.96.0.${flow.to + 1},TCP,${1000 + PORTS.indexOf(port)}`]
    : [`ns/w${flow.from},ns/${podOf(world, flow.to, flow.pod).name},TCP,${port}`];
};

const WRITERS: Readonly<Partial<Record<FlowFormat, Writer>>> = { hubble, calico, "aws-cni": awsCni, csv };

/** Formats that random worlds are written in. */
export const WRITTEN_FORMATS: readonly string[] = Object.keys(WRITERS);

/** Reads the flows of so many random worlds in a format; fails at the first that differs. */
export async function readRandomWorlds(format: string, worldCount: number): Promise<void> {
  const write = Object.entries(WRITERS).find(([name]) => name === format)?.[1];
  if (write === undefined) throw new Error(`no writer of ${format}`);
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const lines = world.flows.flatMap((flow) => write(world, flow));
      const result = await readFlows(networkOf(world), [logOf("flows", `${lines.join("\n")}\n`)]);
      expect(result.logs[0]?.format).toBe(format);
      expect(result.unresolved).toEqual([]);
      expect(result.isIncomplete).toBe(false);
      expect(needTexts(result)).toEqual(expected(world));
    }),
    { seed: 10, numRuns: worldCount },
  );
}
