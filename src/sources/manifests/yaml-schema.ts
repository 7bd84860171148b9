// Scalars as kubectl reads them: the resolver of sigs.k8s.io/yaml (goyaml.v2/resolve.go), not YAML 1.2's core schema.
// `yes` is true, `0644` is 420, `1e3` is 1000, `12:30:45` and dates are strings.

import {
  FAILSAFE_SCHEMA,
  NOT_RESOLVED,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  mapTag,
  mergeTag,
  seqTag,
  strTag,
  type Schema,
} from "js-yaml";

const TRUE = new Set(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]);
const FALSE = new Set(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]);
const NULL = new Set(["", "~", "null", "Null", "NULL"]);

const PREFIX = "tag:yaml.org,2002:";

const nullTag = defineScalarTag<null>(`${PREFIX}null`, {
  implicit: true,
  implicitFirstChars: ["", "~", "n", "N"],
  resolve: (source) => (NULL.has(source) ? null : NOT_RESOLVED),
  identify: () => false,
});

const boolTag = defineScalarTag<boolean>(`${PREFIX}bool`, {
  implicit: true,
  implicitFirstChars: [..."yYnNtTfFoO"],
  resolve: (source) => (TRUE.has(source) ? true : FALSE.has(source) ? false : NOT_RESOLVED),
  identify: () => false,
});

const NUMBER_STARTS = [..."+-.0123456789"];

const intTag = defineScalarTag<number>(`${PREFIX}int`, {
  implicit: true,
  implicitFirstChars: [..."+-0123456789"],
  resolve: (source) => readInteger(source) ?? NOT_RESOLVED,
  identify: () => false,
});

const floatTag = defineScalarTag<number>(`${PREFIX}float`, {
  implicit: true,
  implicitFirstChars: NUMBER_STARTS,
  resolve: (source, isExplicit) => readFloat(source, isExplicit) ?? NOT_RESOLVED,
  identify: () => false,
});

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Explicit `!!binary` decodes to the string of its bytes, as goyaml does. */
const binaryTag = defineScalarTag<string>(`${PREFIX}binary`, {
  resolve: (source) => {
    const text = source.replace(/[\r\n]/g, "");
    const isPaddedInside = /=\s*\n\s*[^\s=]/.test(source);
    return BASE64.test(text) && !isPaddedInside ? Buffer.from(text, "base64").toString("utf8") : NOT_RESOLVED;
  },
  identify: () => false,
});

/** Explicit `!!timestamp` stays the text it was: goyaml keeps it a string when no Go type asks for a time. */
const timestampTag = defineScalarTag<string>(`${PREFIX}timestamp`, {
  resolve: (source) => (/^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt ])/.test(source) ? source : NOT_RESOLVED),
  identify: () => false,
});

// Tags goyaml does not know leave the node as it is: a scalar stays text, a collection a collection.
const anyTag = { matchByTagPrefix: true, identify: () => false } as const;
const UNKNOWN_TAGS = ["!", "tag:"].flatMap((prefix) => [
  defineScalarTag<string>(prefix, { ...anyTag, resolve: (source) => source }),
  defineSequenceTag<unknown[]>(prefix, { ...anyTag, create: seqTag.create, addItem: seqTag.addItem }),
  defineMappingTag<Record<string, unknown>>(prefix, {
    ...anyTag,
    create: mapTag.create,
    addPair: mapTag.addPair,
    has: mapTag.has,
    keys: mapTag.keys,
    get: mapTag.get,
  }),
]);

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
  return (
    inBase(DECIMAL.exec(text), "") ??
    inBase(HEX.exec(text), "0x") ??
    inBase(BINARY.exec(text), "0b") ??
    inBase(OCTAL.exec(text), "0o")
  );
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

function readFloat(source: string, isExplicit: boolean): number | undefined {
  const hasSeparators = source.includes("_") && source[0] !== "."; // goyaml strips them only after a sign or digit
  const text = hasSeparators ? source.replaceAll("_", "") : source;
  if (FLOAT.test(text) && Number.isFinite(Number(text))) return Number(text);
  if (WITHOUT_JSON_FORM.test(source)) throw new RangeError(`${source} has no JSON form`);
  return isExplicit ? readInteger(source) : undefined;
}

export const KUBERNETES_SCHEMA: Schema = FAILSAFE_SCHEMA.withTags(
  strTag,
  seqTag,
  mapTag,
  nullTag,
  boolTag,
  intTag,
  floatTag,
  binaryTag,
  timestampTag,
  mergeTag,
  UNKNOWN_TAGS,
);
