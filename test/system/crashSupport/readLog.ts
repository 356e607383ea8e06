import { createKeyVault } from "../../../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../../../src/adapters/embedded/log/createLogReader.ts";
import { storePaths } from "../../../src/adapters/embedded/storePaths.ts";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import type { LogReader } from "../../../src/domain/eventLog.ts";

/** Looks into the log of a folder nobody has open, as it lies there. */
export async function withLog<Answer>(folder: string, look: (log: LogReader) => Promise<Answer>): Promise<Answer> {
  const { keys, events } = storePaths(folder);
  const vault = createKeyVault(keys, "read");
  try {
    const log = createLogReader(events, vault);
    try {
      return await look(log);
    } finally {
      log.close();
    }
  } finally {
    vault.close();
  }
}

/** Every event, each decoded and checked against the hash chain by the reader. */
export async function allEvents(log: Pick<LogReader, "read">): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await log.read({ after: events.at(-1)?.position ?? 0, limit: 1000 });
    events.push(...page);
    if (page.length < 1000) return events;
  }
}
