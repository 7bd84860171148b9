import { test } from "vitest";
import { readRandomWorlds, WRITTEN_FORMATS } from "./random-flows.fixture.ts";

for (const format of WRITTEN_FORMATS) {
  test(`${format}: in random worlds what is read is exactly what was connected`, () => readRandomWorlds(format, 40));
}
