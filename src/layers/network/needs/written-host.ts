// Hosts as settings, commands and files write them: URLs, `host:port`, a host and a port side by side, bare names.

import { isServerScheme } from "./schemes.ts";

export interface WrittenHost {
  readonly host: string;
  readonly port?: number;
  readonly scheme?: string;
  /** Without credentials and paths. */
  readonly written: string;
  /**
   * `url` and `socket` say by their form that they are destinations; `pair` and `bare` are ones only where the name is
   * known.
   */
  readonly form: "url" | "socket" | "pair" | "bare";
}

/** Stands for the name of some pod, where a text has a variable there; no real pod is meant. */
export const ANY_POD = "any-pod";
const VARIABLE_LABEL =
  /(?<![\w-])[\w-]*(?:\$\(\([^()]*\)\)|\$\([^()]*\)|\$\{[^{}]*\}|\$[A-Za-z_]\w*|\{\d+\.{2,3}\d+\})[\w-]*(?=\.[a-z])/g;

/** The text with variable pod names replaced: `mysql-$((n - 1)).mysql` is a pod of `mysql`, whichever. */
export function withAnyPod(text: string): string {
  return /[${]/.test(text) ? text.replaceAll(VARIABLE_LABEL, ANY_POD) : text;
}

const HOST = String.raw`[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?`;
const URL_START =
  /(?<![A-Za-z0-9+.-])((?:jdbc:)?[A-Za-z][A-Za-z0-9+.-]*):(?:\/\/|oracle:thin:@(?:\/\/)?|thin:@(?:\/\/)?)/g;
/** After the credentials: hosts with ports, several with commas between. */
const AUTHORITY = new RegExp(String.raw`^(\[[0-9A-Fa-f:]+\]|${HOST})(?::(\d{1,5}))?(?![A-Za-z0-9_$%{(<])`);
const NEXT_HOST = new RegExp(String.raw`^,(\[[0-9A-Fa-f:]+\]|${HOST})(?::(\d{1,5}))?(?=[,/?#;\s"')]|$)`);
/** Every URL of a server in a text. Linear. */
export function urlsIn(text: string): readonly WrittenHost[] {
  const found: WrittenHost[] = [];
  for (const match of text.matchAll(URL_START)) {
    const scheme = (match[1] ?? "").toLowerCase().replace(/^jdbc:/, "");
    if (!isServerScheme(scheme)) continue;
    const start = match.index + match[0].length;
    const after = text.slice(start, start + LONGEST_AUTHORITY);
    let rest = withoutCredentials(RESOLVERS.has(scheme) ? after.replace(/^[^/\s"']*\//, "") : after);
    for (let one = AUTHORITY.exec(rest); one !== null; one = NEXT_HOST.exec(rest)) {
      const host = plainHost(one[1] ?? "");
      const port = portOf(one[2]);
      const isPort = one[2] === undefined || port !== undefined;
      if (isPort)
        found.push({
          host,
          ...(port === undefined ? {} : { port }),
          scheme,
          written: writtenAs(host, port, scheme),
          form: "url",
        });
      rest = rest.slice(one[0].length);
    }
  }
  return found;
}

/** gRPC's names say who resolves, then what: `dns:///collector:4317`. */
const RESOLVERS: ReadonlySet<string> = new Set(["dns", "passthrough", "kubernetes", "xds"]);

const LONGEST_AUTHORITY = 512;

/** The authority without `user:password@`. Passwords with slashes that somebody forgot to escape are told by what follows the colon. */
function withoutCredentials(rest: string): string {
  const end = rest.search(/[\s"'`<>]/);
  const url = end === -1 ? rest : rest.slice(0, end);
  const slash = url.search(/[/?#]/);
  const authority = slash === -1 ? url : url.slice(0, slash);
  const at = authority.lastIndexOf("@");
  if (at !== -1) return rest.slice(at + 1);
  const colon = authority.indexOf(":");
  const hasPassword = colon !== -1 && !/^\d{0,5}(?:,|$)/.test(authority.slice(colon + 1));
  const later = hasPassword ? url.indexOf("@") : -1;
  return later === -1 ? rest : rest.slice(later + 1);
}

const SOCKET = /(?<![\w.:/$%{}*-])([A-Za-z0-9][A-Za-z0-9.-]*):(\d{1,5})(?![\w.:*-])/g;

/** Every `host:port` that is not part of a URL. Linear. */
export function socketsIn(text: string): readonly WrittenHost[] {
  const found: WrittenHost[] = [];
  for (const [, host = "", portText = ""] of withoutUrls(text).matchAll(SOCKET)) {
    const port = portOf(portText);
    if (port === undefined || !isHostName(host)) continue;
    found.push({ host, port, written: writtenAs(host, port), form: "socket" });
  }
  return found;
}

function withoutUrls(text: string): string {
  return text.includes("://") ? text.replaceAll(/[A-Za-z][A-Za-z0-9+.:-]*:\/\/[^\s"'`<>]*/g, " ") : text;
}

const BESIDE = /(?<![\w.:/$-])([a-z0-9][a-z0-9.-]*)[ \t]+(\d{2,5})(?![\w.:-])/g;
const FLAGGED = /(?:^|\s)(?:-h|--host(?:name)?|-H)[= ]\s*["']?([A-Za-z0-9][A-Za-z0-9.-]*)["']?(?=\s|$)/g;
const PORT_FLAG = /(?:^|\s)(?:-p|-P|--port)[= ]?\s*["']?(\d{2,5})["']?(?=\s|$)/;

const INLINE =
  /(?:host|hostname|address|server)["']?\s*[:=]\s*["']?([A-Za-z0-9][A-Za-z0-9.-]*)["']?\s*,\s*["']?port(?:_value)?["']?\s*[:=]\s*["']?(\d{1,5})/gi;

/** `nc -z db 5432`, `psql -h db -p 5432`: hosts that only a known name makes sure. */
export function pairsIn(line: string): readonly WrittenHost[] {
  const found: WrittenHost[] = [];
  for (const [, host = "", portText = ""] of line.matchAll(BESIDE)) {
    const port = portOf(portText);
    if (port !== undefined && isHostName(host))
      found.push({ host, port, written: writtenAs(host, port), form: "pair" });
  }
  for (const [, host = "", portText = ""] of line.matchAll(INLINE)) {
    const port = portOf(portText);
    if (port !== undefined && isHostName(host)) {
      found.push({ host, port, written: writtenAs(host, port), form: "pair" });
    }
  }
  for (const [, host = ""] of line.matchAll(FLAGGED)) {
    const port = portOf(PORT_FLAG.exec(line)?.[1]);
    if (isHostName(host)) {
      found.push({ host, ...(port === undefined ? {} : { port }), written: writtenAs(host, port), form: "pair" });
    }
  }
  return found;
}

const BARE = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.?$/;

/** The value as a list of bare host names; empty when some part is none. */
export function bareHostsIn(value: string): readonly WrittenHost[] {
  const parts = value
    .split(/[\s,;]+/)
    .filter((part) => part !== "")
    .map((part) => part.replace(SERVICE_RECORD, ""));
  if (parts.length === 0 || parts.length > MOST_BARE || !parts.every((part) => BARE.test(part) && isHostName(part)))
    return [];
  return parts.map((host) => ({ host, written: host, form: "bare" as const }));
}

/** Prefixes of names that are looked up as SRV records: `dnssrv+_grpc._tcp.store.monitoring.svc`. */
const SERVICE_RECORD = /^(?:dns(?:srv|srvnoa)?\+)?(?:_[a-z0-9-]+\._(?:tcp|udp)\.)?/;

const MOST_BARE = 64;

/** At least one letter, no empty label, no label too long: or an IPv4 address. */
function isHostName(host: string): boolean {
  if (host.length > 253) return false;
  if (!/[A-Za-z]/.test(host)) return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
  return host
    .replace(/\.$/, "")
    .split(".")
    .every((label) => label.length > 0 && label.length <= 63 && !label.startsWith("-") && !label.endsWith("-"));
}

function plainHost(host: string): string {
  return host.startsWith("[") ? host.slice(1, -1) : host;
}

function portOf(text: string | undefined): number | undefined {
  const port = Number(text ?? 0);
  return port >= 1 && port <= 65535 ? port : undefined;
}

function writtenAs(host: string, port: number | undefined, scheme?: string): string {
  return `${scheme === undefined ? "" : `${scheme}://`}${host}${port === undefined ? "" : `:${port}`}`;
}
