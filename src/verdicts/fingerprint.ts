// Stable identity of a finding: (rule, resource, evidence key). Not cryptographic: it names, it does not protect.

import { keyOf, type ResourceId } from "../cluster/resource-id.ts";

/** 16 hexadecimal digits; equal for the same finding over files, Helm output and cluster. */
export function fingerprint(rule: string, id: ResourceId, key: string): string {
  const text = `${rule}\n${keyOf(id)}\n${key}`;
  return hash32(text, 0x811c9dc5) + hash32(text, 0x9e3779b1);
}

// MurmurHash3's 32-bit mixing (Austin Appleby, public domain), one UTF-16 unit at a time.
function hash32(text: string, seed: number): string {
  let hash = seed;
  for (let index = 0; index < text.length; index++) {
    let unit = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    unit = (unit << 15) | (unit >>> 17);
    hash ^= Math.imul(unit, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, "0");
}
