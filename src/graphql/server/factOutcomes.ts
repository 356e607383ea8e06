import type { FactOutcome } from "../../intake/fact.ts";

/** A fact's outcome as JSON: positions are opaque texts, as everywhere in the API. */
export const outcomeJson = (outcome: FactOutcome) =>
  outcome.kind === "quarantined" ? outcome : { ...outcome, position: String(outcome.position) };

/** What became of many facts. `position` is the highest one told, null when none was stored as an event. */
export type FactTally = {
  accepted: number;
  duplicate: number;
  quarantined: number;
  position: string | null;
};

export type Tally = { readonly add: (outcome: FactOutcome) => void; readonly read: () => FactTally };

export function createTally(): Tally {
  const counts = { accepted: 0, duplicate: 0, quarantined: 0 };
  let highest = 0;
  return {
    add: outcome => {
      counts[outcome.kind] += 1;
      if (outcome.kind !== "quarantined" && outcome.position > highest) highest = outcome.position;
    },
    read: () => ({ ...counts, position: highest === 0 ? null : String(highest) }),
  };
}
