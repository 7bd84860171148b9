// The catalogues are spread into one: a key that two of them have would lose one of its sentences.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const FOLDER = join(import.meta.dirname, "catalogues");

test.each(["en", "zh-CN"])("no two catalogues have one key, in %s", async (language) => {
  const parts = readdirSync(FOLDER).filter((name) => name.endsWith(`.${language}.ts`));
  const keys = await Promise.all(
    parts.map(async (name) => {
      const module = (await import(join(FOLDER, name))) as Readonly<Record<string, object>>; // catalogues alone
      return Object.values(module).flatMap((catalogue) => Object.keys(catalogue));
    }),
  );
  const all = keys.flat();
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
});
