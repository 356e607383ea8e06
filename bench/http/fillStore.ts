import { openProduct } from "../../src/compose.ts";
import { generateBank } from "../../src/demo/generateBank.ts";
import { benchConfig } from "../importBank.ts";

export type AskedCustomer = {
  readonly id: string;
  readonly account: { readonly system: string; readonly id: string; readonly currency: string };
};

/** Fills a new store with a generated bank and gives up to `wanted` customers who hold an account there. */
export async function fillStore(folder: string, customers: number, wanted: number): Promise<AskedCustomer[]> {
  const { backend, head, close } = await openProduct(benchConfig(folder), "c360 bench");
  try {
    for (const facts of generateBank({ customers, seed: 5 }))
      await backend.intake.submit({ format: "facts", facts }, { source: "bench" });
    if (!(await backend.readModels.waitFor(head(), 600_000))) throw new Error("the read models did not catch up");
    const session = backend.readModels.open();
    const found = await session.customerList({ direction: "forward", limit: customers });
    session.release();
    return found
      .flatMap(({ customer: { id, accounts } }) => {
        const account = Object.values(accounts).find(({ status }) => status === "open");
        if (account === undefined) return [];
        return [{ id, account: { system: account.system, id: account.id, currency: account.currency ?? "CZK" } }];
      })
      .slice(0, wanted);
  } finally {
    await close();
  }
}
