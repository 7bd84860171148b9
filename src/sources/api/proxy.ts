// Which proxy a connection goes through: the cluster's proxy-url, else HTTPS_PROXY or HTTP_PROXY unless NO_PROXY names
// the host (golang.org/x/net/http/httpproxy, which kubectl uses).

import { BlockList, isIP, isIPv6 } from "node:net";
import { apiError } from "./api-error.ts";
import type { Environment } from "./kubeconfig.ts";
import { isHostAndPort } from "./server-address.ts";

/** The proxy for `server`, or `undefined` for the direct way. Throws `proxy-invalid` and `proxy-unsupported`. */
export function proxyFor(server: URL, proxyUrl: string, field: string, environment: Environment): URL | undefined {
  if (proxyUrl !== "") return readProxy(proxyUrl, field);
  const name = server.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const address = environment[name] ?? environment[name.toLowerCase()] ?? "";
  if (address === "") return undefined;
  if (isExempt(server, environment["NO_PROXY"] ?? environment["no_proxy"] ?? "")) return undefined;
  return readProxy(/^[a-z0-9+.-]+:\/\//i.test(address) ? address : `http://${address}`, name);
}

const PROXY = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#]*@)?([^/?#@]*)(?:[/?#].*)?$/i;

function readProxy(address: string, field: string): URL {
  const [, scheme = "", authority = ""] = PROXY.exec(address) ?? [];
  if (/^socks/i.test(scheme)) throw apiError("proxy-unsupported", { field, scheme: scheme.toLowerCase() });
  const url = /^https?$/i.test(scheme) && isHostAndPort(authority) ? URL.parse(address) : null;
  if (url === null) throw apiError("proxy-invalid", { field, address: withoutPassword(address) });
  return url;
}

/** Messages name proxies without user and password. */
export function withoutPassword(address: string): string {
  return address.replace(/\/\/[^/]*@/, "//");
}

function isExempt(server: URL, noProxy: string): boolean {
  const host = bareHost(server);
  if (host === "localhost" || isLoopback(host)) return true;
  const port = server.port === "" ? (server.protocol === "https:" ? "443" : "80") : server.port;
  return noProxy.split(",").some((entry) => matchesEntry(entry.trim().toLowerCase(), host, port));
}

function matchesEntry(entry: string, host: string, port: string): boolean {
  if (entry === "") return false;
  if (entry === "*") return true;
  if (entry.includes("/")) return isInNetwork(host, entry);
  const [name, entryPort] = splitPort(entry);
  if (entryPort !== "" && entryPort !== port) return false;
  if (isIP(name) !== 0) return name === host;
  const suffix = name.startsWith("*.") ? name.slice(1) : name;
  return suffix.startsWith(".") ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

function splitPort(entry: string): readonly [name: string, port: string] {
  if (isIPv6(entry)) return [entry, ""];
  const match = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry);
  return [match?.[1] ?? entry, match?.[2] ?? ""];
}

function isInNetwork(host: string, network: string): boolean {
  const [address = "", length = ""] = network.split("/");
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family || !/^\d+$/.test(length) || Number(length) > (family === 6 ? 128 : 32))
    return false;
  const words = family === 6 ? "ipv6" : "ipv4";
  const list = new BlockList();
  list.addSubnet(address, Number(length), words);
  return list.check(host, words);
}

function isLoopback(host: string): boolean {
  return host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** The host of a URL without the brackets of an IPv6 address. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
}
