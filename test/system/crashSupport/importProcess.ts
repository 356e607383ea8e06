import { openProduct } from "../../../src/compose.ts";
import { generateBank } from "../../../src/demo/generateBank.ts";
import type { ImportOrder, ImportWord } from "./importOrder.ts";
import { say } from "./say.ts";
import { storeConfig } from "./storeConfig.ts";

/* Imports a bank until it is killed, and says what it was told as soon as it was told it. */
const order = JSON.parse(process.argv[2] ?? "") as ImportOrder;
const { folder, bank, batchSize, inFlight, mergeEvery, walLimit } = order;

const tell = (word: ImportWord): void => say(word);

tell({ kind: "starting" });
const { backend } = await openProduct(storeConfig(folder), "an import to be killed", { mergeEvery, walLimit });
tell({ kind: "opened" });

const facts = [...generateBank(bank)].flat();
const flights: Promise<void>[] = [];
for (let from = order.from % facts.length; ; from = from + batchSize < facts.length ? from + batchSize : 0) {
  const batch = facts.slice(from, from + batchSize);
  const answer = backend.intake.submit({ format: "facts", facts: batch }, { source: "crash-test" });
  flights.push(answer.then(outcomes => tell({ kind: "told", from, outcomes })));
  if (flights.length >= inFlight) await flights.shift();
}
