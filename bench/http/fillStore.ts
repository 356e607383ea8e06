import { openProduct } from "../../src/compose.ts";
import { generateBank } from "../../src/demo/generateBank.ts";
import { benchConfig } from "../importBank.ts";

/** Fills a new store with a generated bank and gives the ids of up to `wanted` customers who hold an account there. */
export async function fillStore(folder: string, customers: number, wanted: number): Promise<string[]> {
  const { backend, head, close } = await openProduct(benchConfig(folder), "c360 bench");
  try {
    for (const facts of generateBank({ customers, seed: 5 }))
      await backend.intake.submit({ format: "facts", facts }, { source: "bench" });
    if (!(await backend.readModels.waitFor(head(), 600_000))) throw new Error("the read models did not catch up");
    const session = backend.readModels.open();
    const found = await session.customerList({ direction: "forward", limit: customers });
    session.release();
    const holders = found.filter(({ customer }) => Object.keys(customer.accounts).length > 0);
    return holders.slice(0, wanted).map(({ customer }) => customer.id);
  } finally {
    await close();
  }
}
