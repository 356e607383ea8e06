import { expect } from "vitest";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import type { Fact, FactOutcome } from "../../../src/intake/fact.ts";
import type { ImportWord } from "./importOrder.ts";

/** What was acknowledged so far: by index of the fact, each outcome ever told. */
export type ToldFacts = Map<number, FactOutcome[]>;

export function remember(told: ToldFacts, words: readonly ImportWord[]): void {
  for (const word of words)
    if (word.kind === "told")
      for (const [offset, outcome] of word.outcomes.entries()) {
        const outcomes = told.get(word.from + offset);
        if (outcomes === undefined) told.set(word.from + offset, [outcome]);
        else outcomes.push(outcome);
      }
}

/** Index of the first fact that was never told of. */
export function firstUntold(told: ToldFacts): number {
  let index = 0;
  while (told.has(index)) index += 1;
  return index;
}

/** Every acknowledged fact is in the log, where and as it was told. */
export function expectTold(events: readonly RecordedEvent[], facts: readonly Fact[], told: ToldFacts): void {
  const byId = new Map<string, RecordedEvent>(events.map(event => [event.eventId, event]));
  for (const [index, outcomes] of told) {
    const fact = facts[index]!;
    for (const outcome of outcomes)
      if (outcome.kind === "quarantined") {
        const kept = byId.get(outcome.quarantineId);
        expect(kept).toMatchObject({ type: "fact-quarantined", source: fact.source });
        expect(kept?.data).toMatchObject({ quarantineId: outcome.quarantineId, form: "fact", raw: fact });
        expect(codesOf(kept?.data.faults)).toEqual(codesOf(outcome.faults));
      } else
        expect(events[outcome.position - 1]).toMatchObject({
          position: outcome.position,
          eventId: outcome.eventId,
          source: fact.source,
          sourceEventId: fact.id,
          type: fact.type,
        });
  }
}

const codesOf = (faults: unknown): unknown[] => (faults as { code: string }[]).map(({ code }) => code);
