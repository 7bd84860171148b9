// Generated policies as YAML for review: stable order, and above every rule or peer what it is there for.

import type { GeneratedPolicy } from "../../layers/network/generate/generated-policy.ts";
import type { OwnerNote } from "../../layers/network/generate/owner-selector.ts";
import type { Catalogue } from "../catalogue.ts";
import { printable } from "../printable.ts";
import { wrap } from "../text/wrap.ts";
import { commentedYaml, type Comments } from "./commented-yaml.ts";
import { peerText, reasonsText } from "./need-text.ts";

const COMMENT_WIDTH = 110;

/** One document for each policy, with its `---`. */
export function* policiesYaml(policies: readonly GeneratedPolicy[], catalogue: Catalogue): Generator<string> {
  for (const policy of policies) {
    const head = headOf(policy, catalogue).flatMap(commentLines);
    yield `---\n${head.map((line) => `# ${printable(line)}\n`).join("")}${commentedYaml(policy.resource.object, commentsOf(policy, catalogue))}`;
  }
}

function headOf({ owner, namespace, leftOpen, resource }: GeneratedPolicy, catalogue: Catalogue): readonly string[] {
  const { say } = catalogue;
  if (owner === undefined)
    return [
      say(resource.id.kind === "NetworkPolicy" ? "generate.deny" : "generate.deny-pods", {
        namespace: printable(namespace),
      }),
    ];
  const lines = [printable(owner.id)];
  if (leftOpen.length > 0)
    lines.push(
      say(`generate.left-open-${leftOpen.length === 2 ? "both" : leftOpen[0] === "ingress" ? "ingress" : "egress"}`),
    );
  for (const note of owner.notes) lines.push(ownerNoteText(note, catalogue));
  return lines;
}

export function ownerNoteText(note: OwnerNote, { say }: Catalogue): string {
  const list = "workloads" in note ? note.workloads : note.keys;
  return say(`generate.note-${note.code}`, { list: list.map(printable).join(", ") });
}

function commentsOf({ rules }: GeneratedPolicy, catalogue: Catalogue): Comments {
  const comments = new Map<string, readonly string[]>();
  for (const { direction, index, entries, planned } of rules) {
    const side = direction === "ingress" ? "from" : "to";
    const said = new Set<unknown>();
    // Entries of one peer follow each other; a rule with one peer is explained as a whole.
    for (const [position, peer] of (entries.length === 0 ? planned.peers : entries).entries()) {
      if (said.has(peer)) continue;
      said.add(peer);
      const isAlone = planned.peers.length === 1;
      const path = `spec.${direction}.${index}${isAlone ? "" : `.${side}.${position}`}`;
      const reasons = reasonsText(peer.needs, catalogue);
      const text = `${peerText(peer.peer, catalogue)}${reasons === "" ? "" : `: ${reasons}`}`;
      comments.set(path, commentLines(text));
    }
  }
  return comments;
}

/** Most comments are short, and wrapping is what takes the time. No character is wider than two columns. */
function commentLines(text: string): readonly string[] {
  return text.length * 2 <= COMMENT_WIDTH || (text.length <= COMMENT_WIDTH && /^[ -~→]*$/.test(text))
    ? [text]
    : wrap(text, COMMENT_WIDTH);
}
