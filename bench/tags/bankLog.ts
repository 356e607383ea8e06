import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createKeyVault } from "../../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../../src/adapters/embedded/log/createLogReader.ts";
import { createLogWriter } from "../../src/adapters/embedded/log/createLogWriter.ts";
import { generateBank } from "../../src/demo/generateBank.ts";
import { neighbourhoodSize } from "../../src/demo/neighbourhood.ts";
import type { BankOptions } from "../../src/demo/parameters.ts";
import type { NewEvent } from "../../src/domain/event.ts";
import type { LogReader } from "../../src/domain/eventLog.ts";
import type { EventId } from "../../src/domain/ids.ts";
import { type Instant, parseInstant } from "../../src/domain/instant.ts";
import type { JsonObject } from "../../src/domain/json.ts";
import { type TagDefinition, tagStream } from "../../src/domain/tag/definition.ts";
import { createIntake } from "../../src/intake/createIntake.ts";
import type { Fact } from "../../src/intake/fact.ts";
import { factCatalogue } from "../../src/threads/factCatalogue.ts";

/** A generated bank's log, written in stretches: what lies behind it, definitions, and its life from then on. */
export type BankLog = {
  readonly reader: LogReader;
  /**
   * The facts before `from` of the next so many customers (of all that are left, where no number is given) as an import brings
   * them, neighbourhood by neighbourhood, at 10,000 a second; of these types only, where any are given. How many there were.
   */
  readonly writeHistory: (customers?: number, types?: readonly string[]) => Promise<number>;
  readonly publish: (definitions: readonly TagDefinition[]) => void;
  /** The first facts from then on, each recorded in the minute in which it occurred. */
  readonly writeLife: (facts: number) => Promise<number>;
  /** Time goes on until so many of the facts to come have occurred. */
  readonly wait: (facts: number) => void;
  /** The next facts at 10,000 a second, as after a break of the feed: time hardly goes on. */
  readonly writeBurst: (facts: number) => Promise<number>;
  readonly close: () => void;
};

const minute = 60_000;
const factsPerMs = 10;
const importBatch = 1000;

/** What occurs at or after `until` is left out: of a large bank there is no room to remember more than the next days. */
export function createBankLog(
  folder: string,
  options: Omit<BankOptions, "seed">,
  from: Instant,
  until: Instant = Number.POSITIVE_INFINITY,
): BankLog {
  const vault = createKeyVault(join(folder, "keys.db"), "write");
  const writer = createLogWriter(join(folder, "events.db"), vault);
  const reader = createLogReader(join(folder, "events.db"), vault);
  let now = from;
  const intake = createIntake({
    ...{ writer, reader, catalogue: factCatalogue(), secret: vault.secret("identity") },
    ...{ now: () => now, maxFutureMs: 400 * 24 * 60 * minute },
  });
  const bank = generateBank({ seed: 7, ...options });
  const later: { readonly at: Instant; readonly fact: Fact }[] = [];
  const submit = async (facts: readonly Fact[]): Promise<void> => {
    await intake.submit({ format: "facts", facts }, { source: "bench" });
    writer.maintain();
  };

  return {
    reader,
    writeHistory: async (customers = options.customers, types) => {
      const before = writer.head();
      let past: Fact[] = [];
      const flush = async (): Promise<void> => {
        now += past.length / factsPerMs;
        await submit(past);
        past = [];
      };
      for (let told = 0; told < customers; told += neighbourhoodSize) {
        const { value: facts, done } = bank.next();
        if (done) break;
        for (const fact of facts) {
          const at = parseInstant(String(fact.occurredAt)) ?? 0;
          if (at < from && types?.includes(fact.type) === false) continue;
          if (at < from) past.push(fact);
          else if (at < until) later.push({ at, fact });
          if (past.length === importBatch) await flush();
        }
      }
      if (past.length > 0) await flush();
      later.sort((a, b) => a.at - b.at);
      return writer.head() - before;
    },
    publish: definitions => {
      const requests = definitions.map(definition => ({
        writes: [
          {
            stream: tagStream(definition.code),
            expected: "any" as const,
            events: [
              newEvent("tag-drafted", { version: 1, definition } as unknown as JsonObject, now),
              newEvent("tag-published", { version: 1 }, now),
            ],
          },
        ],
      }));
      writer.append(requests, now);
    },
    writeLife: async limit => {
      const before = writer.head();
      let batch: Fact[] = [];
      let of = 0;
      for (const { at, fact } of later.splice(0, limit)) {
        if (Math.floor(at / minute) !== of && batch.length > 0) {
          now = Math.max(now, (of + 1) * minute);
          await submit(batch);
          batch = [];
        }
        of = Math.floor(at / minute);
        batch.push(fact);
      }
      if (batch.length > 0) {
        now = Math.max(now, (of + 1) * minute);
        await submit(batch);
      }
      return writer.head() - before;
    },
    wait: facts => {
      now = later[facts]?.at ?? later.at(-1)?.at ?? now;
      writer.append(
        [{ writes: [{ stream: "clock", expected: "any", events: [newEvent("clock-ticked", {}, now)] }] }],
        now,
      );
    },
    writeBurst: async limit => {
      const before = writer.head();
      const facts = later.splice(0, limit);
      for (let first = 0; first < facts.length; first += factsPerMs) {
        now += 1;
        await submit(facts.slice(first, first + factsPerMs).map(({ fact }) => fact));
      }
      return writer.head() - before;
    },
    close: () => {
      reader.close();
      writer.close();
      vault.close();
    },
  };
}

const newEvent = (type: string, data: JsonObject, occurredAt: Instant): NewEvent => ({
  ...{ eventId: randomUUID() as EventId, type, schemaVersion: 1, occurredAt, data, personal: null, flags: [] },
  ...{ actor: { kind: "service", id: "bench" }, source: "bench", sourceEventId: null },
  ...{ correlationId: null, causationId: null, corrects: null },
});
