// Signals while a command waits, and while it computes.

import { afterEach, expect, it, vi } from "vitest";
import { onInterrupt, whileComputing } from "./interrupts.ts";

const before = new Set(process.listeners("SIGINT"));
const added = () => process.listeners("SIGINT").filter((one) => !before.has(one));

afterEach(() => {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    for (const one of process.listeners(signal)) if (!before.has(one)) process.off(signal, one);
  vi.restoreAllMocks();
});

it("tells of the first signal and ends at the second", () => {
  const exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never); // it does not end the test
  let told = 0;
  onInterrupt(() => told++, 130);
  const [listener] = added();
  listener?.("SIGINT");
  expect([told, exit.mock.calls]).toEqual([1, []]);
  listener?.("SIGINT");
  expect([told, exit.mock.calls]).toEqual([1, [[130]]]);
});

it("hears nothing while it computes, so that a signal ends the process, and hears again afterwards", () => {
  onInterrupt(() => undefined, 130);
  expect(whileComputing(() => added().length)).toBe(0);
  expect(added()).toHaveLength(1);
  expect(() =>
    whileComputing(() => {
      throw new Error("of the work");
    }),
  ).toThrow("of the work");
  expect(added()).toHaveLength(1);
});
