// The laws over many random clusters each.

import { describe, expect, it } from "vitest";
import {
  changesStopChains,
  narrowingAddsNothing,
  removalAddsNothing,
  searchIsFixpoint,
  targetsAloneAreFoundTheSame,
  techniquesAgreeWithAccess,
} from "./laws.ts";

const MINUTES = 5 * 60_000;
const WORLDS = 1_000;

describe(`the attack graph, over ${WORLDS} random clusters`, () => {
  it(
    "gives nobody more when a binding goes",
    () => {
      removalAddsNothing(51001, WORLDS);
    },
    MINUTES,
  );

  it(
    "gives nobody more when a rule goes or loses a verb",
    () => {
      narrowingAddsNothing(52001, WORLDS);
    },
    MINUTES,
  );

  it(
    "says the same of targets where only those are asked about",
    () => {
      expect(targetsAloneAreFoundTheSame(56001, WORLDS)).toBeGreaterThan(WORLDS);
    },
    MINUTES,
  );

  it(
    "is searched to the plain fixpoint, with the fewest steps to each holding",
    () => {
      searchIsFixpoint(53001, WORLDS);
    },
    MINUTES,
  );

  it(
    "has no chain left once the proposed changes are made",
    () => {
      expect(changesStopChains(54001, WORLDS)).toBeGreaterThan(WORLDS);
    },
    MINUTES,
  );

  it(
    "takes no step that the access engine refuses, and leaves out none that it allows",
    () => {
      const { asked, gained } = techniquesAgreeWithAccess(55001, WORLDS);
      expect(asked).toBeGreaterThan(100 * WORLDS);
      expect(gained).toBeGreaterThan(WORLDS);
    },
    MINUTES,
  );
});
