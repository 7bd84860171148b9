// From the texts of a workload to its needs: what names a Service leads to the pods behind it, what names the outside is
// said to, and what names nothing known is a hint.

import { singleAddress } from "../address-set.ts";
import type { NeedEnd } from "../generate/need.ts";
import type { ServiceView } from "../services.ts";
import { lookUpHost, nearestServices, type HostMeaning } from "./look-up-host.ts";
import { workloadEnd, type NeedNotes, type Place } from "./need-notes.ts";
import { portOfScheme, portsOfWords } from "./schemes.ts";
import { choosePort, needsOfService, needsOfServicePort, portOf, type WantedPort } from "./service-needs.ts";
import { mayBeOwnAddress, mayNameHost, wordsOf } from "./setting-names.ts";
import { settingsOf, type Setting } from "./settings.ts";
import type { Surroundings } from "./surroundings.ts";
import type { WorkloadSpec } from "./workload-spec.ts";
import { NODE_ADDRESS } from "./variables.ts";
import { ANY_POD, bareHostsIn, pairsIn, socketsIn, urlsIn, withAnyPod, type WrittenHost } from "./written-host.ts";

/** Notes what the texts of every workload ask for. Linear in the texts. */
export function noteTextNeeds(surroundings: Surroundings, notes: NeedNotes): void {
  for (const spec of surroundings.specs) {
    const aliases = aliasesOf(spec);
    for (const setting of settingsOf(spec, surroundings)) {
      for (const host of hostsIn(setting)) {
        const meaning = lookUpHost(host.host, spec.workload.namespace, surroundings, aliases);
        noteHost({ spec, setting, host, meaning, surroundings, notes });
      }
    }
  }
}

function aliasesOf({ spec }: WorkloadSpec): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const alias of spec.hostAliases ?? []) {
    for (const name of alias?.hostnames ?? [])
      if (name !== null && alias?.ip) aliases.set(name.toLowerCase(), alias.ip);
  }
  return aliases;
}

function hostsIn({ form, text: written, value, name }: Setting): readonly WrittenHost[] {
  const text = withAnyPod(written);
  if (form === "command") return pairsIn(text);
  const hosts = [...urlsIn(text), ...socketsIn(text)];
  if (form === "script") return [...hosts, ...pairsIn(text)];
  if (form === "file" && text.length <= LONGEST_PAIRED) hosts.push(...pairsIn(text));
  if (hosts.length === 0 && value !== "" && mayNameHost(name)) return bareHostsIn(value);
  return hosts;
}

const LONGEST_PAIRED = 500;

interface Found {
  readonly spec: WorkloadSpec;
  readonly setting: Setting;
  readonly host: WrittenHost;
  readonly meaning: HostMeaning;
  readonly surroundings: Surroundings;
  readonly notes: NeedNotes;
}

function noteHost(found: Found): void {
  const { spec, setting, host, meaning, notes } = found;
  const from = workloadEnd(spec.workload.id);
  const place: Place = { ...setting.place, value: host.written.replace(NODE_ADDRESS, "status.hostIP") };
  const port = host.port ?? portOfScheme(host.scheme ?? "") ?? setting.siblingPort;
  switch (meaning.kind) {
    case "service":
      noteService(found, meaning.view, from, place);
      break;
    case "api-server":
      if (host.form !== "pair") notes.need(from, { kind: "api-server" }, portOf(port ?? 443), place);
      break;
    case "nodes":
      if (port !== undefined) notes.need(from, { kind: "nodes" }, portOf(port), place);
      break;
    case "address": {
      if (host.form === "pair" || mayBeOwnAddress(setting.name)) break;
      const known = port ?? portsOfWords(wordsOf(setting.name))[0];
      if (known === undefined) notes.hint("no-port", place, host.written, { workload: spec.workload.id });
      else notes.need(from, { kind: "addresses", set: singleAddress(meaning.point) }, portOf(known), place);
      break;
    }
    case "domain":
      if (isOutsideMeant(found, meaning.name)) {
        const known = port ?? portsOfWords(wordsOf(setting.name))[0];
        notes.need(from, { kind: "domain", name: meaning.name }, portOf(known), place);
      }
      break;
    case "no-such-service":
      if (isServiceMeant(found)) {
        const nearest = nearestServices(meaning.name, meaning.namespace, found.surroundings);
        notes.hint("no-such-service", place, host.written, { workload: spec.workload.id, nearest });
      }
      break;
    case "local":
      break;
  }
}

