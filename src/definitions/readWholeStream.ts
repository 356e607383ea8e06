import type { RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";

const atOnce = 500;

/** All events of a stream, oldest first. */
export async function readWholeStream(log: Pick<LogReader, "readStream">, stream: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await log.readStream({ stream, from: events.length, limit: atOnce });
    events.push(...page);
    if (page.length < atOnce) return events;
  }
}
