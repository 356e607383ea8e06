import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openProduct } from "../../src/compose.ts";
import { benchConfig } from "../importBank.ts";
import { registerContactable } from "./contactable.ts";
import { benchCampaign, launch } from "./launch.ts";

/** Decisions a second of one wave with every gate, from its start until the log tells that it is over. */
export async function benchWave(folder: string, customers: number): Promise<{ readonly decisionsPerSecond: number }> {
  const home = mkdtempSync(join(folder, "wave-"));
  const product = await openProduct(benchConfig(home), "c360 bench");
  const { log } = product.backend;
  try {
    await registerContactable(product, customers);
    const at = new Date(Date.now() + 4_000).toISOString();
    await launch(product, [benchCampaign("wave", { once: { at } })]);
    for (;;) {
      const [finished] = await log.read({ types: ["campaign-wave-finished"], limit: 1 });
      const [started] = await log.read({ types: ["campaign-wave-started"], limit: 1 });
      if (finished !== undefined && started !== undefined) {
        const { decided } = finished.data as { readonly decided: number };
        return { decisionsPerSecond: Math.round((decided * 1000) / (finished.recordedAt - started.occurredAt)) };
      }
      await wait(20);
    }
  } finally {
    await product.close();
    rmSync(home, { recursive: true });
  }
}