function noteService(found: Found, view: ServiceView, from: NeedEnd, place: Place): void {
  const { spec, setting, host, surroundings, notes } = found;
  const wanted: WantedPort = {
    port: host.port ?? (host.scheme === undefined ? setting.siblingPort : undefined),
    scheme: host.scheme,
    words: wordsOf(setting.name === "" ? setting.text.slice(0, LONGEST_WORDS) : setting.name),
  };
  const chosen = choosePort(view, wanted);
  const isOfSet = host.host.startsWith(`${ANY_POD}.`);
  if (host.form === "pair" && chosen.kind !== "ports" && !(isOfSet && chosen.kind === "unlisted")) return; // two words side by side, and no port of that Service
  if (isItself(view, spec.workload.id, surroundings) && isToldToOthers(found, view)) return;
  if (chosen.kind === "no-port" && view.isHeadless && isItself(view, spec.workload.id, surroundings)) {
    for (const port of view.ports) needsOfServicePort(from, view, port, place, notes, surroundings); // members of one set
    return;
  }
  needsOfService(from, view, wanted, place, notes, surroundings, { workload: spec.workload.id });
}

const LONGEST_WORDS = 200;

function isItself({ ports }: ServiceView, workload: string, { workloadOf }: Surroundings): boolean {
  const targets = ports.flatMap((port) => port.targets);
  return targets.length > 0 && targets.every(({ pod }) => workloadOf(pod) === workload);
}

/** A workload's own address is a destination for members of one set; else it is what others are told. */
function isToldToOthers({ setting, host }: Found, { isHeadless }: ServiceView): boolean {
  if (host.form === "pair") return !isHeadless;
  return mayBeOwnAddress(setting.name) || (host.form === "bare" && !isHeadless);
}

const TOP_LEVEL = /\.(?:[a-z]{2,63}|xn--[a-z0-9-]+)$/;
/** What ends like a host name and is a file, a class or a version. */
const NO_TOP_LEVEL =
  /\.(?:go|py|js|ts|java|rb|sh|c|h|cc|cpp|rs|json|yaml|yml|toml|xml|txt|md|log|conf|cfg|ini|properties|pem|crt|key|sock|jar|so|exe|html|css|png|svg|gz|tar|zip|lock|local|invalid)$/;

/** Reversed domains, and names with capitals in them, are of classes. */
const CLASS_NAME = /^(?:com|org|net|io|java|javax|dev)\.|[A-Z]/;

/** Whether a name outside the cluster is a destination: URLs nearly always are, other forms where the setting says so. */
function isOutsideMeant({ setting, host }: Found, name: string): boolean {
  if (
    name.startsWith(`${ANY_POD}.`) ||
    !TOP_LEVEL.test(name) ||
    NO_TOP_LEVEL.test(name) ||
    mayBeOwnAddress(setting.name)
  )
    return false;
  switch (host.form) {
    case "url": {
      const isServer = host.port !== undefined || portOfScheme(host.scheme ?? "") !== undefined;
      return isServer && (setting.form !== "file" || mayNameHost(setting.name));
    }
    case "socket":
      return setting.form !== "script" && mayNameHost(setting.name);
    case "bare":
      return setting.form !== "file" && wordsOf(setting.name).length > 1 && !CLASS_NAME.test(host.host);
    case "pair":
      return false;
  }
}

const SURE_WORDS: ReadonlySet<string> = new Set(
  "host hosts hostname url uri addr address addresses endpoint endpoints server servers brokers".split(" "),
);

/** Whether a name that only a Service can have, and none has, is a destination. */
function isServiceMeant({ setting, host, spec }: Found): boolean {
  if (mayBeOwnAddress(setting.name) || host.host === spec.workload.name) return false;
  switch (host.form) {
    case "url":
      return true;
    case "socket":
      return (
        setting.form !== "script" &&
        (setting.form !== "file" || host.host.includes(".svc")) &&
        mayNameHost(setting.name)
      );
    case "bare":
      return (
        host.host.includes(".svc") || (setting.form !== "file" && SURE_WORDS.has(wordsOf(setting.name).at(-1) ?? ""))
      );
    case "pair":
      return false;
  }
}
