// Splits the JSON of a list into the texts of its items while it arrives, so that no answer is ever one string. What is
// not an item (kind, metadata) is the envelope and stays small. Works on bytes: the characters that structure JSON are
// ASCII, and UTF-8 never uses those bytes inside another character, so chunks may end anywhere.

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const SPACE = 0x20;

const LARGEST_ENVELOPE_BYTES = 1_000_000;
const ITEMS_AHEAD = /"items"\s*:\s*\[$/;

export type SplitEnd =
  /** `envelope` is the list as text, with `items` empty. */
  | { readonly kind: "complete"; readonly envelope: string }
  | { readonly kind: "truncated" }
  /** Not the JSON of a list, or an envelope of more than a megabyte. */
  | { readonly kind: "malformed" };

export interface ItemSplitter {
  /** Calls `onItem` with the text of each item that ends in this chunk. */
  readonly push: (chunk: Uint8Array, onItem: (text: string) => void) => void;
  readonly end: () => SplitEnd;
}

/** Linear in the bytes pushed; holds at most one item and the envelope. Items are not checked: parsing them is. */
export function createItemSplitter(): ItemSplitter {
  const stretch = createStretch();
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let isMalformed = false;
  let envelope = "";
  /** Inside the `items` array, whose elements are at depth 2. */
  let isInItems = false;
  let hasItemBegun = false;
  let isItemDue = false;

  const push: ItemSplitter["push"] = (bytes, onItem) => {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { length } = chunk;
    let from = 0;
    for (let at = 0; at < length; at++) {
      let byte = chunk[at] as number; // at < length
      if (isInString) {
        if (isEscaped) {
          isEscaped = false;
          continue;
        }
        // Most of a list is text: a loop of its own is a third faster.
        while (byte !== QUOTE && byte !== BACKSLASH && ++at < length) byte = chunk[at] as number;
        if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isInString = false;
        continue;
      }
      if (byte <= SPACE) continue;
      if (isInItems && depth === 2 && (byte === COMMA || byte === CLOSE_BRACKET)) {
        const text = stretch.take(chunk, from, at);
        from = at + 1;
        if (hasItemBegun) onItem(text);
        else if (byte === COMMA || isItemDue) isMalformed = true;
        hasItemBegun = false;
        isItemDue = byte === COMMA;
        if (byte === COMMA) continue;
        isInItems = false;
        depth = 1;
        envelope += "]";
        continue;
      }
      if (isInItems) hasItemBegun = true;
      if (byte === QUOTE) isInString = true;
      else if (byte === OPEN_BRACE) depth++;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
      else if (byte === OPEN_BRACKET) {
        depth++;
        if (depth === 2 && !isInItems) {
          envelope += stretch.take(chunk, from, at + 1);
          from = at + 1;
          isInItems = ITEMS_AHEAD.test(envelope);
        }
      }
    }
    stretch.keep(chunk, from);
  };
  const isEnvelopeTooLarge = () => envelope.length + (isInItems ? 0 : stretch.bytes()) > LARGEST_ENVELOPE_BYTES;
  return {
    push: (chunk, onItem) => {
      if (!isMalformed) push(chunk, onItem);
      isMalformed ||= isEnvelopeTooLarge();
    },
    end: () => {
      if (isMalformed) return { kind: "malformed" };
      if (depth > 0 || isInString) return { kind: "truncated" };
      envelope += stretch.take(Buffer.alloc(0), 0, 0);
      // Nothing at all is an answer that was cut before it began.
      return envelope.trim() === "" ? { kind: "truncated" } : { kind: "complete", envelope };
    },
  };
}

/** A stretch of text that may have begun in earlier chunks. */
function createStretch() {
  let parts: Buffer[] = [];
  let bytes = 0;
  return {
    bytes: () => bytes,
    /** The stretch that ends before `to`; the next one begins empty. */
    take: (chunk: Buffer, from: number, to: number): string => {
      if (parts.length === 0) return chunk.toString("utf8", from, to);
      const text = Buffer.concat([...parts, chunk.subarray(from, to)]).toString("utf8");
      parts = [];
      bytes = 0;
      return text;
    },
    /** Copies the rest of a chunk, whose memory may be used again. */
    keep: (chunk: Buffer, from: number): void => {
      if (from >= chunk.length) return;
      parts.push(Buffer.from(chunk.subarray(from)));
      bytes += chunk.length - from;
    },
  };
}
