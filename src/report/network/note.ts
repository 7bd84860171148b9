// What was read, but not as written: one sentence with its place.

import type { NetworkDiagnostic } from "../../layers/network/diagnostic.ts";
import type { Catalogue } from "../catalogue.ts";
import { placeText, resourceText } from "../evidence-text.ts";
import { printable } from "../printable.ts";

export function noteText({ code, resource, path, arguments: values }: NetworkDiagnostic, catalogue: Catalogue): string {
  const { say } = catalogue;
  const words = { ...values, resource: resourceText(resource.id), code };
  const place = placeText(resource.locate(path));
  const text = ((): string => {
    switch (code) {
      case "cidr-host-bits":
      case "cidr-notation":
      case "rules-without-policy-type":
      case "failed-closed":
      case "unknown-field":
      case "invalid-name":
      case "domain-names":
        return say(`network.note-${code}`, words);
      default:
        return say("network.note-other", words);
    }
  })();
  return `${printable(text)}${place === "" ? "" : ` (${place})`}`;
}

/** As documents carry them. */
export function noteDocument(note: NetworkDiagnostic, catalogue: Catalogue): object {
  return { code: note.code, message: noteText(note, catalogue) };
}
