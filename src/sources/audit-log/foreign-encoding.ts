// Text and archives that are no UTF-8 and no gzip, known by their first bytes, with the program that unpacks each.

export interface ForeignEncoding {
  readonly name: string;
  /** A command whose output is the text, as UTF-8. */
  readonly command: string;
}

const UTF_16: ForeignEncoding = { name: "UTF-16", command: "iconv -f UTF-16 -t UTF-8" };
const MARKS: readonly (readonly [ForeignEncoding, ...number[]])[] = [
  [UTF_16, 0xff, 0xfe],
  [UTF_16, 0xfe, 0xff],
  [{ name: "UTF-16", command: "iconv -f UTF-16LE -t UTF-8" }, 0x7b, 0x00],
  [{ name: "UTF-16", command: "iconv -f UTF-16BE -t UTF-8" }, 0x00, 0x7b],
  [{ name: "zstd", command: "zstd -dc" }, 0x28, 0xb5, 0x2f, 0xfd],
  [{ name: "xz", command: "xz -dc" }, 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  [{ name: "bzip2", command: "bzip2 -dc" }, 0x42, 0x5a, 0x68],
  [{ name: "zip", command: "unzip -p" }, 0x50, 0x4b, 0x03, 0x04],
];

export function foreignEncoding(head: Buffer): ForeignEncoding | undefined {
  return MARKS.find(([, ...bytes]) => bytes.every((byte, index) => head[index] === byte))?.[0];
}
