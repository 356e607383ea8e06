import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createKeyVault } from "../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../src/adapters/embedded/log/createLogReader.ts";
import { createLogWriter } from "../src/adapters/embedded/log/createLogWriter.ts";
import { fillLog } from "./fillLog.ts";
import { median } from "./median.ts";

export type ReplayFigure = {
  readonly events: number;
  readonly ours: number;
  readonly floor: number;
  readonly ratio: number;
};

/**
 * Full replay through the log's reader (decoded, each event checked against the hash chain) against parsing the same
 * events from JSON lines. The rounds alternate; the medians count.
 */
export async function benchReplay(folder: string, events: number, rounds: number): Promise<ReplayFigure> {
  const home = mkdtempSync(join(folder, "replay-"));
  const vault = createKeyVault(join(home, "keys.db"), "write");
  const writer = createLogWriter(join(home, "events.db"), vault);
  fillLog(writer, 11, events);
  const reader = createLogReader(join(home, "events.db"), vault);
  const all: string[] = [];
  const replay = async (each: (events: readonly object[]) => void): Promise<number> => {
    const started = performance.now();
    for (let after = 0; ; ) {
      const page = await reader.read({ after, limit: 500 });
      each(page);
      after = page.at(-1)?.position ?? after;
      if (page.length < 500) break;
    }
    return performance.now() - started;
  };
  await replay(page => all.push(...page.map(event => JSON.stringify(event))));
  writeFileSync(join(home, "floor.jsonl"), all.join("\n"));
  all.length = 0;
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await replay(() => {}));
    const started = performance.now();
    for (const line of readFileSync(join(home, "floor.jsonl"), "utf8").split("\n")) JSON.parse(line);
    floor.push(performance.now() - started);
  }
  reader.close();
  writer.close();
  rmSync(home, { recursive: true });
  const [a, b] = [median(ours), median(floor)];
  return { events, ours: Math.round((events / a) * 1000), floor: Math.round((events / b) * 1000), ratio: b / a };
}
