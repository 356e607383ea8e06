/**
 * What is counted of the facts of a source. accepted; duplicate: came again and changed nothing; delay: accepted, by how long
 * after it happened it came (`code` is a `Delay`); future: accepted, though it has yet to happen; flagged: accepted with an
 * oddity (`code`); quarantined; repaired, replayed, discarded: what became of quarantined ones; present: accepted with the
 * field; refused: quarantined with something wrong with the field; fault: the same by reason (`code`).
 */
export type QualityMeasure =
  | "accepted"
  | "duplicate"
  | "delay"
  | "future"
  | "flagged"
  | "quarantined"
  | "repaired"
  | "replayed"
  | "discarded"
  | "present"
  | "refused"
  | "fault";

/** The first that is not shorter than the delay; "more" beyond thirty days. */
export type Delay = "minute" | "hour" | "day" | "week" | "month" | "more";

/** One number of one day. `field` and `code` are "" where the measure has none, `factType` where the fact names none. */
export type QualityCount = {
  /** The UTC day on which it was recorded, counted from 1970-01-01. */
  readonly day: number;
  readonly source: string;
  readonly factType: string;
  readonly measure: QualityMeasure;
  /** A dotted path from the fact's root: "data.amount". */
  readonly field: string;
  readonly code: string;
  readonly count: number;
};

export const dayMs = 86_400_000;

/** Both days belong to the stretch. */
export type QualityQuery = {
  readonly source: string;
  readonly from: number;
  readonly to: number;
  /** whole: one number for all days, under the day `from`. */
  readonly grain: "day" | "whole";
};
export type QualitySource = { readonly source: string; readonly firstDay: number; readonly lastDay: number };
