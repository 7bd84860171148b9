// Who set which field, kept as text until somebody asks: as objects, managedFields are half of a cluster's memory
// (54,000 objects: 378 MB of heap with them, 256 MB as text) and a third of the time to parse it, and only findings ever
// need them.

const KEY = '"managedFields":';
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Stands for what was cut out; metadata never has it otherwise. */
const CUT = 0;

/**
 * An object as JSON.parse reads it, but its managedFields, where the API server writes them, are still text. Throws
 * SyntaxError. Linear in the text.
 */
export function parseKeepingManagedFields(text: string): unknown {
  // A quote inside a string is escaped, so this is the name of a field; of which one, parsing tells.
  const from = text.indexOf(KEY) + KEY.length;
  const to = from < KEY.length || text.charCodeAt(from) !== OPEN_BRACKET ? -1 : endOfArray(text, from);
  if (to === -1) return JSON.parse(text);
  const value = JSON.parse(`${text.slice(0, from)}${CUT}${text.slice(to)}`) as Cut;
  if (value?.metadata?.managedFields !== CUT) return JSON.parse(text); // another field of the name
  value.metadata.managedFields = text.slice(from, to);
  return value;
}

/** Whatever JSON there is may be asked for these. */
type Cut = { readonly metadata?: { managedFields?: unknown } | null } | null;

/** Behind the bracket that closes the array begun at `from`; -1 when there is none. */
function endOfArray(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at);
    else if (unit === OPEN_BRACKET) depth++;
    else if (unit === CLOSE_BRACKET && --depth === 0) return at + 1;
  }
  return -1;
}

/** Of the quote that closes the string begun at `from`; the end of the text when there is none. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at++;
    else if (unit === QUOTE) return at;
  }
  return text.length;
}

/** Takes managedFields out of metadata that was just parsed and is the caller's own; returns them as JSON text. */
export function detachManagedFields(metadata: object | null | undefined): string | undefined {
  if (metadata == null || !("managedFields" in metadata)) return undefined;
  const { managedFields } = metadata;
  // The API server writes them last, and deleting the last property keeps the object's fast form.
  delete metadata.managedFields;
  if (typeof managedFields === "string") return managedFields;
  return managedFields == null ? undefined : JSON.stringify(managedFields);
}

/** The object with its managedFields back in place; without them when they are no JSON. */
export function attachManagedFields<T extends { readonly metadata?: object | null }>(
  object: T,
  managedFields: string | undefined,
): T {
  const value = managedFields === undefined ? undefined : parsed(managedFields);
  return value === undefined ? object : { ...object, metadata: { ...object.metadata, managedFields: value } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
