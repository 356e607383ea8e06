import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createKeyVault } from "../src/adapters/embedded/createKeyVault.ts";
import { createLogWriter } from "../src/adapters/embedded/log/createLogWriter.ts";
import type { NewEvent } from "../src/domain/event.ts";
import { median } from "./median.ts";
import { sampleEvents } from "./sampleEvents.ts";

export type PeerFigure = { readonly use: string; readonly ours: number; readonly peer: number; readonly ratio: number };

/** What of emmett's event store the comparison uses, after its documentation. */
type EmmettStore = {
  appendToStream: (
    stream: string,
    events: readonly { type: string; data: object; metadata: object }[],
  ) => Promise<unknown>;
};
type EmmettModule = {
  getSQLiteEventStore: (options: { fileName: string; schema: { autoMigration: "CreateOrUpdate" } }) => EmmettStore;
};

/**
 * Sequential durable appends against @event-driven-io/emmett-sqlite in its documented use: one event per call, and ten
 * events to one stream per call. Rounds alternate; medians, in events per second.
 */
export async function benchPeerAppend(folder: string, peersFolder: string, rounds: number): Promise<PeerFigure[]> {
  const entry = createRequire(join(peersFolder, "package.json")).resolve("@event-driven-io/emmett-sqlite");
  const { getSQLiteEventStore } = (await import(pathToFileURL(entry).href)) as EmmettModule;
  const home = mkdtempSync(join(folder, "peer-"));
  const vault = createKeyVault(join(home, "keys.db"), "write");
  const writer = createLogWriter(join(home, "events.db"), vault);
  const peer = getSQLiteEventStore({ fileName: join(home, "peer.db"), schema: { autoMigration: "CreateOrUpdate" } });
  const source = sampleEvents(3);
  const take = (count: number) =>
    Array.from({ length: count }, () => source.next().value as { readonly stream: string; readonly event: NewEvent });
  await peer.appendToStream("warm-up", [{ type: "started", data: {}, metadata: {} }]);

  const figures: PeerFigure[] = [];
  for (const [use, perCall, calls] of [
    ["one event per append", 1, 100],
    ["ten events to one stream per append", 10, 60],
  ] as const) {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const batches = Array.from({ length: calls }, () => take(perCall));
      let started = performance.now();
      for (const batch of batches) {
        const stream = batch[0]?.stream as string;
        writer.append([{ writes: [{ stream, expected: "any", events: batch.map(({ event }) => event) }] }], Date.now());
        writer.maintain();
      }
      ours.push(performance.now() - started);
      started = performance.now();
      for (const batch of batches)
        await peer.appendToStream(
          batch[0]?.stream as string,
          batch.map(({ event: { type, data, ...metadata } }) => ({ type, data, metadata })),
        );
      theirs.push(performance.now() - started);
    }
    const rate = (times: number[]) => Math.round((perCall * calls * 1000) / median(times));
    figures.push({ use, ours: rate(ours), peer: rate(theirs), ratio: median(theirs) / median(ours) });
  }
  writer.close();
  rmSync(home, { recursive: true });
  return figures;
}
