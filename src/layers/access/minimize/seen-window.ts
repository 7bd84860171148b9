// Which audit ids were seen lately, in memory that does not grow. A request appears once a stage (ResponseStarted and
// ResponseComplete of a watch), and again where files overlap; only counts depend on it, never what was used.

const SLOT_BITS = 18;

/**
 * Whether an id was seen and no other has taken its place since: each id has one of 262,144 places, so among the last
 * hundred thousand about two of three are remembered, among the last ten thousand 96 of 100. Two different ids are taken
 * for one once in 10¹⁵ pairs.
 */
export function createSeenWindow(): (auditId: string) => boolean {
  const places = new Int32Array(1 << SLOT_BITS);
  return (auditId) => {
    let place = 0x811c9dc5;
    let print = 0x2b5e1234;
    // FNV-1a, twice with different starts.
    for (let at = 0; at < auditId.length; at++) {
      const unit = auditId.charCodeAt(at);
      place = Math.imul(place ^ unit, 0x01000193);
      print = Math.imul(print ^ unit, 0x01000193) + 0x9e37;
    }
    const slot = place >>> (32 - SLOT_BITS);
    const fingerprint = print | 1; // an empty place is 0
    if (places[slot] === fingerprint) return true;
    places[slot] = fingerprint;
    return false;
  };
}
