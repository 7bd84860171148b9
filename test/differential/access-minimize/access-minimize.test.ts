import { describe } from "vitest";
import { testReplay } from "./replay.ts";

describe("from a log at level Metadata", () => {
  testReplay({ auditLevel: "Metadata", withNecessity: false });
});
describe("from a log with bodies", () => {
  testReplay({ auditLevel: "RequestResponse", withNecessity: true });
});
