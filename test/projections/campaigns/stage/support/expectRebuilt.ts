import { expect } from "vitest";
import { createMemoryReadModels } from "../../../../../src/adapters/memory/createMemoryReadModels.ts";
import type { RecordedEvent } from "../../../../../src/domain/event.ts";
import { digestOf } from "../../../../../src/projections/digest.ts";
import type { ReadModelStore } from "../../../../../src/projections/readModelStore.ts";
import { rebuild } from "../../../../../src/projections/rebuild.ts";
import { verifyReadModels } from "../../../../../src/projections/verifyReadModels.ts";
import type { CampaignBank } from "./campaignBank.ts";

const pacing = { upcast: (event: RecordedEvent) => event, now: () => 0 };

/** The read models that are kept are those that the log gives. Gives those. */
export async function expectRebuilt(bank: CampaignBank): Promise<ReadModelStore> {
  const { store } = createMemoryReadModels();
  const rebuilt = await rebuild({ ...pacing, log: bank.reader, generation: 2, makeStore: () => store });
  expect(rebuilt.digest).toBe(digestOf(bank.store.contents()));
  return store;
}

/** And a verification of them says so. */
export async function expectVerified(bank: CampaignBank): Promise<void> {
  const makeStore = () => createMemoryReadModels().store;
  const verdict = await verifyReadModels({ ...pacing, log: bank.reader, live: bank.store.contents(), makeStore });
  expect(verdict.kind).toBe("equal");
}
