import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import type { RecordedEvent } from "../../src/domain/event.ts";
import { createEngine } from "../../src/projections/engine.ts";
import type { TagChangeCause } from "../../src/projections/tags/stage/tagChange.ts";
import { createTagStage } from "../../src/projections/tags/stage/tagStage.ts";
import { createBankLog } from "./bankLog.ts";
import { bankTags } from "./definitions.ts";

export type LiveFigure = {
  readonly customers: number;
  readonly historyFacts: number;
  readonly tags: number;
  readonly factsPerSecond: number;
  readonly changesPerFact: number;
  readonly expiriesPerSecond: number;
  readonly fillFactsPerSecond: number;
  readonly fillOf50FactsPerSecond: number;
  readonly historyBytesPerCustomer: number;
  readonly valueBytesPerCustomer: number;
  readonly valueBytesPerTag: number;
};

/** One core: a bank's last days pass through the engine, event by event, with 200 tags kept up to date. */
export async function benchLiveTags(folder: string, customers: number, facts: number): Promise<LiveFigure> {
  const home = mkdtempSync(join(folder, "tags-"));
  const log = createBankLog(home, { customers }, Date.UTC(2025, 10, 1));
  const historyFacts = await log.writeHistory();
  const store = openReadModelStore(join(home, "readmodels.db"));
  const told = new Map<TagChangeCause, number>();
  const stage = createTagStage({
    tables: store.tags,
    observer: {
      ...{ placed: () => {}, gone: () => {}, filled: () => {}, atOnce: tell => tell(), relaid: () => {} },
      settled: changes => {
        for (const { cause } of changes) told.set(cause, (told.get(cause) ?? 0) + 1);
      },
    },
  });
  const upcast = (event: RecordedEvent): RecordedEvent => event;
  const engine = createEngine({ log: log.reader, store, upcast, stage });
  try {
    await engine.drain();
    const tags = bankTags();
    const timed = async (): Promise<number> => {
      const started = performance.now();
      await engine.drain();
      return performance.now() - started;
    };
    log.publish(tags.slice(0, 50));
    const first = await timed();
    log.publish(tags.slice(50));
    const rest = await timed();
    log.wait(facts);
    told.clear();
    const expiring = await timed();
    const expired = told.get("clock") ?? 0;
    const written = await log.writeBurst(facts);
    told.clear();
    const ms = await timed();
    const sizes = sizesIn(store.tags.customerCount(), store);
    return {
      ...{ customers, historyFacts, tags: tags.length },
      factsPerSecond: Math.round((written * 1000) / ms),
      changesPerFact: (told.get("fact") ?? 0) / written,
      expiriesPerSecond: Math.round((expired * 1000) / expiring),
      fillOf50FactsPerSecond: Math.round((historyFacts * 1000) / first),
      fillFactsPerSecond: Math.round((historyFacts * 1000) / rest),
      ...sizes,
    };
  } finally {
    store.close();
    log.close();
    rmSync(home, { recursive: true });
  }
}

function sizesIn(customers: number, { tags }: ReturnType<typeof openReadModelStore>) {
  let history = 0;
  let values = 0;
  for (let row = 0; row < customers; row += 1) {
    const stored = tags.history(row);
    history += (stored?.base.length ?? 0) + (stored?.tail.length ?? 0);
    values += tags.tagRow(row)?.length ?? 0;
  }
  return {
    historyBytesPerCustomer: Math.round(history / customers),
    valueBytesPerCustomer: Math.round(values / customers),
    valueBytesPerTag: values / customers / tags.slots().slots.length,
  };
}

/** Facts per second of a bank that is imported while the 200 tags are in force already. */
export async function benchImportIntoTags(folder: string, customers: number): Promise<number> {
  const home = mkdtempSync(join(folder, "tags-"));
  const log = createBankLog(home, { customers }, Date.UTC(2025, 10, 1));
  const store = openReadModelStore(join(home, "readmodels.db"));
  const engine = createEngine({ log: log.reader, store, upcast: (event: RecordedEvent) => event });
  try {
    log.publish(bankTags());
    await engine.drain();
    const facts = await log.writeHistory();
    const started = performance.now();
    await engine.drain();
    return Math.round((facts * 1000) / (performance.now() - started));
  } finally {
    store.close();
    log.close();
    rmSync(home, { recursive: true });
  }
}
