import { expect } from "vitest";
import { testWithServers } from "./availability.ts";
import { askTables, readTables } from "./yaml-tables.ts";

const MINUTES = 60_000;

testWithServers(
  "the recorded YAML tables are what Kubernetes' own reading answers",
  async () => {
    const recorded = readTables();
    expect(recorded.scalars.length).toBeGreaterThan(500);
    expect(recorded.documents.length).toBeGreaterThan(300);
    const asked = await askTables(recorded);
    expect(asked.scalars).toEqual(recorded.scalars);
    expect(asked.documents).toEqual(recorded.documents);
  },
  { components: ["yaml-scalars"], timeout: 10 * MINUTES },
);
