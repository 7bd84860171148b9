import { expect, test } from "vitest";
import { flowWorld } from "./flow-world.fixture.ts";
import { readFlows } from "./read-flows.ts";

const MEBIBYTE = 1024 * 1024;
const BLOCKS = 128; // of 8 MiB: 1 GiB a log

// Every line of the CSV log is a connection of its own: what is kept reaches its bounds, and stays there.

/** Lines of many pods, clients and ports, up to 8 MiB; every block is told apart by its number. */
function blockOf(line: (at: number) => string, number: number): Buffer {
  const lines: string[] = [];
  let length = 0;
  for (let at = number * 100_000; length < 8 * MEBIBYTE; at++) {
    const text = `${line(at)}\n`;
    length += text.length;
    lines.push(text);
  }
  return Buffer.from(lines.join(""), "latin1");
}

const octet = (at: number): number => at % 256;

const LINES: Readonly<Record<string, (at: number) => string>> = {
  csv: (at) =>
    `shop/web-6d5f8c9b7d-${at.toString(36).slice(-5).padStart(5, "a")},203.0.${octet(at >> 8)}.${octet(at)},TCP,${1 + (at % 5000)}`,
  hubble: (at) =>
    JSON.stringify({
      flow: {
        time: new Date(1_767_323_045_000 + at * 100).toISOString(),
        verdict: at % 50 === 0 ? "DROPPED" : "FORWARDED",
        ethernet: { source: "4e:d8:0b:5f:5b:2d", destination: "de:66:7d:92:5f:5a" },
        IP: { source: "10.1.0.1", destination: `198.51.${octet(at >> 8)}.${octet(at)}`, ipVersion: "IPv4" },
        l4: { TCP: { source_port: 32_768 + (at % 28_000), destination_port: 443, flags: { ACK: true, PSH: true } } },
        source: {
          ID: 1234,
          identity: 45_678,
          cluster_name: "default",
          namespace: "shop",
          labels: [
            "k8s:app=web",
            "k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=shop",
            "k8s:io.kubernetes.pod.namespace=shop",
          ],
          pod_name: `web-6d5f8c9b7d-${at.toString(36).slice(-5).padStart(5, "a")}`,
          workloads: [{ name: "web", kind: "Deployment" }],
        },
        destination: { identity: 2, labels: ["reserved:world"] },
        Type: "L3_L4",
        node_name: "kind/worker",
        event_type: { type: 4, sub_type: 3 },
        traffic_direction: "EGRESS",
        trace_observation_point: "TO_STACK",
        is_reply: at % 2 === 0,
        Summary: "TCP Flags: ACK, PSH",
      },
      node_name: "kind/worker",
      time: new Date(1_767_323_045_000 + at * 100).toISOString(),
    }),
  "aws-cni": (at) =>
    `{"level":"info","ts":"2026-01-02T03:${String(octet(at) % 60).padStart(2, "0")}:05.123Z","logger":"ebpf-client","caller":"events/events.go:193","msg":"Flow Info:  ","Src IP":"10.1.0.1","Src Port":${32_768 + (at % 28_000)},"Dest IP":"10.${octet(at >> 16)}.${octet(at >> 8)}.${octet(at)}","Dest Port":${1 + (at % 60_000)},"Proto":"TCP","Verdict":"ACCEPT"}`,
};

for (const [format, line] of Object.entries(LINES)) {
  test(`1 GiB of ${format} is read in flat memory`, async () => {
    const blocks = Array.from({ length: 16 }, (_, number) => blockOf(line, number));
    let early = 0;
    let most = 0;
    async function* log(): AsyncGenerator<Buffer> {
      for (let number = 0; number < BLOCKS; number++) {
        const block = blocks[number % blocks.length] ?? Buffer.alloc(0);
        for (let at = 0; at < block.length; at += MEBIBYTE) yield block.subarray(at, at + MEBIBYTE);
        const { rss } = process.memoryUsage();
        if (number < BLOCKS / 4) early = Math.max(early, rss);
        most = Math.max(most, rss);
      }
    }
    const start = process.hrtime.bigint();
    const result = await readFlows(flowWorld(), [{ name: format, chunks: log() }]);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const megabytes = (size: number): string => `${Math.round(size / MEBIBYTE)} MiB`;
    process.stdout.write(
      `${format}: ${Math.round(1024 / seconds)} MiB/s, ${result.logs[0]?.flows} flows, ${megabytes(early)} after a quarter, ${megabytes(most)} at most\n`,
    );
    expect(result.logs[0]).toMatchObject({ format });
    expect(most - early).toBeLessThan(128 * MEBIBYTE);
  });
}
