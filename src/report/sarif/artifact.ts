// File names as SARIF artifact locations: relative URIs below %SRCROOT%, absolute file URIs, percent-encoded (RFC 3986).

import type { ResourceId } from "../../cluster/resource-id.ts";
import { printable } from "../printable.ts";

export interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId?: string;
  readonly description?: { readonly text: string };
}

/** The folder the program was started in; upload actions take it for the root of the checkout. */
export const SOURCE_ROOT = "%SRCROOT%";
/** Objects read from an API server: no files, but every result needs a place. */
export const CLUSTER_ROOT = "%CLUSTER%";

export function fileLocation(file: string): ArtifactLocation {
  if (file === "-") return { uri: "stdin", description: { text: "standard input" } };
  if (/^[A-Za-z]:[\\/]/.test(file)) return { uri: `file:///${file.slice(0, 2)}${encodePath(slashes(file.slice(2)))}` };
  if (file.startsWith("/")) return { uri: `file://${encodePath(file)}` };
  return { uri: encodePath(file.replace(/^(?:\.\/+)+/, "")), uriBaseId: SOURCE_ROOT };
}

export function objectLocation({ kind, namespace, name }: ResourceId): ArtifactLocation {
  const segments = namespace === "" ? [kind, name] : [namespace, kind, name];
  return { uri: segments.map(encodeSegment).join("/"), uriBaseId: CLUSTER_ROOT };
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}

function encodePath(path: string): string {
  return path.split("/").map(encodeSegment).join("/");
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed());
}

/** A name in a message: visible control characters, and nothing a viewer would take for a link or a placeholder. */
export function messageText(text: string): { readonly text: string } {
  return {
    text: printable(text)
      .replace(/\[(?=[^\]]*\]\()/g, "\\[")
      .replace(/\{(\d+)\}/g, "{{$1}}"),
  };
}
