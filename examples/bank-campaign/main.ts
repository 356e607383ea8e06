import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runScenario } from "./scenario.ts";

const { values } = parseArgs({
  options: {
    customers: { type: "string", default: "2000" },
    seed: { type: "string", default: "7" },
    data: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const [customers, seed] = [Number(values.customers), Number(values.seed)];
if (values.help || !Number.isSafeInteger(customers) || customers < 100 || !Number.isSafeInteger(seed) || seed < 0) {
  console.error(`usage: npm run example:campaign -- [--customers 2000] [--seed 7] [--data <folder>]

A bank, two campaigns and what they changed, from generated facts to a printed report.
  --customers  how many there are in the bank, at least 100
  --seed       of the bank and of what its customers do
  --data       an empty folder for the store, which is then kept; default: a temporary one, which is not`);
  process.exit(values.help ? 0 : 2);
}

const folder = values.data ?? mkdtempSync(join(tmpdir(), "c360-campaign-"));
const cleanUp = () => {
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true });
};
const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupted.abort());
// Whoever reads what is printed may stop early (`| head`).
process.stdout.on("error", () => interrupted.abort());
try {
  await runScenario({ folder, customers, seed, say: text => console.log(text), signal: interrupted.signal });
  if (values.data !== undefined)
    console.log(`\nThe store is in ${folder}: c360 serve --data ${folder} shows all of it in GraphiQL.`);
} catch (error) {
  console.error(interrupted.signal.aborted ? "Stopped." : error);
  process.exitCode = 1;
} finally {
  cleanUp();
}
