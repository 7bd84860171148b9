// Names that the API server takes for policies: a DNS-1123 subdomain (k8s.io/apimachinery pkg/api/validation
// NameIsDNSSubdomain), or a prefix of one that it completes.

import type { Resource } from "../../cluster/resource.ts";
import type { Notes } from "./diagnostic.ts";

const SUBDOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const LONGEST_NAME = 253;

/** Without a name an object is refused. A name that is none is said, and the policy read: what it means is clear. */
export function checkName({ object }: Resource, notes: Notes): void {
  const { name, generateName } = object.metadata ?? {};
  const whole = name || (generateName ? `${generateName}x` : ""); // what follows a prefix is letters and digits
  if (whole.length <= LONGEST_NAME && SUBDOMAIN.test(whole)) return;
  notes.add(whole === "" ? "refused" : "warning", "invalid-name", ["metadata", "name"], { value: name ?? "" });
}
