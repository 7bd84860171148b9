import { expect } from "vitest";
import { testWithServers } from "../servers/availability.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { allVersions, compareRemovals } from "./api-removals-comparison.ts";

const controlPlane = sharedControlPlane(allVersions());

testWithServers("a real server warns of the API versions we call deprecated, and of no others", async () => {
  const { differences, served, warned } = await compareRemovals(controlPlane());
  expect(differences).toEqual([]);
  expect(served).toBeGreaterThan(10);
  expect(warned).toBeGreaterThan(5);
});
