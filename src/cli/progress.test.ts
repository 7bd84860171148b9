import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createProgress } from "./progress.ts";
import type { Streams } from "./streams.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

function written(terminal: { readonly isTTY?: boolean; readonly columns?: number }, texts: readonly string[]): string {
  const stderr = Object.assign(new PassThrough(), terminal);
  const progress = createProgress({ stderr } as Partial<Streams> as Streams); // it looks at nothing else
  progress.show("too early");
  for (const text of texts) {
    vi.advanceTimersByTime(1001);
    progress.show(text);
    progress.show("too soon after it");
  }
  progress.done();
  return String(stderr.read() ?? "");
}

test("a terminal sees the newest line, cut to its width, and nothing in the end", () => {
  const line = "\r\u001B[K";
  expect(written({ isTTY: true, columns: 8 }, ["12345678", "123"])).toBe(`${line}1234567${line}123${line}`);
});

test("a terminal of no known width loses nothing", () => {
  for (const columns of [{}, { columns: 0 }])
    expect(written({ isTTY: true, ...columns }, ["586 · services + 5900"])).toContain("+ 5900");
});

test("work that is quick, and what is no terminal, see nothing", () => {
  expect(written({ isTTY: true }, [])).toBe("");
  expect(written({}, ["a", "b"])).toBe("");
});
