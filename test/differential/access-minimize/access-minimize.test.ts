// The log with bodies says most; one at level Metadata is replayed by access-minimize.long.test.ts.

import { describe } from "vitest";
import { testReplay } from "./replay.ts";

describe("from a log with bodies", () => {
  testReplay({ auditLevel: "RequestResponse", withNecessity: true });
});
