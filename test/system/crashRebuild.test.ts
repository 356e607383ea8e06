import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { currentGeneration, flipTo, generationFile } from "../../src/adapters/embedded/readModels/generations.ts";
import { openProduct } from "../../src/compose.ts";
import { drawFor } from "../../src/demo/draw.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { expectEqualToReplay } from "./crashSupport/expectEqualToReplay.ts";
import { expectWholeLog } from "./crashSupport/expectWholeLog.ts";
import { fillStore } from "./crashSupport/filledStore.ts";
import { killedProcess } from "./crashSupport/killedProcess.ts";
import { withLog } from "./crashSupport/readLog.ts";
import type { RebuildWord } from "./crashSupport/rebuildOrder.ts";
import { seed } from "./crashSupport/seed.ts";
import { storeConfig } from "./crashSupport/storeConfig.ts";
import { verified } from "./crashSupport/verified.ts";

const rounds = Math.ceil(Number(process.env.C360_KILL_ROUNDS ?? 30) / 5);

const generationFiles = (folder: string): string[] =>
  readdirSync(folder).filter(name => /^readmodels-\d+\.db$/.test(name));

/** Opens the store, catches up, verifies, closes. @returns the generation in use */
async function openedAndVerified(folder: string): Promise<number> {
  const product = await openProduct(storeConfig(folder), "the end of a crash test");
  try {
    expect(await product.backend.readModels.waitFor(product.head(), 60_000)).toBe(true);
    expect(await verified(product.backend.operations)).toMatchObject({ state: "done", matches: true });
    return (await product.projector()).generation;
  } finally {
    await product.close();
  }
}

const filled = mkdtempSync(join(tmpdir(), "c360-filled-"));
beforeAll(() => fillStore(filled, { seed, customers: 10, months: 3, factsPerCustomer: 40 }));
afterAll(() => rmSync(filled, { recursive: true }));

function copyOfFilled(): string {
  const folder = tempFolder();
  cpSync(filled, folder, { recursive: true });
  return folder;
}

describe("a rebuild killed at any moment", () => {
  test(`leaves the old read models or the new ones, whole (${rounds} rounds on one store)`, async () => {
    const folder = copyOfFilled();
    const draw = drawFor(seed, 7);

    for (let round = 0; round < rounds; round += 1) {
      const before = currentGeneration(folder)!;
      const bank = { seed: seed + 1 + round, customers: 20, months: 3, factsPerCustomer: 40 };
      const done = draw.int(0, 3);
      const words = await killedProcess<RebuildWord>(
        "rebuildProcess.ts",
        { folder, bank },
        { isReached: ({ length }) => length > done, afterMs: draw.int(0, 250) },
      );
      const flips = words.filter(({ kind }) => kind === "rebuilt").length;
      expect(currentGeneration(folder)).toBeOneOf([before + flips, before + flips + 1]);
      await withLog(folder, async log => {
        const { length } = await expectWholeLog(log);
        expect(await expectEqualToReplay(folder, log)).toBeLessThanOrEqual(length);
      });
    }

    const generation = await openedAndVerified(folder);
    expect(generationFiles(folder)).toEqual([`readmodels-${generation}.db`]);
  });
});

describe("a flip to a new generation cut off", () => {
  const twoGenerations = (): string => {
    const folder = copyOfFilled();
    copyFileSync(generationFile(folder, 1), generationFile(folder, 2));
    return folder;
  };

  test("before the pointer's draft was written: the old one is in use and the new one is gone", async () => {
    const folder = twoGenerations();
    writeFileSync(join(folder, "readmodels.current.new"), "");
    expect(await openedAndVerified(folder)).toBe(1);
    expect(generationFiles(folder)).toEqual(["readmodels-1.db"]);
  });

  test("before the draft took the pointer's place: still the old one", async () => {
    const folder = twoGenerations();
    writeFileSync(join(folder, "readmodels.current.new"), "2\n");
    expect(await openedAndVerified(folder)).toBe(1);
    expect(generationFiles(folder)).toEqual(["readmodels-1.db"]);
  });

  test("before the old one was removed: the new one is in use and the old one is gone", async () => {
    const folder = twoGenerations();
    flipTo(folder, 2);
    expect(await openedAndVerified(folder)).toBe(2);
    expect(generationFiles(folder)).toEqual(["readmodels-2.db"]);
  });
});
