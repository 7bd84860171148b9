// The value of `-n`: a name that a namespace can have.

import { UsageError } from "./usage-error.ts";

/** An RFC 1123 label. Left empty by an unset variable, it must not become every namespace. */
export function namespaceName(text: string): string {
  const name = text.trim();
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name))
    throw new UsageError("error.namespace-name", { value: JSON.stringify(name) });
  return name;
}
