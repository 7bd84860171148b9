// Scalars as kubectl reads them: the resolver of sigs.k8s.io/yaml (goyaml.v2/resolve.go), not YAML 1.2's core schema.
// `yes` is true, `0644` is 420, `1e3` is 1000, `12:30:45` and dates are strings.

export type Scalar = string | number | boolean | null;

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
]);
const LONGEST_WORD = 5;
const FIRST_OF_WORD = new Set([..."yYnNtTfFoO~"].map((character) => character.charCodeAt(0)));

/** A plain scalar without a tag. Throws RangeError for infinities and NaN, which JSON cannot hold. */
export function resolvePlain(source: string): Scalar {
  const first = source.charCodeAt(0);
  if (source === "") return null;
  if (FIRST_OF_WORD.has(first)) {
    if (source.length > LONGEST_WORD) return source;
    const word = WORDS.get(source);
    return word === undefined ? source : word;
  }
  const isNumeric = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  return isNumeric ? (readInteger(source) ?? readFloat(source) ?? source) : source;
}

const TAG_PREFIX = "tag:yaml.org,2002:";

/**
 * A scalar with an explicit tag (full name). `undefined` when the text does not fit the tag. Tags goyaml does not know
 * leave the text as it is.
 */
export function resolveTagged(tag: string, source: string): Scalar | undefined {
  switch (tag) {
    case `${TAG_PREFIX}null`:
      return WORDS.get(source) === null ? null : undefined;
    case `${TAG_PREFIX}bool`: {
      const word = WORDS.get(source);
      return typeof word === "boolean" ? word : undefined;
    }
    case `${TAG_PREFIX}int`:
      return readInteger(source);
    case `${TAG_PREFIX}float`:
      return readFloat(source) ?? readInteger(source);
    case `${TAG_PREFIX}binary`:
      return readBinary(source);
    case `${TAG_PREFIX}timestamp`: // goyaml keeps a timestamp the text it was when no Go type asks for a time
      return /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt ])/.test(source) ? source : undefined;
    default:
      return source;
  }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** `!!binary` decodes to the string of its bytes, as goyaml does. */
function readBinary(source: string): string | undefined {
  const text = source.replace(/[\r\n]/g, "");
  return BASE64.test(text) ? Buffer.from(text, "base64").toString("utf8") : undefined;
}

const HEX = /^([-+]?)0[xX]([0-9a-fA-F]+)$/;
const OCTAL = /^([-+]?)0[oO]?([0-7]+)$/;
const BINARY = /^([-+]?)0[bB]([01]+)$/;
const DECIMAL = /^([-+]?)(0|[1-9][0-9]*)$/;
const SAFE_DIGITS = 13; // fewer digits of any base up to 16 stay below 2^53
const LARGEST = 2n ** 64n - 1n;
const SMALLEST = -(2n ** 63n);

/** strconv.ParseInt, then ParseUint, of the text without underscores in base 0. Beyond 64 bits: `undefined`. */
function readInteger(source: string): number | undefined {
  const text = source.includes("_") ? source.replaceAll("_", "") : source;
  const decimal = DECIMAL.exec(text);
  if (decimal !== null) return inBase(decimal, "");
  if (text.charCodeAt(text.charCodeAt(0) === 0x30 ? 0 : 1) !== 0x30) return undefined;
  return inBase(HEX.exec(text), "0x") ?? inBase(BINARY.exec(text), "0b") ?? inBase(OCTAL.exec(text), "0o");
}

function inBase(match: RegExpExecArray | null, prefix: string): number | undefined {
  if (match === null) return undefined;
  const [, sign, digits = ""] = match;
  if (digits.length < SAFE_DIGITS) {
    const magnitude = Number(prefix + digits);
    return sign === "-" && magnitude !== 0 ? -magnitude : magnitude;
  }
  const exact = BigInt(prefix + digits) * (sign === "-" ? -1n : 1n);
  return exact >= SMALLEST && exact <= LARGEST ? Number(exact) : undefined;
}

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const WITHOUT_JSON_FORM = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

function readFloat(source: string): number | undefined {
  const hasSeparators = source.includes("_") && source[0] !== "."; // goyaml strips them only after a sign or digit
  const text = hasSeparators ? source.replaceAll("_", "") : source;
  if (FLOAT.test(text) && Number.isFinite(Number(text))) return Number(text);
  if (WITHOUT_JSON_FORM.test(source)) throw new RangeError(`${source} has no JSON form`);
  return undefined;
}
