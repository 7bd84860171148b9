// Options that may be given several times.

/** Each value as it was given: a comma belongs to it, as in file names. */
export function collectWhole(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
