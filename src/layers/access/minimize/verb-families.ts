// Verbs that clients use together: informers list before they watch, and kubectl reads before it writes
// (liggitt/audit2rbac, pkg/process.go).

const WITH: ReadonlyMap<string, readonly string[]> = new Map([
  ["watch", ["get", "list"]],
  ["list", ["get", "watch"]],
  ["update", ["get", "patch"]],
  ["patch", ["get", "update"]],
]);

/** The verbs that go with one, without itself. */
export function verbFamily(verb: string): readonly string[] {
  return WITH.get(verb) ?? [];
}
