import { receiveMessageOnPort } from "node:worker_threads";
import type { ColumnsReader } from "./columns.ts";
import { idOfRow } from "./customerIds.ts";
import { createExclusion } from "./exclusion.ts";
import { at, openHeader } from "./header.ts";
import { readJournal } from "./journal.ts";
import { createLayout, foldEntry, type Layout } from "./layout.ts";
import { viewOf } from "./query/columnsView.ts";
import { createQueries } from "./query/createQueries.ts";
import { valueAt } from "./readValue.ts";
import { openShard, refreshViews } from "./shard.ts";
import type { SharedBlocks, SharedNews } from "./sharedBlocks.ts";

/** No thread but this one asks with it; the writer's is 0. */
const readingThread = 1;

/** The columns in a thread that does not write them. */
export function openColumns(shared: SharedBlocks): ColumnsReader {
  const header = openHeader(shared.header);
  const exclusion = createExclusion(header);
  const shards = shared.memories.map(openShard);
  const layout = createLayout();
  let journal = shared.journal;
  let epoch = -1;
  let followed = 0;
  const queries = createQueries(viewOf(header, layout, shards, readingThread));
  return {
    ask: (question, timeoutMs) =>
      exclusion.read(() => {
        follow();
        return question({
          queries,
          rows: () => header.numbers[at.rows] as number,
          customers: () => header.numbers[at.live] as number,
          reflects: () => ({ position: header.numbers[at.position] as number, at: header.numbers[at.time] as number }),
          typeOf: code => layout.byCode.get(code)?.type ?? null,
          idAt: row => idOfRow(shards, layout.ids, row),
          read: (code, row) => {
            const column = layout.byCode.get(code);
            if (column === undefined) throw new Error(`there is no column ${code}`);
            return valueAt(shards, column, row);
          },
          hasBits: name => layout.bits.has(name),
        });
      }, timeoutMs),
    close: () => shared.news.close(),
  };

  /** Takes note of what the writer has told since the last time; only while the writer is kept out. */
  function follow(): void {
    for (let news = receiveMessageOnPort(shared.news); news !== undefined; news = receiveMessageOnPort(shared.news)) {
      const message = news.message as SharedNews;
      if (message.kind === "memory") shards.push(openShard(message.memory));
      else journal = message.journal;
    }
    shards.forEach(refreshViews);
    const now = header.numbers[at.journalEpoch] as number;
    if (now !== epoch) {
      forget(layout);
      followed = 0;
      epoch = now;
    }
    const told = header.numbers[at.journalBytes] as number;
    for (const entry of readJournal(journal, followed, told)) foldEntry(layout, entry);
    followed = told;
  }
}

function forget(layout: Layout): void {
  layout.columns.clear();
  layout.byCode.clear();
  layout.bits.clear();
  layout.ids.length = 0;
  layout.live.length = 0;
}
