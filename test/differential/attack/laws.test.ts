// The laws over a few random clusters each.

import { describe, expect, it } from "vitest";
import {
  changesStopChains,
  narrowingAddsNothing,
  removalAddsNothing,
  searchIsFixpoint,
  targetsAloneAreFoundTheSame,
  techniquesAgreeWithAccess,
} from "./laws.ts";

const WORLDS = 100;

describe(`the attack graph, over ${WORLDS} random clusters`, () => {
  it("gives nobody more when a binding goes", () => {
    removalAddsNothing(41001, WORLDS);
  });

  it("gives nobody more when a rule goes or loses a verb", () => {
    narrowingAddsNothing(42001, WORLDS);
  });

  it("is searched to the plain fixpoint, with the fewest steps to each holding", () => {
    searchIsFixpoint(43001, WORLDS);
  });

  it("has no chain left once the proposed changes are made", () => {
    expect(changesStopChains(44001, WORLDS)).toBeGreaterThan(WORLDS);
  });

  it("says the same of targets where only those are asked about", () => {
    expect(targetsAloneAreFoundTheSame(46001, WORLDS)).toBeGreaterThan(WORLDS);
  });

  it("takes no step that the access engine refuses, and leaves out none that it allows", () => {
    const { asked, gained } = techniquesAgreeWithAccess(45001, WORLDS);
    expect(asked).toBeGreaterThan(100 * WORLDS);
    expect(gained).toBeGreaterThan(WORLDS);
  });
});
