// Stable identity of a finding: (rule, resource, evidence key). Not cryptographic: it names, it does not protect.

import { keyOf, type ResourceId } from "../cluster/resource-id.ts";

interface HashState {
  first: number;
  second: number;
  length: number;
}

let last: { readonly id: ResourceId; readonly state: Readonly<HashState> } | undefined;

/** 16 hexadecimal digits; equal for the same finding over files, Helm output and cluster. */
export function fingerprint(rule: string, id: ResourceId, key: string): string {
  // A resource has many findings, one after the other: its own part is hashed once.
  if (last?.id !== id) {
    const state = { first: 0x811c9dc5 | 0, second: 0x9e3779b1 | 0, length: 0 };
    mix(state, keyOf(id));
    last = { id, state };
  }
  const state = { ...last.state };
  mix(state, "\n");
  mix(state, rule);
  mix(state, "\n");
  mix(state, key);
  return hexadecimal(finish(state.first, state.length)) + hexadecimal(finish(state.second, state.length));
}

// MurmurHash3's 32-bit mixing (Austin Appleby, public domain), one UTF-16 unit at a time, with two seeds at once.
function mix(state: HashState, text: string): void {
  let { first, second } = state;
  for (let index = 0; index < text.length; index++) {
    let unit = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    unit = Math.imul((unit << 15) | (unit >>> 17), 0x1b873593);
    first ^= unit;
    first = (Math.imul((first << 13) | (first >>> 19), 5) + 0xe6546b64) | 0;
    second ^= unit;
    second = (Math.imul((second << 11) | (second >>> 21), 9) + 0x38b34ae5) | 0;
  }
  state.first = first;
  state.second = second;
  state.length += text.length;
}

function finish(hash: number, length: number): number {
  let mixed = hash ^ length;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function hexadecimal(value: number): string {
  return value.toString(16).padStart(8, "0");
}
