// Times as logs write them: RFC 3339, seconds or milliseconds since 1970.

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
/** Seconds of this many stand in the 23rd century; a greater number counts milliseconds. */
const MOST_SECONDS = 10_000_000_000;

let lastMinute = "";
let lastMinuteStart = Number.NaN;

/** Milliseconds since 1970; NaN for what is no time between 2000 and 2200. */
export function readTime(value: unknown): number {
  if (typeof value === "number") return plausible(value < MOST_SECONDS ? value * 1000 : value);
  if (typeof value !== "string" || value === "") return Number.NaN;
  if (/^\d{1,13}$/.test(value)) return readTime(Number(value));
  const isUniversal = value.charCodeAt(value.length - 1) === 0x5a && value.charCodeAt(16) === 0x3a;
  if (!isUniversal) return plausible(Date.parse(value));
  // Lines that follow one another are nearly always of one minute.
  if (!value.startsWith(lastMinute) || lastMinute === "") {
    lastMinute = value.slice(0, 16);
    lastMinuteStart = plausible(Date.parse(`${lastMinute}:00Z`));
  }
  const seconds = (value.charCodeAt(17) - 48) * 10 + value.charCodeAt(18) - 48;
  return seconds >= 0 && seconds <= 60 ? lastMinuteStart + seconds * 1000 : Number.NaN;
}

function plausible(time: number): number {
  return time >= EARLIEST && time < LATEST ? time : Number.NaN;
}
