import { describe } from "vitest";
import { testReplay } from "./replay.ts";

describe("from a log at level Metadata", () => {
  testReplay({ auditLevel: "Metadata", withNecessity: true });
});
