// The time of a request (RFC 3339, section 5.6) in UTC, in the one way of writing that sorts.

const MINUTE = "2026-11-25T02:48";
const FULL =
  /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(\.\d+)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** `undefined` for what is no such time. About 50 ns for times of the minute before. */
export type ReadTime = (text: string) => string | undefined;

export function createReadTime(): ReadTime {
  let lastMinute = "-";
  return (text) => {
    if (text.startsWith(lastMinute) && isUniversalTail(text)) return text;
    const read = readTime(text);
    if (read === text) lastMinute = text.slice(0, MINUTE.length);
    return read;
  };
}

/** `:49.123456Z`, after a minute that is known to be one. */
function isUniversalTail(text: string): boolean {
  const last = text.length - 1;
  if (text.charCodeAt(16) !== 58 || text.charCodeAt(last) !== 90 || last < 19) return false;
  if (text.charCodeAt(17) > 53 || (last > 19 && (text.charCodeAt(19) !== 46 || last === 20))) return false;
  for (let at = 17; at < last; at++) {
    const unit = text.charCodeAt(at);
    if ((unit < 48 || unit > 57) && at !== 19) return false;
  }
  return true;
}

function readTime(text: string): string | undefined {
  const [, year, month, day, hour, minute, second, fraction = "", zone = ""] = FULL.exec(text) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(`${year}-${month}-01T00:00:00Z`);
  const days = Number(day);
  date.setUTCDate(days);
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== days) return undefined; // no such month, or day of it
  const isUniversal = zone === "Z" || zone === "z";
  if (isUniversal) return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`;
  const offset = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * (zone.startsWith("-") ? -1 : 1);
  date.setUTCMinutes(Number(hour) * 60 + Number(minute) - offset);
  const shifted = date.toISOString();
  return shifted.length === 24 ? `${shifted.slice(0, 17)}${second}${fraction}Z` : undefined; // years of four digits
}
