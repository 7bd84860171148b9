// Which audit ids were seen lately, in memory that does not grow. A request appears once a stage (ResponseStarted and
// ResponseComplete of a watch), and again where files overlap; only counts depend on it, never what was used.

const GENERATION = 1 << 16;

/**
 * Whether an id was seen among the last 65,536 to 131,072 ids: two generations, of which the older is let go when the
 * newer is full. Of a UUID, 52 bits are kept: the odds that two of a window share them are one in 500,000.
 */
export function createSeenWindow(): (auditId: string) => boolean {
  let current = new Set<number>();
  let previous = new Set<number>();
  return (auditId) => {
    const id = numberOf(auditId);
    if (current.has(id) || previous.has(id)) return true;
    current.add(id);
    if (current.size >= GENERATION) {
      previous = current;
      current = new Set();
    }
    return false;
  };
}

/** FNV-1a over the text, twice with different starts, put together to 52 bits. */
function numberOf(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x2b5e1234;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x01000193) + 0x9e37;
  }
  return (high >>> 12) * 0x1_0000_0000 + (low >>> 0);
}
