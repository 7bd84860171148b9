// The text of a kubeconfig to its values, as kubectl's parser of YAML 1.1 reads them, with the line of each field.

import { EVENT_ID, YAMLException } from "js-yaml";
import type { Locator } from "../../cluster/resource.ts";
import type { Path } from "../../kubernetes/path.ts";
import { constructYaml } from "../manifests/construct-yaml.ts";
import { createJsonLocator } from "../manifests/json-locator.ts";
import { positionAt } from "../manifests/line-positions.ts";
import { parseYaml } from "../manifests/parse-yaml.ts";
import { MOST_EXPANDED_NODES, type SourceDocument } from "../manifests/source-document.ts";
import { expandedSize } from "../manifests/yaml-events.ts";
import { createYamlLocator } from "../manifests/yaml-locator.ts";
import { apiError, firstLine } from "./api-error.ts";

export interface KubeconfigText {
  /** `undefined` when the file is empty. */
  readonly value: unknown;
  /** `FILE:LINE` of a field, or of the nearest one around it. */
  readonly placeOf: (path: Path) => string;
}

/** Throws `kubeconfig-invalid` for what is no YAML. */
export function readKubeconfigText(source: string, file: string): KubeconfigText {
  const document: SourceDocument = {
    kind: "document",
    file,
    format: "yaml",
    text: source,
    firstLine: 1,
    firstColumn: 1,
  };
  return readJson(document) ?? readYaml(document);
}

function readJson(document: SourceDocument): KubeconfigText | undefined {
  if (!/^\s*\{/.test(document.text)) return undefined;
  try {
    return located(document.file, JSON.parse(document.text), createJsonLocator(document));
  } catch {
    return undefined; // YAML's flow style may still read it, and says where it is broken
  }
}

function readYaml(document: SourceDocument): KubeconfigText {
  try {
    const { text, events, inserted } = parseYaml(document.text);
    if (expandedSize(text, events) > MOST_EXPANDED_NODES) throw invalid(document, 0, "its aliases expand too far");
    const values = constructYaml(text, events);
    const filled = values.flatMap((value, index) => (value === null ? [] : [index]));
    const roots = events.flatMap((event, index) => (event.type === EVENT_ID.DOCUMENT ? [index + 1] : []));
    const [first = 0, second] = filled;
    const parsed = inserted.size === 0 ? document : { ...document, text, inserted };
    const locate = (index: number): Locator => createYamlLocator(parsed, events, roots[index] ?? 0);
    if (second !== undefined) {
      const place = placeOf(document.file, locate(second), []);
      throw apiError("kubeconfig-invalid", { place, words: "a second document begins here" });
    }
    return located(document.file, values[first] ?? undefined, locate(first));
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    // Not the error itself: it quotes the lines around, and those may be credentials.
    throw invalid(document, error.mark?.position ?? 0, error.reason.replace(/"(?:[^"\\]|\\.)*"/g, '"…"'));
  }
}

function invalid(document: SourceDocument, offset: number, words: string): Error {
  const place = `${document.file}:${positionAt(document, offset).line}`;
  return apiError("kubeconfig-invalid", { place, words: firstLine(words) });
}

function located(file: string, value: unknown, locate: Locator): KubeconfigText {
  return { value, placeOf: (path) => placeOf(file, locate, path) };
}

function placeOf(file: string, locate: Locator, path: Path): string {
  const position = locate(path);
  return position === undefined ? file : `${file}:${position.line}`;
}
