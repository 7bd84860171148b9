import fc from "fast-check";
import { expect, test } from "vitest";
import { dayBefore, isDay, isExpired } from "./exception.ts";

test.each([
  ["2027-01-31", true],
  ["2028-02-29", true],
  ["2027-02-29", false],
  ["2100-02-29", false],
  ["2000-02-29", true],
  ["2027-13-01", false],
  ["2027-00-10", false],
  ["2027-04-31", false],
  ["2027-1-1", false],
  ["2027-01-01T00:00:00Z", false],
  ["soon", false],
])("%s is a day: %s", (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test("days are those of the calendar, and so is the day before", () => {
  const noon = fc.date({
    min: new Date("1970-01-02T12:00:00Z"),
    max: new Date("9999-12-31T12:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(noon, (date) => {
      const day = date.toISOString().slice(0, 10);
      expect(isDay(day)).toBe(true);
      expect(dayBefore(day)).toBe(new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10));
    }),
    { seed: 4 },
  );
});

test("an exception holds on its last day, and not on the next", () => {
  expect(isExpired({ expires: "2026-06-01" }, "2026-06-01")).toBe(false);
  expect(isExpired({ expires: "2026-06-01" }, "2026-06-02")).toBe(true);
  expect(isExpired({}, "9999-12-31")).toBe(false);
});
