// A Pod Security label that cannot be read, worded as API validation does
// (k8s.io/apimachinery/pkg/util/validation/field).

import { quoteGo } from "../go-text.ts";

export interface LabelError {
  readonly label: string;
  readonly value: string;
  /** What the value must be, e.g. `must be "latest" or "v1.x"`. */
  readonly expected: string;
}

/** `metadata.labels[…]: Invalid value: "…": must be …` */
export function formatLabelError({ label, value, expected }: LabelError): string {
  return `metadata.labels[${label}]: Invalid value: ${quoteGo(value)}: ${expected}`;
}

/** One error as it is, several in brackets. */
export function formatLabelErrors(errors: readonly LabelError[]): string {
  const texts = errors.map(formatLabelError);
  return texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`;
}

export function areSameLabelErrors(a: readonly LabelError[], b: readonly LabelError[]): boolean {
  return a.length === b.length && formatLabelErrors(a) === formatLabelErrors(b);
}
