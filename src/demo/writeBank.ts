import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { toCloudEvent } from "./cloudEvent.ts";
import { generateBank } from "./generateBank.ts";
import type { BankOptions } from "./parameters.ts";
import { type BankSummary, emptySummary } from "./summary.ts";

type Writing = {
  /** False leaves the stream open, for standard output. Default true. */
  readonly end?: boolean;
  /** Stops the writing; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after each batch with the counts so far. */
  readonly onProgress?: (soFar: BankSummary) => void;
};

/**
 * Writes a bank as CloudEvents NDJSON, UTF-8, one event a line, no faster than the stream takes it. Resolves with the
 * counts once everything is handed over; rejects when the stream fails or closes early.
 */
export async function writeBank(stream: Writable, options: BankOptions, writing: Writing = {}): Promise<BankSummary> {
  const summary = emptySummary();
  await pipeline(Readable.from(chunks(options, summary, writing)), stream, {
    end: writing.end ?? true,
    ...(writing.signal === undefined ? {} : { signal: writing.signal }),
  });
  return summary;
}

const linesPerChunk = 200;

// Async, because a synchronous generator cannot be stopped from within its own onProgress.
async function* chunks(options: BankOptions, summary: BankSummary, { onProgress }: Writing): AsyncGenerator<string> {
  for (const batch of generateBank(options, summary)) {
    for (let start = 0; start < batch.length; start += linesPerChunk) {
      let text = "";
      for (const fact of batch.slice(start, start + linesPerChunk)) text += `${JSON.stringify(toCloudEvent(fact))}\n`;
      yield text;
    }
    onProgress?.(summary);
  }
}
