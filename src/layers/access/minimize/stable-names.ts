// Whether an object's name will be the same tomorrow. A role that lists names made by a controller breaks with the next
// rollout.

/** Objects that controllers and clients make under names of their own. */
const GENERATED: ReadonlySet<string> = new Set([
  "/pods",
  "/events",
  "events.k8s.io/events",
  "apps/replicasets",
  "apps/controllerrevisions",
  "batch/jobs",
  "discovery.k8s.io/endpointslices",
  "certificates.k8s.io/certificatesigningrequests",
  "certificates.k8s.io/podcertificaterequests",
  "/persistentvolumes",
  "storage.k8s.io/volumeattachments",
  "resource.k8s.io/resourceslices",
]);

/** The letters of generateName and of pod template hashes (k8s.io/apimachinery/pkg/util/rand). */
const RANDOM_END = /-[bcdfghjklmnpqrstvwxz2456789]{5,10}$/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** `resource` without a subresource. */
export function isStableName(apiGroup: string, resource: string, name: string): boolean {
  if (GENERATED.has(`${apiGroup}/${resource}`) || UUID.test(name)) return false;
  const end = RANDOM_END.exec(name)?.[0] ?? "";
  return !/\d/.test(end); // words without a vowel exist (-db, -dns), with a digit in them hardly
}
