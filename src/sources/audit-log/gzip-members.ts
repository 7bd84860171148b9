// A gzip file member by member (RFC 1952), so that what was inflated before a cut, a damage or foreign bytes is kept:
// zlib's own reading of several members gives nothing of the write that fails.

import { once } from "node:events";
import { constants, crc32, createInflateRaw } from "node:zlib";

/** Why the rest of a file is missing. Bytes are those of the compressed file. */
export type GzipFault =
  | { readonly kind: "cut" }
  | { readonly kind: "foreign"; readonly bytes: number }
  | { readonly kind: "damaged"; readonly at: number; readonly detail: string };

const MAGIC = [0x1f, 0x8b, 0x08] as const;
const [HEADER_BYTES, TRAILER_BYTES] = [10, 8];
const [HEADER_CHECKSUM, EXTRA, NAME, COMMENT] = [2, 4, 8, 16] as const;
/** What a failing write loses is a part of so much. */
const SLICE_BYTES = 16 * 1024;
const OUTPUT_BYTES = 1 << 20;

export function isGzip(head: Buffer): boolean {
  return head[0] === MAGIC[0] && head[1] === MAGIC[1];
}

/** Yields what is inflated; returns why it ended early. Throws only what the chunks throw. */
export async function* gzipMembers(chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer, GzipFault | undefined> {
  const input = createInput(chunks);
  for (let members = 0; ; members++) {
    if (!(await input.has(1))) return members === 0 ? { kind: "cut" } : undefined;
    const start = input.position();
    const header = await readHeader(input);
    if (header === "foreign") return members === 0 ? damaged(start, "no gzip header") : foreignRest(input);
    if (header === "cut") return { kind: "cut" };
    const fault = yield* inflateMember(input);
    if (fault !== undefined) return fault;
  }
}

async function* inflateMember(input: Input): AsyncGenerator<Buffer, GzipFault | undefined> {
  const inflate = createInflateRaw({ chunkSize: OUTPUT_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  const state: { inflated: Buffer[]; checksum: number; length: number; isEnded: boolean; error?: Error } = {
    inflated: [],
    checksum: 0,
    length: 0,
    isEnded: false,
  };
  inflate.on("data", (part: Buffer) => {
    state.inflated.push(part);
    state.checksum = crc32(part, state.checksum);
    state.length += part.length;
  });
  inflate.on("error", (reason) => (state.error = reason));
  const ended = once(inflate, "end").then(
    () => void (state.isEnded = true),
    () => undefined, // told by the listener above
  );
  try {
    while (!state.isEnded) {
      const slice = await input.peek(SLICE_BYTES);
      if (slice.length === 0) return { kind: "cut" };
      const before = inflate.bytesWritten;
      await Promise.race([new Promise<void>((resolve) => void inflate.write(slice, () => resolve())), ended]);
      // The end of the deflated data is told by an event of its own, a turn later.
      if (inflate.bytesWritten - before < slice.length && state.error === undefined) await ended;
      const at = input.position();
      input.take(inflate.bytesWritten - before);
      yield* state.inflated;
      state.inflated = [];
      if (state.error !== undefined) return damaged(at, state.error.message);
    }
  } finally {
    inflate.destroy();
  }
  if (!(await input.has(TRAILER_BYTES))) return { kind: "cut" };
  const at = input.position();
  const trailer = await input.peek(TRAILER_BYTES);
  input.take(TRAILER_BYTES);
  const isWhole = trailer.readUInt32LE(0) === state.checksum && trailer.readUInt32LE(4) === state.length % 2 ** 32;
  return isWhole ? undefined : damaged(at, "checksum or length differs");
}

/** Passes over the header of a member: ten bytes, then what its flags announce. */
async function readHeader(input: Input): Promise<"read" | "cut" | "foreign"> {
  const head = await input.peek(HEADER_BYTES);
  if (head.some((byte, index) => index < MAGIC.length && byte !== MAGIC[index])) return "foreign";
  if (!(await input.has(HEADER_BYTES))) return "cut";
  const flags = head[3] ?? 0;
  input.take(HEADER_BYTES);
  if ((flags & EXTRA) !== 0) {
    if (!(await input.has(2))) return "cut";
    const length = (await input.peek(2)).readUInt16LE(0);
    if (!(await input.has(2 + length))) return "cut";
    input.take(2 + length);
  }
  for (const flag of [NAME, COMMENT]) if ((flags & flag) !== 0 && !(await passText(input))) return "cut";
  if ((flags & HEADER_CHECKSUM) !== 0) {
    if (!(await input.has(2))) return "cut";
    input.take(2);
  }
  return "read";
}

/** A text that ends in a zero byte. */
async function passText(input: Input): Promise<boolean> {
  for (;;) {
    const part = await input.peek(SLICE_BYTES);
    if (part.length === 0) return false;
    const end = part.indexOf(0);
    input.take(end === -1 ? part.length : end + 1);
    if (end !== -1) return true;
  }
}

/** Zeros are padding, as of tapes and blocks; anything else was appended by mistake. */
async function foreignRest(input: Input): Promise<GzipFault | undefined> {
  let bytes = 0;
  let isPadding = true;
  for (;;) {
    const part = await input.peek(SLICE_BYTES);
    if (part.length === 0) return isPadding ? undefined : { kind: "foreign", bytes };
    bytes += part.length;
    isPadding &&= part.every((byte) => byte === 0);
    input.take(part.length);
  }
}

function damaged(at: number, detail: string): GzipFault {
  return { kind: "damaged", at, detail };
}

interface Input {
  /** Whether so many bytes are left. */
  readonly has: (bytes: number) => Promise<boolean>;
  /** Up to so many of the next bytes, none at the end. Fewer only where a chunk ends and `has` was not asked. */
  readonly peek: (bytes: number) => Promise<Buffer>;
  readonly take: (bytes: number) => void;
  readonly position: () => number;
}

function createInput(chunks: AsyncIterator<Buffer>): Input {
  let rest = Buffer.alloc(0) as Buffer;
  let taken = 0;
  const has = async (bytes: number): Promise<boolean> => {
    while (rest.length < bytes) {
      const next = await chunks.next();
      if (next.done === true) return false;
      rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
    }
    return true;
  };
  return {
    has,
    peek: async (bytes) => {
      await has(Math.min(bytes, HEADER_BYTES));
      return rest.subarray(0, bytes);
    },
    take: (bytes) => {
      rest = rest.subarray(bytes);
      taken += bytes;
    },
    position: () => taken,
  };
}
