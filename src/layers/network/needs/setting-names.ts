// What the name of a setting (a variable, a flag, a key of a file) says about its value.

import { isServerWord } from "./schemes.ts";

/** The words of a name, in lower case: `DB_HOSTS`, `db-hosts`, `dbHosts` and `db.hosts` are alike. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** Where an address is listened on. */
const LISTEN_WORDS = /listen|\bbind/;

const HOST_WORDS: ReadonlySet<string> = new Set(
  (
    "url urls uri uris host hosts hostname hostnames addr addrs address addresses endpoint endpoints server servers " +
    "service svc broker brokers bootstrap node nodes seed seeds peer peers member members contact points upstream " +
    "upstreams backend backends proxy target targets master primary replica replicas leader follower sentinel " +
    "sentinels store stores connection connect conn dsn join ip ips api gateway collector exporter registry"
  ).split(" "),
);

/** As the last word: the value is something of the server, not the server. */
const OTHER_WORDS: ReadonlySet<string> = new Set(
  (
    "name names user username password passwd namespace path file files dir directory key keys class type mode prefix " +
    "suffix version image tag label labels level id ids enabled timeout port ports scheme protocol account token secret " +
    "cert certificate ca size count interval policy group region bucket format selector domain realm audience method " +
    "threads workers ttl seconds role roles owner email title description db database sql"
  ).split(" "),
);

/** Whether a value of this name may be a bare host name. */
export function mayNameHost(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || OTHER_WORDS.has(last) || OTHER_WORDS.has(last.replace(/s$/, ""))) return false;
  if (words.some((word) => IDENTITY_WORDS.has(word))) return false;
  return words.some(
    (word) => HOST_WORDS.has(word) || isServerWord(word) || /(?:host|addr|url|uri|server)s?$/.test(word),
  );
}

/** Names of what a certificate says or must say. */
const IDENTITY_WORDS: ReadonlySet<string> = new Set([
  "tls",
  "san",
  "sans",
  "sni",
  "dnsnames",
  "audience",
  "cn",
  "cookie",
]);

const OWN_WORDS =
  /advertis|external|public|listen|\bbind|announce|\bself\b|\bown\b|\broot\b|\bbase\b|callback|redirect|\bcors\b|origin|allowed|referr?er|canonical|\bsite\b|website|homepage|\bdocs?\b|documentation/;

/** Whether the value is rather an address of one's own, told to others. */
export function mayBeOwnAddress(name: string): boolean {
  return OWN_WORDS.test(wordsOf(name).join(" "));
}

/** Whether a Secret's key of this name may hold a destination. */
export function mayHoldDestination(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  if (LISTEN_WORDS.test(words.join(" "))) return false;
  return /^(?:url|uri|dsn|host|hosts|hostname|addr|address|addresses|endpoint|endpoints|server|servers|brokers|connection|connectionstring|string)$/.test(
    last,
  );
}
