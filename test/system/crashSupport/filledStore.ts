import { openProduct } from "../../../src/compose.ts";
import { generateBank } from "../../../src/demo/generateBank.ts";
import type { BankOptions } from "../../../src/demo/parameters.ts";
import type { Fact } from "../../../src/intake/fact.ts";
import { storeConfig } from "./storeConfig.ts";

/** Fills a folder with facts, shows all of them in the read models, and closes it. */
export async function fillStoreWith(folder: string, facts: readonly Fact[]): Promise<void> {
  const product = await openProduct(storeConfig(folder), "filling a store for a test");
  try {
    await product.backend.intake.submit({ format: "facts", facts }, { source: "crash-test" });
    if (!(await product.backend.readModels.waitFor(product.head(), 60_000)))
      throw new Error("the read models did not catch up");
  } finally {
    await product.close();
  }
}

export const fillStore = (folder: string, bank: BankOptions): Promise<void> =>
  fillStoreWith(folder, [...generateBank(bank)].flat());
