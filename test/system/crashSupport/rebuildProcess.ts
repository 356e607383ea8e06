import { openProduct } from "../../../src/compose.ts";
import { generateBank } from "../../../src/demo/generateBank.ts";
import type { RebuildOrder, RebuildWord } from "./rebuildOrder.ts";
import { say } from "./say.ts";
import { storeConfig } from "./storeConfig.ts";
import { rebuilt } from "./verified.ts";

/* Rebuilds the read models over and over while facts come in, until it is killed. */
const { folder, bank } = JSON.parse(process.argv[2] ?? "") as RebuildOrder;
const tell = (word: RebuildWord): void => say(word);

const { backend } = await openProduct(storeConfig(folder), "a rebuild to be killed", { mergeEvery: 200, walLimit: 1 });

async function importOnAndOn(): Promise<void> {
  for (const facts of generateBank(bank))
    for (let from = 0; from < facts.length; from += 10)
      await backend.intake.submit({ format: "facts", facts: facts.slice(from, from + 10) }, { source: "crash-test" });
}
void importOnAndOn();

tell({ kind: "rebuilding" });
for (;;) {
  const { state, error } = await rebuilt(backend.operations);
  if (state === "failed") throw new Error(`a rebuild failed: ${error}`);
  tell({ kind: "rebuilt" });
}
