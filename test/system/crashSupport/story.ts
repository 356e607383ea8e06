import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import { type CustomerId, customerStream } from "../../../src/domain/ids.ts";
import { createIntake } from "../../../src/intake/createIntake.ts";
import type { Fact } from "../../../src/intake/fact.ts";
import { factCatalogue } from "../../../src/threads/factCatalogue.ts";
import { allEvents } from "./readLog.ts";

const derivedId = /\b[0-9a-z]{26}\b/g;

/**
 * What a log tells, in no order (facts refused for a reused id come after whatever happened to share their commit), and
 * with customers under the names that their sources gave them, as each log derives ids under a secret of its own.
 */
export function storyOf(events: readonly RecordedEvent[]): string[] {
  const names = new Map<string, string>();
  for (const { type, stream, data } of events)
    if (type === "identity-linked" && !names.has(stream)) names.set(stream, `${data.system} ${data.id}`);
  const named = (text: string): string =>
    text.replace(derivedId, id => names.get(customerStream(id as CustomerId)) ?? "a customer never heard of");
  return events
    .filter(({ type }) => type !== "source-observed") // what came again after a kill, and when, is the kill's story
    .map(({ stream, source, sourceEventId, type, occurredAt, data }) =>
      type === "fact-quarantined"
        ? JSON.stringify([stream, source, sourceEventId, type, data.form, data.raw])
        : named(JSON.stringify([stream, source, sourceEventId, type, occurredAt, data])),
    )
    .sort();
}

/** The story of the same facts where nothing went wrong on the way. */
export async function undisturbedStory(facts: readonly Fact[]): Promise<string[]> {
  const { writer, reader, vault } = createMemoryLog();
  const intake = createIntake({
    writer,
    reader,
    catalogue: factCatalogue(),
    secret: vault.secret("identity"),
    now: Date.now,
  });
  for (let from = 0; from < facts.length; from += 500)
    await intake.submit({ format: "facts", facts: facts.slice(from, from + 500) }, { source: "crash-test" });
  return storyOf(await allEvents(reader));
}
