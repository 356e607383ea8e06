import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openProduct } from "../../src/compose.ts";
import type { WaveRecord } from "../../src/projections/campaigns/stage/waves.ts";
import { benchConfig } from "../importBank.ts";
import { registerContactable } from "./contactable.ts";
import { benchCampaign, launch } from "./launch.ts";

/**
 * Decisions a second of one wave with every gate, from its start until the log tells that it is over. Its sends are handed over meanwhile as
 * far as decisions let them, and the rest of them afterwards, which is not part of the time.
 */
export async function benchWave(folder: string, customers: number): Promise<{ readonly decisionsPerSecond: number }> {
  const home = mkdtempSync(join(folder, "wave-"));
  const product = await openProduct(benchConfig(home), "c360 bench");
  const { readModels } = product.backend;
  try {
    await registerContactable(product, customers);
    const at = new Date(Date.now() + 4_000).toISOString();
    await launch(product, [benchCampaign("wave", { once: { at } })]);
    for (;;) {
      const session = readModels.open();
      const [row] = await session.campaignRows("waveLog", { limit: 1 });
      session.release();
      const wave = row === undefined ? null : (JSON.parse(row.text) as WaveRecord);
      if (wave?.finishedAt != null && wave.decided !== null)
        return { decisionsPerSecond: Math.round((wave.decided * 1000) / (wave.finishedAt - wave.startedAt)) };
      await wait(20);
    }
  } finally {
    await product.close();
    rmSync(home, { recursive: true });
  }
}
