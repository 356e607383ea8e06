import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openProduct } from "../src/compose.ts";
import { loadConfig } from "../src/config.ts";
import { writeBank } from "../src/demo/writeBank.ts";
import { importFacts } from "../src/intake/files/importFacts.ts";
import { planCloudEvents, readCloudEvents } from "../src/intake/files/readCloudEvents.ts";

export type ImportFigure = {
  readonly facts: number;
  readonly seconds: number;
  readonly factsPerSecond: number;
  /** How long after the last acknowledgement the last fact was visible, in milliseconds. */
  readonly lastVisibleAfterMs: number;
};

export function benchConfig(dataDir: string) {
  const config = loadConfig({ C360_DATA_DIR: dataDir, C360_PORT: "0", C360_LOG_LEVEL: "silent" });
  if (!config.ok) throw new Error("the bench's configuration is refused");
  return config.value;
}

/** Writes a generated bank as CloudEvents NDJSON, as an upstream system would hand it over. */
export async function bankFile(folder: string, customers: number): Promise<string> {
  const file = join(folder, `bank-${customers}.ndjson`);
  await writeBank(createWriteStream(file), { seed: 5, customers });
  return file;
}

/** End to end: a file is read, validated, made durable and visible in profiles; from an empty store, without start-up. */
export async function benchImport(folder: string, customers: number): Promise<ImportFigure> {
  const home = mkdtempSync(join(folder, "import-"));
  const file = await bankFile(home, customers);
  const product = await openProduct(benchConfig(join(home, "store")), "c360 bench");
  try {
    const plan = await planCloudEvents([file]);
    if (!plan.ok) throw new Error("the generated file cannot be read");
    const started = performance.now();
    const summary = await importFacts(readCloudEvents(plan.value), product.backend.intake, { source: "bench" });
    const acknowledged = performance.now();
    if (!(await product.backend.readModels.waitFor(product.head(), 600_000)))
      throw new Error("the read models did not catch up");
    const visible = performance.now();
    const seconds = (visible - started) / 1000;
    return {
      facts: summary.read,
      seconds,
      factsPerSecond: Math.round(summary.read / seconds),
      lastVisibleAfterMs: Math.round(visible - acknowledged),
    };
  } finally {
    await product.close();
    rmSync(home, { recursive: true });
  }
}
