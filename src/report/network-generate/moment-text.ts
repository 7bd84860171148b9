// A moment as text. The days of a civil calendar after Howard Hinnant's civil_from_days.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** `2026-11-25 03:04Z` of milliseconds since 1970. */
export function momentText(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY);
  const minutes = Math.floor((milliseconds - days * DAY) / MINUTE);
  return `${dayText(days)} ${digits(Math.floor(minutes / 60), 2)}:${digits(minutes % 60, 2)}Z`;
}

function dayText(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

function digits(number: number, length: number): string {
  return `${number}`.padStart(length, "0");
}
