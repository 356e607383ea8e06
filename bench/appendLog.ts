import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createKeyVault } from "../src/adapters/embedded/createKeyVault.ts";
import { createLogWriter } from "../src/adapters/embedded/log/createLogWriter.ts";
import type { AppendRequest } from "../src/domain/eventLog.ts";
import { sampleEvents } from "./sampleEvents.ts";

export type AppendFigure = {
  readonly commitSize: number;
  readonly events: number;
  readonly ours: number;
  readonly floor: number;
  /** ours / floor */
  readonly ratio: number;
};

/**
 * Durable append against the floor: every commit of ours is followed by the same events as JSON lines to a bare file
 * with one fdatasync, in the same process, so that both meet the same disk. House-keeping between commits counts.
 */
export function benchAppend(folder: string, plan: readonly { commitSize: number; events: number }[]): AppendFigure[] {
  const home = mkdtempSync(join(folder, "append-"));
  const vault = createKeyVault(join(home, "keys.db"), "write");
  const writer = createLogWriter(join(home, "events.db"), vault);
  const floorFile = openSync(join(home, "floor.jsonl"), "a");
  const source = sampleEvents(7);
  const figures = plan.map(({ commitSize, events }) => {
    let [ours, floor] = [0, 0];
    for (let done = 0; done < events; done += commitSize) {
      const requests: AppendRequest[] = [];
      for (let n = 0; n < commitSize; n += 1) {
        const { stream, event } = source.next().value as { stream: string; event: never };
        requests.push({ writes: [{ stream, expected: "any", events: [event] }] });
      }
      const started = performance.now();
      writer.append(requests, 1_700_000_000_000 + done);
      writer.maintain();
      const between = performance.now();
      let lines = "";
      for (const request of requests) lines += `${JSON.stringify(request.writes[0])}\n`;
      writeSync(floorFile, lines);
      fdatasyncSync(floorFile);
      ours += between - started;
      floor += performance.now() - between;
    }
    const rate = (ms: number) => Math.round((events / ms) * 1000);
    return { commitSize, events, ours: rate(ours), floor: rate(floor), ratio: floor / ours };
  });
  closeSync(floorFile);
  writer.close();
  rmSync(home, { recursive: true });
  return figures;
}
