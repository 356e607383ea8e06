import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { generateBank } from "../src/demo/generateBank.ts";

/* Makes batches of a generated bank ahead of need, as texts that the main thread only passes on, as it does with uploads. */
const { customers, seed } = workerData as { readonly customers: number; readonly seed: number };
if (process.platform === "linux") setPriority(10);

const batches = generateBank({ customers, seed });
parentPort?.on("message", () => {
  const { value, done } = batches.next();
  parentPort?.postMessage(
    done ? null : { facts: value.length, batch: JSON.stringify({ format: "facts", facts: value }) },
  );
});
