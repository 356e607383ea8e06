import { openProduct } from "../../../src/compose.ts";
import { generateBank } from "../../../src/demo/generateBank.ts";
import type { BankOptions } from "../../../src/demo/parameters.ts";
import type { Fact } from "../../../src/intake/fact.ts";
import { storeConfig } from "./storeConfig.ts";

/** Fills a folder with a bank, shows all of it in the read models, and closes it. @returns the facts */
export async function fillStore(folder: string, bank: BankOptions): Promise<Fact[]> {
  const facts = [...generateBank(bank)].flat();
  const product = await openProduct(storeConfig(folder), "filling a store for a test");
  try {
    await product.backend.intake.submit({ format: "facts", facts }, { source: "crash-test" });
    if (!(await product.backend.readModels.waitFor(product.head(), 60_000)))
      throw new Error("the read models did not catch up");
  } finally {
    await product.close();
  }
  return facts;
}
