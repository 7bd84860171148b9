import fc from "fast-check";
import { expect, test } from "vitest";
import { createReadTime } from "./event-time.ts";

test.each([
  ["2026-11-25T02:48:49Z", "2026-11-25T02:48:49Z"],
  ["2026-11-25T02:48:49.123456Z", "2026-11-25T02:48:49.123456Z"],
  ["2026-11-25t02:48:49.5z", "2026-11-25T02:48:49.5Z"],
  ["2026-11-25T02:48:49.123456+02:00", "2026-11-25T00:48:49.123456Z"],
  ["2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00Z"],
  ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"],
  ["2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"],
])("%s is a time", (text, time) => {
  expect(createReadTime()(text)).toBe(time);
});

test.each([
  "yesterday",
  "2026-11-25",
  "2026-11-25 02:48:49",
  "2026-11-25T02:48:49",
  "2026-11-25T02:48:49.Z",
  "2026-11-25T02:48:4Z",
  "2026-11-25T02:48:61Z",
  "2026-11-25T24:00:00Z",
  "2026-02-29T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-00-00T00:00:00Z",
  "2026-11-25T02:48:49+24:00",
  "1764038929",
  "2026-11-25T02:48:49Z\n",
  "0000-01-01T00:00:00+01:00",
])("%j is none", (text) => {
  const read = createReadTime();
  expect(read(text)).toBeUndefined();
  read("2026-11-25T02:48:00Z"); // its minute is known from here on
  expect(read(text)).toBeUndefined();
});

test("a minute that was seen before changes no answer", () => {
  const tail = fc.string({ unit: fc.constantFrom(..."0123456789.:Zz+-"), maxLength: 8 });
  fc.assert(
    fc.property(tail, (end) => {
      const text = `2026-11-25T02:48${end}`;
      const read = createReadTime();
      read("2026-11-25T02:48:00Z");
      expect(read(text)).toBe(createReadTime()(text));
    }),
    { numRuns: 5000, seed: 8 },
  );
});
