import { expect, test } from "vitest";
import { needTexts, observed } from "./flow-world.fixture.ts";

const WEB_TO_API = "shop/web[Deployment] > shop/api[Deployment] TCP 50051";

function hubbleFlow(fields: object): string {
  return JSON.stringify({
    flow: {
      time: "2026-01-02T03:04:05.123456789Z",
      verdict: "FORWARDED",
      IP: { source: "10.1.0.1", destination: "10.1.0.2", ipVersion: "IPv4" },
      l4: { TCP: { source_port: 45678, destination_port: 50051, flags: { SYN: true } } },
      source: {
        ID: 1,
        identity: 100,
        namespace: "shop",
        labels: ["k8s:app=web"],
        pod_name: "web-6d5f8c9b7d-abcde",
        workloads: [{ name: "web", kind: "Deployment" }],
      },
      destination: {
        ID: 2,
        identity: 101,
        namespace: "shop",
        labels: ["k8s:app=api"],
        pod_name: "api-5b6c7d8e9f-xyzab",
        workloads: [{ name: "api", kind: "Deployment" }],
      },
      Type: "L3_L4",
      traffic_direction: "EGRESS",
      is_reply: false,
      ...fields,
    },
    node_name: "n1",
    time: "2026-01-02T03:04:05.123456789Z",
  });
}

test("Hubble: flows of `observe -o json`, and the bare flow of older versions", async () => {
  const wrapped = hubbleFlow({});
  const bare = JSON.stringify((JSON.parse(wrapped) as { flow: unknown }).flow);
  for (const line of [wrapped, bare]) {
    const result = await observed(`${line}\n`);
    expect(result.logs[0]?.format).toBe("hubble");
    expect(needTexts(result)).toEqual([WEB_TO_API]);
    expect(result.windows[0]).toEqual({
      source: "test.log",
      from: Date.UTC(2026, 0, 2, 3, 4, 5),
      to: Date.UTC(2026, 0, 2, 3, 4, 5),
      flows: 1,
    });
    expect(result.isIncomplete).toBe(false);
  }
});

test("Hubble: a reply is the connection that it answers", async () => {
  const reply = hubbleFlow({
    is_reply: true,
    l4: { TCP: { source_port: 50051, destination_port: 45678, flags: { ACK: true } } },
    source: { namespace: "shop", pod_name: "api-5b6c7d8e9f-xyzab" },
    destination: { namespace: "shop", pod_name: "web-6d5f8c9b7d-abcde" },
  });
  expect(needTexts(await observed(reply))).toEqual([WEB_TO_API]);
});

test("Hubble: what was dropped is no need, what was audited is", async () => {
  const dropped = await observed(hubbleFlow({ verdict: "DROPPED" }));
  expect(needTexts(dropped)).toEqual([]);
  expect(dropped.denied).toEqual([
    { source: "shop/web[Deployment]", destination: "shop/api[Deployment]", protocol: "TCP", port: 50051, flows: 1 },
  ]);
  expect(needTexts(await observed(hubbleFlow({ verdict: "AUDIT" })))).toEqual([WEB_TO_API]);
});

test("Hubble: let out and not let in is no need", async () => {
  const lines = [hubbleFlow({}), hubbleFlow({ traffic_direction: "INGRESS", verdict: "DROPPED" })];
  expect(needTexts(await observed(lines.join("\n")))).toEqual([]);
});

test("Hubble: the API server, nodes and the world by their reserved labels", async () => {
  const to = (labels: readonly string[], address: string): string =>
    hubbleFlow({ destination: { identity: 7, labels }, IP: { source: "10.1.0.1", destination: address } });
  const lines = [
    to(["reserved:host", "reserved:kube-apiserver"], "10.0.0.9"),
    to(["reserved:remote-node"], "10.0.0.7"),
    to(["reserved:world"], "198.51.100.7"),
    to(["reserved:world"], "10.200.0.7"),
  ];
  expect(needTexts(await observed(lines.join("\n")))).toEqual([
    "shop/web[Deployment] > 10.200.0.7,198.51.100.7 TCP 50051",
    "shop/web[Deployment] > api-server TCP 50051",
    "shop/web[Deployment] > nodes TCP 50051",
  ]);
});

test("Hubble: lost events make the observation incomplete", async () => {
  const lost = JSON.stringify({
    lost_events: { source: "HUBBLE_RING_BUFFER", num_events_lost: "12" },
    node_name: "n1",
  });
  const result = await observed(`${hubbleFlow({})}\n${lost}\n`);
  expect(result.diagnostics.sums.get("lost-flows")).toBe(12);
  expect(result.isIncomplete).toBe(true);
});

const CALICO = {
  start_time: 1_767_323_045,
  end_time: 1_767_323_345,
  source_ip: null,
  source_name: "-",
  source_name_aggr: "web-6d5f8c9b7d-*",
  source_namespace: "shop",
  source_port: null,
  source_type: "wep",
  source_labels: { labels: ["app=web"] },
  dest_ip: null,
  dest_name: "-",
  dest_name_aggr: "db-*",
  dest_namespace: "shop",
  dest_port: 5432,
  dest_type: "wep",
  proto: "tcp",
  action: "allow",
  reporter: "src",
  num_flows: 3,
};

test("Calico: aggregated names become the workloads that made the pods", async () => {
  const result = await observed(JSON.stringify(CALICO));
  expect(result.logs[0]?.format).toBe("calico");
  expect(needTexts(result)).toEqual(["shop/web[Deployment] > shop/db[StatefulSet] TCP 5432"]);
  expect(result.needs[0]?.because[0]).toMatchObject({ kind: "observed", flows: 3, firstSeen: 1_767_323_045_000 });
});

