// What became of an exception or an accepted gap in a run, counted while it goes.

export interface Usage {
  /** Findings or gaps it covered. */
  covered: number;
  /** Findings or gaps it would cover, had it not expired. */
  reopened: number;
  /** Whether any resource it is for was judged. */
  hasResource: boolean;
}
