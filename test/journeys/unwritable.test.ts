// Where an answer cannot be written, that is said, and no exit code stands for an answer.

import { spawn } from "node:child_process";
import { existsSync, openSync, closeSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { REPOSITORY, ringwall, withFolder } from "./program.ts";

const FULL = "/dev/full";
const DEPLOYMENT = JSON.stringify({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    template: { spec: { containers: [{ name: "web", image: "web:1", securityContext: { privileged: true } }] } },
  },
});

describe.skipIf(!existsSync(FULL))(`with ${FULL}`, () => {
  test.each([["scan", "web.json"], ["scan", "web.json", "-o", "json"], ["permissions"]])(
    "%s %s to a full disk exits 2",
    async (...words) => {
      await withFolder({ "web.json": DEPLOYMENT }, async (directory) => {
        const full = openSync(FULL, "w");
        const child = spawn(process.execPath, [join(REPOSITORY, "dist/ringwall.js"), ...words], {
          cwd: directory,
          stdio: ["ignore", full, "pipe"],
        });
        let stderr = "";
        child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
        const code = await new Promise((resolve) => child.once("close", resolve));
        closeSync(full);
        expect([code, stderr]).toEqual([2, expect.stringMatching(/^ringwall: stdout cannot be written: ENOSPC.*\n$/)]);
      });
    },
  );
});

describe("dump", () => {
  const dump = (directory: string, ...words: readonly string[]) =>
    ringwall(["dump", "--server", "https://127.0.0.1:1", ...words], { directory });

  test.each([
    ["none/x.gz", "none/x.gz cannot be written: ENOENT"],
    ["folder", "folder cannot be written: EISDIR"],
    ["", '"" cannot be written: EISDIR'],
  ])("to %j says why it cannot be written, before any server is asked", async (output, message) => {
    await withFolder({ "folder/a": "" }, async (directory) => {
      const { code, stderr } = await dump(directory, "-o", output);
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    });
  });

  test("of a server that does not answer leaves what was there", async () => {
    await withFolder({ "old.gz": "old" }, async (directory) => {
      const { code, stderr } = await dump(directory, "-o", "old.gz");
      expect([code, stderr]).toEqual([3, expect.stringContaining("connection refused")]);
      expect(readdirSync(directory)).toEqual(["old.gz"]);
    });
  });
});
