import { expect, test } from "vitest";
import { credentialWords, faultyWord, wordsOf, type Word } from "./command-line.ts";

const viewOf = (
  command: readonly (string | null)[] | null,
  args?: readonly string[],
): Parameters<typeof wordsOf>[0] => ({
  kind: "regular",
  name: "a",
  path: ["containers", 0],
  container: { command, ...(args && { args }) },
});
const words = (...texts: readonly string[]): readonly Word[] =>
  texts.map((text, index) => ({ field: ["args", index], text }));

test("command comes before arguments, each with its field", () => {
  expect(wordsOf(viewOf(["sh", null], ["-c"])).map(({ field, text }) => [...field, text])).toEqual([
    ["command", 0, "sh"],
    ["command", 1, ""],
    ["args", 0, "-c"],
  ]);
});

test.each([
  [["--password=hunter2"], [0]],
  [["--user", "shop", "--password", "hunter2"], [3]],
  [["-c", "PGPASSWORD=hunter2 psql -h db"], [1]],
  [["-c", "psql --password 'hunter2'"], [1]],
  [["postgres://shop:hunter2@db/shop"], [0]],
  [["--password=$(DB_PASSWORD)", "--password-file=/run/secrets/db", "--token-ttl=24h"], []],
  [["--password", "--verbose"], []],
])("%j holds credentials at %j", (texts, at) => {
  expect(credentialWords(words(...texts)).map(({ field }) => field[1])).toEqual(at);
});

test("a word with a credential in it is not shown", () => {
  const isSudo = (text: string): boolean => text.includes("sudo");
  expect(faultyWord(viewOf(["sudo", "x"]), isSudo)).toEqual({ field: ["command", 0] });
  expect(faultyWord(viewOf(["sh", "-c", "sudo mount --password=hunter2"]), isSudo)).toEqual({
    field: ["command", 2],
    isRedacted: true,
  });
  expect(faultyWord(viewOf(null), isSudo)).toBeUndefined();
});
