import type { LogWriter } from "../src/domain/eventLog.ts";
import { sampleEvents } from "./sampleEvents.ts";

/** Fills a log with sample events, a thousand to a commit. */
export function fillLog(writer: LogWriter & { readonly maintain: () => void }, seed: number, events: number): void {
  const source = sampleEvents(seed);
  for (let done = 0; done < events; done += 1000) {
    const requests = Array.from({ length: 1000 }, () => {
      const { stream, event } = source.next().value;
      return { writes: [{ stream, expected: "any" as const, events: [event] }] };
    });
    writer.append(requests, 1_700_000_000_000 + done);
    writer.maintain();
  }
}
