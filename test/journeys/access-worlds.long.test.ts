import { expect } from "vitest";
import { testWithOracle } from "../oracles/oracle.ts";
import { askWorlds, WORLDS } from "./access-worlds.ts";

testWithOracle(WORLDS)(
  "every recorded answer of the real authorizer, through the program",
  async () => {
    expect(await askWorlds(1)).toEqual({ asked: 18_000, wrong: [] });
  },
  600_000,
);
