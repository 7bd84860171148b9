// The address of an API server as client-go reads it (k8s.io/client-go/rest/url_utils.go DefaultServerURL), and strictly:
// what WHATWG's parser would bend into another address (`5` into 0.0.0.5, `https:\\a` into https://a) is refused.

import { isIPv4, isIPv6 } from "node:net";
import { apiError } from "./api-error.ts";

const ADDRESS = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)(\/[^?#]*)?(?:[?#].*)?$/i;
const AUTHORITY = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d*))?$/;
const HOST = /^[\p{L}\p{N}\p{M}._-]+$/u;
const NUMBER = /^(?:\d+|0x[0-9a-f]*)$/i;
const LARGEST_PORT = 65_535;

/**
 * `field` is how messages name it. Without a scheme it is https where trust was spoken of (`hasTls`), else http, and may
 * carry no path. Throws `server-invalid` and `server-user`.
 */
export function readServerAddress(address: string, field: string, hasTls: boolean): URL {
  const refuse = () => apiError("server-invalid", { field, address: address.replace(/\/\/[^/]*@/, "//") });
  const [, scheme, authority = "", path = ""] = ADDRESS.exec(address) ?? [];
  if (authority.includes("@")) throw apiError("server-user", { field });
  if (authority === "" || !isHostAndPort(authority)) throw refuse();
  if (scheme === undefined && path !== "" && path !== "/") throw refuse();
  if (scheme !== undefined && !/^https?$/i.test(scheme)) throw refuse();
  if (/[\s\\\p{Cc}]/u.test(path)) throw refuse();
  const url = URL.parse(`${scheme ?? (hasTls ? "https" : "http")}://${authority}${path}`);
  if (url === null) throw refuse();
  return url;
}

/** Whether it names one host, which every parser takes for the same, and at most a port. */
export function isHostAndPort(authority: string): boolean {
  const [, host = "", port = ""] = AUTHORITY.exec(authority) ?? [];
  if (port !== "" && (Number(port) < 1 || Number(port) > LARGEST_PORT)) return false;
  return isHost(host);
}

/** A name, an IPv4 address in four decimal numbers, or an IPv6 address in brackets. */
function isHost(host: string): boolean {
  if (host.startsWith("[")) return isIPv6(host.slice(1, -1)) && !host.includes("%");
  if (!HOST.test(host)) return false;
  const last = host.replace(/\.$/, "").split(".").at(-1) ?? "";
  return !NUMBER.test(last) || isIPv4(host);
}
