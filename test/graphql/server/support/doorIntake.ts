import type { EventId } from "../../../../src/domain/ids.ts";
import type { BatchContext, FactBatch, FactOutcome, Intake } from "../../../../src/intake/fact.ts";

type Answer = (batch: FactBatch) => Promise<readonly FactOutcome[]>;

/**
 * The intake's port in miniature: takes anything that is a JSON object with an id, knows an id it has seen, quarantines the
 * rest. A test may stand in its door (`gate`) to hold it up or to let it fail.
 */
export function createDoorIntake() {
  const seen = new Map<string, number>();
  const taken: { batch: FactBatch; context: BatchContext }[] = [];
  let gate: ((batch: FactBatch) => Promise<void>) | null = null;

  const one = (item: unknown): FactOutcome => {
    let event = item;
    if (typeof item === "string")
      try {
        event = JSON.parse(item);
      } catch {
        event = null;
      }
    const id = (event as { id?: unknown } | null)?.id;
    if (typeof id !== "string")
      return {
        kind: "quarantined",
        quarantineId: `q${taken.length}`,
        faults: [{ field: "id", code: "missing", message: "no id" }],
      };
    const eventId = id as EventId;
    const known = seen.get(id);
    if (known !== undefined) return { kind: "duplicate", position: known, eventId };
    const position = seen.size + 1;
    seen.set(id, position);
    return { kind: "accepted", position, eventId, customerId: null, flags: [] };
  };
  const answer: Answer = async batch => {
    const items = "lines" in batch ? batch.lines : "events" in batch ? batch.events : [];
    return items.map(one);
  };
  const intake: Intake = {
    submit: async (batch, context) => {
      taken.push({ batch, context });
      await gate?.(batch);
      return [...(await answer(batch))];
    },
    settle: async () => {
      throw new Error("nothing is settled here");
    },
  };
  return {
    intake,
    taken,
    seen,
    lines: () => taken.flatMap(({ batch }) => (batch.format === "cloudevents-lines" ? batch.lines : [])),
    standInTheDoor: (next: ((batch: FactBatch) => Promise<void>) | null) => {
      gate = next;
    },
  };
}
