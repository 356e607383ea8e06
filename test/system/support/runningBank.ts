import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { vi } from "vitest";
import { currentGeneration } from "../../../src/adapters/embedded/readModels/generations.ts";
import { loadConfig } from "../../../src/config.ts";
import { importFacts } from "../../../src/intake/files/importFacts.ts";
import type { ImportSummary } from "../../../src/intake/files/importSummary.ts";
import { planImport } from "../../../src/intake/files/planImport.ts";
import { readFacts } from "../../../src/intake/files/readFacts.ts";
import { readMapping } from "../../../src/intake/files/readMapping.ts";
import { serve } from "../../../src/serve.ts";
import { type Ask, askAt } from "./graphqlClient.ts";

/** The whole product on a store of its own: threads, files, HTTP. */
export type RunningBank = {
  readonly ask: Ask;
  /** Imports an extract as `c360 import` does, until all of it is visible in profiles. */
  readonly importExtract: (mapping: string, paths: readonly string[]) => Promise<ImportSummary>;
  readonly verify: () => Promise<Verified>;
  readonly rebuild: () => Promise<LongRun>;
  /** Which generation of read models is in use. */
  readonly generation: () => number | null;
  readonly close: () => Promise<void>;
};

type LongRun = { readonly state: string; readonly error: string | null; readonly processed: string };
type Verified = LongRun & { readonly matches: boolean | null; readonly findings: readonly string[] };

/** Starts the product on an empty store in a temporary folder, at a free port. */
export async function startBank(): Promise<RunningBank> {
  const folder = mkdtempSync(join(tmpdir(), "c360-bank-"));
  const config = loadConfig({ C360_DATA_DIR: folder, C360_PORT: "0" });
  if (!config.ok) throw new Error(JSON.stringify(config.refusal));
  const { product, url, close } = await serve(config.value, pino({ level: "silent" }));
  const ask = askAt(url);
  return {
    ask,
    importExtract: async (name, paths) => {
      const mapping = await readMapping(`mappings/${name}.yaml`);
      if (!mapping.ok) throw new Error(JSON.stringify(mapping.refusal));
      const plan = await planImport(mapping.value, paths);
      if (!plan.ok) throw new Error(JSON.stringify(plan.refusal));
      const { source } = plan.value;
      const summary = await importFacts(readFacts(plan.value), product.backend.intake, { source });
      if (summary.lastPosition !== null) await product.backend.readModels.waitFor(summary.lastPosition, 60_000);
      return summary;
    },
    verify: () => runToItsEnd<Verified>(ask, "Verification", "matches findings"),
    rebuild: () => runToItsEnd<LongRun>(ask, "Rebuild", ""),
    generation: () => currentGeneration(folder),
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a verification or a rebuild through GraphQL and follows it until it has ended. */
async function runToItsEnd<Run extends LongRun>(
  ask: Ask,
  kind: "Verification" | "Rebuild",
  more: string,
): Promise<Run> {
  const { started } = await ask<{ started: { __typename: string } }>(
    `mutation { started: start${kind} { __typename } }`,
  );
  if (started.__typename !== kind) throw new Error(`it was not started: ${started.__typename}`);
  return vi.waitFor(
    async () => {
      const { run } = await ask<{ run: Run }>(`{ run: ${kind.toLowerCase()} { state error processed ${more} } }`);
      if (run.state === "RUNNING") throw new Error(`still at work, at position ${run.processed}`);
      return run;
    },
    { timeout: 300_000, interval: 50 },
  );
}
