import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { openReadModels } from "../../src/adapters/embedded/readModels/openReadModels.ts";
import { createMemoryLog } from "../../src/adapters/memory/createMemoryLog.ts";
import type { RecordedEvent } from "../../src/domain/event.ts";
import { customerStream } from "../../src/domain/ids.ts";
import { createCheckpointSignal } from "../../src/projections/checkpointSignal.ts";
import { createEngine } from "../../src/projections/engine.ts";
import type { ReadSession } from "../../src/projections/readModels.ts";
import { appendAll, customerId } from "../projections/support/facts.ts";
import { tempFolder } from "../support/tempFolder.ts";

const people = [customerId("ada"), customerId("bo")] as const;

function openBank(upcast: (event: RecordedEvent) => RecordedEvent = event => event) {
  const file = join(tempFolder(), "r.db");
  const store = openReadModelStore(file);
  const log = createMemoryLog({ logId: "log" });
  const signal = createCheckpointSignal();
  const engine = createEngine({ log: log.reader, store, upcast, onCommit: signal.publish });
  const readModels = openReadModels(file, signal);
  let facts = 0;
  return {
    engine,
    open: readModels.open,
    say: async (person: number, mood: string) => {
      facts += 1;
      const fact = { name: `f${facts}`, type: "customer-attributes-changed", occurredAt: facts };
      appendAll(log.writer, [
        { ...fact, stream: customerStream(people[person] as (typeof people)[0]), data: { attributes: { mood } } },
      ]);
      await engine.drain();
    },
    close: () => {
      readModels.close();
      store.close();
    },
  };
}

async function moods(session: ReadSession): Promise<unknown[]> {
  const views = await session.customers(people);
  return views.map(view => view?.customer.attributes.mood?.value ?? null);
}

test("each session keeps to its own snapshot, whatever others read of the same customers before and after", async () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant("say" as const), person: fc.nat(1) }),
    fc.record({ kind: fc.constantFrom("open" as const, "look" as const, "release" as const), which: fc.nat(4) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), async acts => {
      const bank = openBank();
      const said: (string | null)[] = [null, null];
      const open: { session: ReadSession; expected: unknown[] }[] = [];
      for (const [turn, next] of acts.entries()) {
        if (next.kind === "say") {
          said[next.person] = `mood ${turn}`;
          await bank.say(next.person, `mood ${turn}`);
        } else if (next.kind === "open") open.push({ session: bank.open(), expected: [...said] });
        else {
          const chosen = open[next.which];
          if (chosen !== undefined) expect(await moods(chosen.session)).toEqual(chosen.expected);
          if (next.kind === "release") for (const { session } of open.splice(next.which, 1)) session.release();
        }
      }
      for (const { session, expected } of open) {
        expect(await moods(session)).toEqual(expected);
        session.release();
      }
      bank.close();
    }),
    { numRuns: 60 },
  );
});

test("a customer mended at the very position they were stuck at is read anew", async () => {
  let broken = true;
  const bank = openBank(event => {
    if (broken) throw new Error("cannot be lifted");
    return event;
  });
  const look = async () => {
    const session = bank.open();
    const [view] = await session.customers(people);
    session.release();
    return [view?.degraded?.error ?? null, view?.customer.lastPosition, view?.customer.attributes.mood?.value];
  };
  await bank.say(0, "glad");
  expect(await look()).toEqual(["cannot be lifted", 1, undefined]);
  broken = false;
  expect(await bank.engine.retry(customerStream(people[0]))).toMatchObject({ kind: "recovered" });
  expect(await look()).toEqual([null, 1, "glad"]);
  bank.close();
});
