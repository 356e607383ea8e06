import { expect } from "vitest";
import { currentGeneration, generationFile } from "../../../src/adapters/embedded/readModels/generations.ts";
import { openReadModelContents } from "../../../src/adapters/embedded/readModels/openReadModels.ts";
import { createMemoryReadModels } from "../../../src/adapters/memory/createMemoryReadModels.ts";
import type { LogReader } from "../../../src/domain/eventLog.ts";
import { identityPolicy } from "../../../src/intake/identityPolicyFile.ts";
import { createPersonalPaths } from "../../../src/intake/personalPaths.ts";
import { createUpcaster } from "../../../src/intake/upcaster.ts";
import { verifyReadModels } from "../../../src/projections/verifyReadModels.ts";
import { factCatalogue } from "../../../src/threads/factCatalogue.ts";

const catalogue = factCatalogue();
const upcast = createUpcaster(catalogue);
const isPersonal = createPersonalPaths(catalogue);

/**
 * The read models in use, as they lie in the folder, are exactly those of a replay up to their checkpoint.
 * @returns that checkpoint; null where no generation is in use yet
 */
export async function expectEqualToReplay(folder: string, log: LogReader): Promise<number | null> {
  const generation = currentGeneration(folder);
  if (generation === null) return null;
  const { contents, close } = openReadModelContents(generationFile(folder, generation));
  try {
    const makeStore = () => createMemoryReadModels().store;
    const { matching } = identityPolicy(folder);
    const verdict = await verifyReadModels({ log, live: contents, makeStore, upcast, matching, isPersonal });
    expect(verdict).toMatchObject({ kind: "equal" });
    return verdict.position;
  } finally {
    close();
  }
}
