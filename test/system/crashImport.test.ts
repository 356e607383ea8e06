import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { storePaths } from "../../src/adapters/embedded/storePaths.ts";
import { openProduct } from "../../src/compose.ts";
import { type Draw, drawFor } from "../../src/demo/draw.ts";
import { generateBank } from "../../src/demo/generateBank.ts";
import type { BankOptions } from "../../src/demo/parameters.ts";
import { emptySummary } from "../../src/demo/summary.ts";
import { expectEqualToReplay } from "./crashSupport/expectEqualToReplay.ts";
import { expectWholeLog } from "./crashSupport/expectWholeLog.ts";
import type { ImportOrder, ImportWord } from "./crashSupport/importOrder.ts";
import { killedProcess } from "./crashSupport/killedProcess.ts";
import { allEvents, withLog } from "./crashSupport/readLog.ts";
import { seed } from "./crashSupport/seed.ts";
import { storeConfig } from "./crashSupport/storeConfig.ts";
import { storyOf, undisturbedStory } from "./crashSupport/story.ts";
import { expectTold, firstUntold, remember, type ToldFacts } from "./crashSupport/toldFacts.ts";
import { verified } from "./crashSupport/verified.ts";

const rounds = Number(process.env.C360_KILL_ROUNDS ?? 30);
const roundsPerStore = 6;
const stores = Array.from({ length: Math.ceil(rounds / roundsPerStore) }, (_, store) => ({
  store,
  rounds: Math.min(roundsPerStore, rounds - store * roundsPerStore),
}));

const troubles = { late: 3000, reversed: 3000, reversedBeforeOriginal: 30_000, duplicate: 2000, bad: 3000 };

/** How the next importing process goes about it: rarely or always in the middle of something else. */
function nextOrder(folder: string, bank: BankOptions, told: ToldFacts, draw: Draw): ImportOrder {
  return {
    folder,
    bank,
    from: Math.max(0, firstUntold(told) - draw.int(0, 40)),
    batchSize: draw.pick([1, 7, 25, 60]),
    inFlight: draw.pick([1, 3, 8]),
    mergeEvery: draw.pick([5, 40, 300]),
    walLimit: draw.pick([1, 100_000, 64 * 2 ** 20]),
  };
}

/** The moment of the kill: while the store is being opened, or after so many answers; and some milliseconds later. */
function nextMoment(draw: Draw) {
  const opening = draw.chance(200);
  const answers = draw.int(1, 30);
  return {
    isReached: (words: readonly ImportWord[]) =>
      words.filter(({ kind }) => kind === (opening ? "starting" : "told")).length >= (opening ? 1 : answers),
    afterMs: opening ? draw.int(0, 1500) : draw.int(0, 15),
  };
}

describe.concurrent(`an import killed at any moment (${rounds} rounds)`, () => {
  test.for(stores)(
    "store $store, killed $rounds times, loses nothing it acknowledged and shows nothing torn",
    async ({ store, rounds }, { onTestFinished }) => {
      const folder = mkdtempSync(join(tmpdir(), "c360-kill-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const draw = drawFor(seed, store);
      const bank: BankOptions = { seed: seed + store, customers: 30, months: 6, factsPerCustomer: 60, troubles };
      const summary = emptySummary();
      const facts = [...generateBank(bank, summary)].flat();
      const told: ToldFacts = new Map();

      for (let round = 0; round < rounds; round += 1) {
        const order = nextOrder(folder, bank, told, draw);
        remember(told, await killedProcess<ImportWord>("importProcess.ts", order, nextMoment(draw)));
        if (told.size === 0 && !existsSync(storePaths(folder).events)) continue;
        await withLog(folder, async log => {
          const events = await expectWholeLog(log);
          expectTold(events, facts, told);
          expect((await expectEqualToReplay(folder, log)) ?? 0).toBeLessThanOrEqual(events.length);
        });
      }

      const product = await openProduct(storeConfig(folder), "the end of a crash test");
      try {
        const { intake, readModels } = product.backend;
        for (let from = firstUntold(told); from < facts.length; from += 500)
          await intake.submit({ format: "facts", facts: facts.slice(from, from + 500) }, { source: "crash-test" });
        expect(await readModels.waitFor(product.head(), 60_000)).toBe(true);
        expect(await verified(product.backend.operations)).toMatchObject({
          state: "done",
          matches: true,
          findings: [],
        });
        const session = readModels.open();
        const refused = await session.quarantine({ direction: "forward", limit: facts.length });
        session.release();
        expect(refused).toHaveLength(summary.expected.quarantined);
      } finally {
        await product.close();
      }
      const [story, undisturbed] = [await withLog(folder, allEvents).then(storyOf), await undisturbedStory(facts)];
      expect(story).toEqual(undisturbed);
    },
  );
});
