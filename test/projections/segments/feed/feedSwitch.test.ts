import { join } from "node:path";
import { expect, test } from "vitest";
import { openReadModelStore } from "../../../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { openReadModels } from "../../../../src/adapters/embedded/readModels/openReadModels.ts";
import { createCheckpointSignal } from "../../../../src/projections/checkpointSignal.ts";
import { carryOver } from "../../../../src/projections/segments/feed/carryOver.ts";
import { followFeed } from "../../../../src/projections/segments/feed/feedPages.ts";
import { noRows, populate, segmentBook, segmentId } from "../../../contracts/support/segmentBook.ts";
import { tempFolder } from "../../../support/tempFolder.ts";

const gold = segmentId("gold");

async function generation(file: string, epoch: string) {
  const store = openReadModelStore(file);
  await populate(store);
  const { commit } = segmentBook(store, epoch);
  commit({ position: 30, at: 30, begin: { gold: [1] } });
  const tags = { slots: null, filling: null, spread: [], states: [], waiting: [], told: [], customers: [] };
  const reach = (position: number): void =>
    store.commit({ ...noRows, checkpoint: { position, hash: "h" }, tags: { ...tags, logTime: position } });
  return { store, commit, reach };
}

function follower(readModels: ReturnType<typeof openReadModels>) {
  const stop = new AbortController();
  const pages = followFeed(readModels, gold, 0, { signal: stop.signal });
  const next = async () => {
    const { value } = await pages.next();
    return value?.kind === "changes" ? value.changes.map(({ row, cause, sequence }) => [sequence, row, cause]) : value;
  };
  return { next, stop };
}

test("a follower that waits is told, after a switch to rebuilt read models, what they found otherwise, and goes on", async () => {
  const folder = tempFolder();
  const files = [join(folder, "readmodels-1.db"), join(folder, "readmodels-2.db")] as const;
  const old = await generation(files[0], "old");
  old.commit({ position: 31, at: 31, tell: { gold: [[2, "in"]] } });
  const signal = createCheckpointSignal();
  const readModels = openReadModels(files[0], signal);
  const { next, stop } = follower(readModels);
  expect(await next()).toEqual([[1, 2, "fact"]]);
  const waiting = next();

  const rebuilt = await generation(files[1], "new");
  rebuilt.commit({ position: 31, at: 31, tell: { gold: [[3, "in"]] } });
  rebuilt.reach(31);
  carryOver(old.store, rebuilt.store);
  readModels.switchTo(files[1]);
  expect(await waiting).toEqual([
    [2, 2, "rebuild"],
    [3, 3, "rebuild"],
  ]);
  const further = next();
  rebuilt.commit({ position: 32, at: 32, tell: { gold: [[4, "in"]] } });
  signal.publish(32);
  expect(await further).toEqual([[4, 4, "fact"]]);
  stop.abort();
  for (const { close } of [readModels, old.store, rebuilt.store]) close();
});

test("a follower is told when rebuilt read models begin the feed anew", async () => {
  const folder = tempFolder();
  const files = [join(folder, "readmodels-1.db"), join(folder, "readmodels-2.db")] as const;
  const old = await generation(files[0], "old");
  const readModels = openReadModels(files[0], createCheckpointSignal());
  const { next } = follower(readModels);
  const waiting = next();
  const rebuilt = await generation(files[1], "new");
  readModels.switchTo(files[1]);
  expect(await waiting).toMatchObject({ kind: "expired", reason: "feedBegunAnew", epoch: "new" });
  for (const { close } of [readModels, old.store, rebuilt.store]) close();
});

test("who waits for a commit is woken by one that moves no position, and by none that was counted before", async () => {
  const signal = createCheckpointSignal(5);
  const { signal: never } = new AbortController();
  signal.publish(6, 1);
  const seen = signal.commits();
  let woken = 0;
  const wait = () => signal.waitForCommit(seen, never).then(() => (woken += 1));
  const waiting = wait();
  signal.publish(6, 1);
  await Promise.resolve();
  expect([woken, signal.commits()]).toEqual([0, seen]);
  signal.publish(6, 2);
  await waiting;
  await wait();
  expect([woken, signal.commits()]).toEqual([2, seen + 1]);
  const stop = new AbortController();
  const stopped = signal.waitForCommit(signal.commits(), stop.signal);
  stop.abort();
  await stopped;
});
