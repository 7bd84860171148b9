// A port on loopback that nobody listens on at the moment.

import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

export async function freePort(): Promise<number> {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as AddressInfo; // listening on TCP, not on a pipe
  await once(holder.close(), "close");
  return port;
}
