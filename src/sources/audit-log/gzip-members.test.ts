import { randomBytes } from "node:crypto";
import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gzipMembers, type GzipFault } from "./gzip-members.ts";

async function read(bytes: Buffer, chunkBytes = 1 << 20): Promise<{ text: string; fault: GzipFault | undefined }> {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, index) =>
    bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  );
  const members = gzipMembers(
    (async function* () {
      yield* chunks;
    })(),
  );
  const parts: Buffer[] = [];
  for (;;) {
    const next = await members.next();
    if (next.done === true) return { text: Buffer.concat(parts).toString(), fault: next.value };
    parts.push(next.value);
  }
}

const TEXT = Array.from({ length: 300 }, (_, index) => `line ${index}\n`).join("");
const GZIP = gzipSync(TEXT);
/** With an extra field, a name, a comment and a checksum of the header. */
const FULL = Buffer.concat([
  Buffer.from([0x1f, 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3]),
  Buffer.from("audit.log\0a comment\0"),
  Buffer.from([0, 0]),
  deflateRawSync(TEXT),
  GZIP.subarray(-8),
]);

test.each([1, 7, 1 << 20])("members one after the other are one text, in chunks of %i bytes", async (chunkBytes) => {
  for (const bytes of [GZIP, FULL, Buffer.concat([GZIP, FULL, gzipSync(""), GZIP])]) {
    const { text, fault } = await read(bytes, chunkBytes);
    expect([text.length % TEXT.length, text.slice(-TEXT.length), fault]).toEqual([0, TEXT, undefined]);
  }
});

test("wherever it is cut, what was inflated is given, and the cut is told", async () => {
  for (let length = 2; length < FULL.length; length++) {
    const { text, fault } = await read(FULL.subarray(0, length));
    expect([TEXT.startsWith(text), fault]).toEqual([true, { kind: "cut" }]);
  }
  expect((await read(GZIP.subarray(0, -1))).text).toBe(TEXT);
  expect((await read(Buffer.concat([GZIP, GZIP.subarray(0, 5)]))).fault).toEqual({ kind: "cut" });
});

describe("after the last member", () => {
  test.each([1, 3, 9, 40_000])("%i foreign bytes are counted and nothing is lost", async (count) => {
    const { text, fault } = await read(Buffer.concat([GZIP, Buffer.alloc(count, "x")]));
    expect([text, fault]).toEqual([TEXT, { kind: "foreign", bytes: count }]);
  });

  test("zeros are padding", async () => {
    expect(await read(Buffer.concat([GZIP, Buffer.alloc(40_000)]))).toEqual({ text: TEXT, fault: undefined });
  });
});

test("damage is told with its place, and what came long before it is given", async () => {
  const noise = Array.from({ length: 4 }, () => randomBytes(40_000).toString("base64")).join("\n");
  const bytes = gzipSync(noise);
  bytes.fill(0xff, bytes.length - 20_000, bytes.length - 10_000);
  const { text, fault } = await read(bytes);
  expect(fault).toMatchObject({ kind: "damaged" });
  expect(text.length).toBeGreaterThan(noise.length / 2);
  const wrong = Buffer.from(GZIP);
  wrong[wrong.length - 8] = (wrong.at(-8) ?? 0) ^ 1;
  expect(await read(wrong)).toMatchObject({ text: TEXT, fault: { kind: "damaged", detail: expect.any(String) } });
  expect(await read(Buffer.from([0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 0, 0]))).toMatchObject({
    fault: { kind: "damaged" },
  });
});
