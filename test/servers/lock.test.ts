import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withLock } from "./lock.ts";

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "ringwall-lock-"))));
afterAll(() => rmSync(folder, { recursive: true }));

test("whoever holds the lock is alone", async () => {
  let inside = 0;
  const work = async (): Promise<void> => {
    expect(++inside).toBe(1);
    await setImmediate();
    inside--;
  };
  const path = join(folder, "alone.lock");
  await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
  expect(existsSync(path)).toBe(false);
});

test("the lock of a process that is gone is taken over", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const path = join(folder, "gone.lock");
  writeFileSync(path, String(pid));
  expect(await withLock(path, async () => "done")).toBe("done");
});

test("the lock is released when the work fails", async () => {
  const path = join(folder, "fails.lock");
  await expect(withLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(existsSync(path)).toBe(false);
});
