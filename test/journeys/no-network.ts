// Loaded before the program (`node --import`): whatever would leave this process for a network ends it, with this code.

import dgram from "node:dgram";
import dns from "node:dns";
import net from "node:net";
import { syncBuiltinESMExports } from "node:module";

const CAUGHT = 97;

function refuse(what: string): never {
  process.stderr.write(`network: ${what}\n`);
  process.exit(CAUGHT);
}

net.Socket.prototype.connect = () => refuse("a connection");
net.Server.prototype.listen = () => refuse("a listening port");
dgram.Socket.prototype.bind = () => refuse("a datagram socket");
dgram.Socket.prototype.send = () => refuse("a datagram");
for (const name of ["lookup", "resolve", "resolve4", "resolve6"] as const) {
  dns[name] = (() => refuse(`dns.${name}`)) as never; // none of its overloads is wanted
  dns.promises[name] = () => refuse(`dns.promises.${name}`);
}
syncBuiltinESMExports();