test("Calico: hits of Elasticsearch, and what the destination denied", async () => {
  const denied = { ...CALICO, action: "deny", reporter: "dst" };
  const hits = { hits: { hits: [{ _source: CALICO }, { _source: denied }] } };
  const result = await observed(JSON.stringify(hits));
  expect(needTexts(result)).toEqual([]);
  expect(result.denied).toHaveLength(1);
});

test("Goldmane: flows with their key inside, in either style of names", async () => {
  const key = {
    source_name: "web-6d5f8c9b7d-*",
    source_namespace: "shop",
    source_type: "WorkloadEndpoint",
    dest_name: "api-5b6c7d8e9f-*",
    dest_namespace: "shop",
    dest_type: "WorkloadEndpoint",
    dest_port: "50051",
    proto: "tcp",
    reporter: "Src",
    action: "Allow",
  };
  const camel = Object.fromEntries(
    Object.entries(key).map(([name, value]) => [
      name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
  for (const one of [
    { id: 1, flow: { Key: key, start_time: "1767323045", num_connections_started: "2" } },
    { flow: { key: camel } },
    key,
  ]) {
    const result = await observed(JSON.stringify(one));
    expect(result.logs[0]?.format).toBe("goldmane");
    expect(needTexts(result)).toEqual([WEB_TO_API]);
  }
  const whisker = await observed(JSON.stringify({ total: 1, items: [key] }, undefined, 2));
  expect(needTexts(whisker)).toEqual([WEB_TO_API]);
});

test("indented values and arrays are read like lines", async () => {
  const flow = JSON.parse(hubbleFlow({})) as unknown;
  expect(needTexts(await observed(JSON.stringify([flow, flow], undefined, 2)))).toEqual([WEB_TO_API]);
  expect(
    needTexts(await observed(`${JSON.stringify(flow, undefined, 2)}\n${JSON.stringify(flow, undefined, 2)}\n`)),
  ).toEqual([WEB_TO_API]);
});

test("AWS: the network policy agent's lines in each of their forms; replies are folded by known ports", async () => {
  const lines = [
    `{"level":"info","ts":"2026-01-02T03:04:05.123Z","logger":"ebpf-client","caller":"events/events.go:193","msg":"Flow Info:  ","Src IP":"10.1.0.1","Src Port":38971,"Dest IP":"10.1.0.3","Dest Port":5432,"Proto":"TCP","Verdict":"ACCEPT"}`,
    `{"level":"info","ts":"2026-01-02T03:04:06.123Z","caller":"events/events.go:193","msg":"Flow Info: Src IP: 10.1.0.3 Src Port: 5432 Dest IP: 10.1.0.1 Dest Port: 38971 Proto: TCP Verdict: ACCEPT"}`,
    `Node: n1;SIP: 10.1.0.1;SPORT: 40000;DIP: 10.1.0.2;DPORT: 50051;PROTOCOL: TCP;PolicyVerdict: ACCEPT`,
    `{"level":"info","ts":"2026-01-02T03:04:07.123Z","logger":"ebpf-client","caller":"bpf/loader.go:1","msg":"Attached the probe"}`,
    `{"level":"info","ts":"2026-01-02T03:04:07.123Z","caller":"events/events.go:193","msg":"Flow Info: Src IP: 10.1.0.1 Src Port: 0 Dest IP: 10.1.0.3 Dest Port: 0 Proto: ICMP Verdict: ACCEPT"}`,
  ];
  const result = await observed(lines.join("\r\n"));
  expect(result.logs[0]).toMatchObject({ format: "aws-cni", lines: 5, flows: 3, withoutPorts: 1 });
  expect(needTexts(result)).toEqual([WEB_TO_API, "shop/web[Deployment] > shop/db[StatefulSet] TCP 5432"]);
});

test("AWS: VPC flow logs in the default format and by their heading", async () => {
  const record = "2 123456789012 eni-0a1b2c3d 10.1.0.1 10.1.0.3 40001 5432 6 10 840 1767323045 1767323105 ACCEPT OK";
  const plain = await observed(`${record}\n`);
  expect(plain.logs[0]?.format).toBe("aws-vpc");
  expect(needTexts(plain)).toEqual(["shop/web[Deployment] > shop/db[StatefulSet] TCP 5432"]);
  const own = await observed("dstaddr srcaddr protocol dstport srcport\n10.1.0.3 10.1.0.1 6 5432 40001\n");
  expect(needTexts(own)).toEqual(["shop/web[Deployment] > shop/db[StatefulSet] TCP 5432"]);
});

test("CSV: with and without heading, names and addresses, columns in any order", async () => {
  const plain = await observed(
    "shop/web,shop/db-0,TCP,5432\nshop/web[Deployment],10.96.0.20,tcp,80\n10.1.0.2,203.0.113.9,udp,53\n",
  );
  expect(plain.logs[0]?.format).toBe("csv");
  expect(needTexts(plain)).toEqual([
    "shop/api[Deployment] > 203.0.113.9 UDP 53",
    WEB_TO_API,
    "shop/web[Deployment] > shop/db[StatefulSet] TCP 5432",
  ]);
  expect(needTexts(await observed("\uFEFFsrc,dst,protocol,port\r\nshop/web,shop/db,TCP,5432\r\n"))).toHaveLength(1);
  const headed = await observed(
    'port,"src","dst",protocol,time,count\n5432,shop/web,shop/db,TCP,2026-01-01T00:00:00Z,7\n',
  );
  expect(needTexts(headed)).toEqual(["shop/web[Deployment] > shop/db[StatefulSet] TCP 5432"]);
  expect(headed.needs[0]?.because[0]).toMatchObject({ flows: 7, firstSeen: Date.UTC(2026, 0, 1) });
});
