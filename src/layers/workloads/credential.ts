// Whether a literal in a manifest is a credential: by the name it is given, or by a format only credentials have. Made to
// be quiet: names of Secrets, paths, references to a vault and placeholders are none.

import { ownCopy } from "../../kubernetes/own-copy.ts";

/** Formats that nothing but a credential has, by what issues them. */
const FORMATS: readonly RegExp[] = [
  /(?:^|[^A-Za-z0-9])A(?:KIA|SIA)[0-9A-Z]{16}(?![0-9A-Za-z])/, // AWS access keys
  /\bgh[pousr]_[A-Za-z0-9]{36}/, // GitHub
  /\bgithub_pat_\w{22}/,
  /\bglpat-[\w-]{20}/, // GitLab
  /\bxox[abprs]-[\w-]{10}/, // Slack
  /\bhooks\.slack\.com\/services\/T\w+\/B\w+\/\w{16}/,
  /\b[rs]k_live_[0-9A-Za-z]{16}/, // Stripe
  /\bAIza[\w-]{35}/, // Google
  /\bya29\.[\w-]{20}/,
  /\bSG\.[\w-]{16,64}\.[\w-]{16}/, // SendGrid
  /\bnpm_[A-Za-z0-9]{36}/,
  /\bdop_v1_[a-f0-9]{64}/, // DigitalOcean
  /\bhvs\.[\w-]{24}/, // Vault
  /\beyJ[\w-]{8,2048}\.eyJ[\w-]{8,8192}\.[\w-]{16}/, // JSON Web Tokens
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
];
const USER_INFO = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@?#]{0,200}:([^\s/@?#]{1,200})@/gi;

const PASSWORD_NAMES = new Set(["password", "passwd", "passphrase", "pwd", "pass"]);
const SECRET_NAMES = new Set([
  "secret",
  "token",
  "credential",
  "credentials",
  "apikey",
  "accesskey",
  "privatekey",
  "secretkey",
]);
/** What makes a key a secret one. */
const KEY_QUALIFIERS = new Set(
  "access account api auth batch encryption master private secret shared signing storage".split(" "),
);
/** Words after the noun that leave it one: `SECRET_KEY_BASE`, `API_TOKEN_2`. */
const TRAILING_WORDS = /^(?:base|base64|default|dev|new|old|primary|prod|secondary|staging|string|value|\d+)$/;

const REFERENCE = /^(?:\$|%|\{\{|<|\[|\/|\.{1,2}\/|file:|vault:|op:|ref\+|secretref:|arn:|projects\/|sm:|ssm:)/i;
const NO_SECRET = /^(?:true|false|yes|no|null|none|nil|undefined|disabled|enabled|redacted|\*+|x{3,}|\.+|-+)$/i;
/** Names of objects and plain words, as Secrets are called by: `postgres-credentials`. */
const OBJECT_NAME = /^[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*$/;
const LONGEST = 65_536; // longer texts are files, not credentials

/** Whether a text contains something in a credential's own format, or a URL with a password. */
export function holdsCredential(text: string): boolean {
  if (text.length < 8) return false;
  const start = text.slice(0, LONGEST);
  if (FORMATS.some((format) => format.test(start))) return true;
  return start.includes("@") && [...start.matchAll(USER_INFO)].some(([, password = ""]) => isLiteral(password));
}

/** Whether a value is a credential because of the name it has: an environment variable's or a flag's. */
export function isNamedCredential(name: string, value: string): boolean {
  const kind = kindOfName(name);
  if (kind === undefined || !isLiteral(value)) return false;
  if (kind === "password") return true;
  return value.length >= 8 && !OBJECT_NAME.test(value) && !/^[a-z][a-z0-9+.-]*:\/\//i.test(value);
}

function isLiteral(value: string): boolean {
  return value.length >= 3 && !REFERENCE.test(value) && !NO_SECRET.test(value);
}

type CredentialKind = "password" | "secret" | undefined;

/** Names of variables come back in every pod. Bounded: when full, it starts anew. */
const kinds = new Map<string, CredentialKind>();
const MOST_NAMES = 10_000;

function kindOfName(name: string): CredentialKind {
  const known = kinds.get(name);
  if (known !== undefined || kinds.has(name)) return known;
  if (kinds.size >= MOST_NAMES) kinds.clear();
  const kind = readKind(name);
  kinds.set(ownCopy(name), kind); // what is remembered must not keep its document
  return kind;
}

function readKind(name: string): CredentialKind {
  const words = wordsOf(name);
  while (words.length > 1 && TRAILING_WORDS.test(words.at(-1) ?? "")) words.pop();
  const noun = words.at(-1) ?? "";
  if (PASSWORD_NAMES.has(noun) || noun.endsWith("password")) return "password"; // PGPASSWORD
  if (SECRET_NAMES.has(noun)) return "secret";
  return noun === "key" && KEY_QUALIFIERS.has(words.at(-2) ?? "") ? "secret" : undefined;
}

/** `dbPassword`, `DB_PASSWORD` and `db-password` are the same words. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
