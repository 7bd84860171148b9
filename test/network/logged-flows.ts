// The traffic of a random cluster as a log of flows, read by the reader of logs.

import { readFlows, type ObservedFlows } from "../../src/sources/flows/read-flows.ts";
import { createNetwork } from "../../src/layers/network/network.ts";
import { resourcesIn } from "./judge-generated.ts";
import type { RandomApplication } from "./random-application.ts";

/** An address of nobody in a range that clusters use is of something that is gone: no need comes of it. */
const GONE = "192.168.7.7";

/** The cluster with the flows that a reader of its log can place, and without doors, which no log has. */
export function asLogged(application: RandomApplication): RandomApplication {
  return { ...application, doors: [], flows: application.flows.filter(({ from, to }) => from !== GONE && to !== GONE) };
}

/** Each flow a few times, with its answers, in the order and with the ports a log would have. */
export async function readLog(application: RandomApplication): Promise<ObservedFlows> {
  const lines = application.flows.flatMap(({ from, to, protocol, port }, index) => [
    `${from},${to},${protocol},${port}`,
    ...(index % 2 === 0 ? [`${from},${to},${protocol},${port}`] : []),
  ]);
  const text = ["src,dst,protocol,port", ...lines, ""].join("\n");
  const chunks = (async function* () {
    yield Buffer.from(text);
  })();
  return readFlows(createNetwork(resourcesIn(application)), [{ name: "flows.csv", chunks }]);
}
