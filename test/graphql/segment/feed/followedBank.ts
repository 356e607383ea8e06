import { onTestFinished } from "vitest";
import { createMemoryLog } from "../../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../../src/adapters/memory/createMemoryReadModels.ts";
import { customerStream } from "../../../../src/domain/ids.ts";
import { createRequestContext } from "../../../../src/graphql/context.ts";
import { createFeedWatch } from "../../../../src/graphql/segment/feed/feedWatch.ts";
import type { ServerLimits } from "../../../../src/graphql/server/serverLimits.ts";
import { createEngine } from "../../../../src/projections/engine.ts";
import { type Commit, noRows, person, segmentBook, segmentId } from "../../../contracts/support/segmentBook.ts";
import { appendAll } from "../../../projections/support/facts.ts";
import { startServer } from "../../server/support/startServer.ts";
import { schema, testBank } from "../../support/testBank.ts";

/** A bank whose segments a test moves by hand, behind a real server. */
export async function followedBank({
  people = 10,
  limits = {},
  epoch = "epoch-1",
}: {
  readonly people?: number;
  readonly epoch?: string;
  readonly limits?: Partial<ServerLimits>;
} = {}) {
  const log = createMemoryLog({ logId: "test-log" });
  const { store, readModels } = createMemoryReadModels();
  const called = Array.from({ length: people }, (_, row) => ({
    ...{ stream: customerStream(person(row)), name: `person ${row}`, type: "call-recorded", occurredAt: 1, data: {} },
  }));
  appendAll(log.writer, called);
  await createEngine({ log: log.reader, store, upcast: event => event }).drain();
  const feeds = createFeedWatch(readModels);
  let followers = 0;
  const watch: typeof feeds.watch = (id, wake) => {
    followers += 1;
    const stop = feeds.watch(id, wake);
    return () => {
      followers -= 1;
      stop();
    };
  };
  const bank = testBank({ readModels, segmentFeeds: { watch } });
  const server = await startServer({
    schema,
    feeds: bank.backend,
    createContext: recording => createRequestContext(bank.backend, recording),
    limits,
  });
  let position = people;
  const { commit } = segmentBook(store, epoch);
  const step = (given: Pick<Commit, "begin" | "tell">): void => {
    position += 1;
    commit({ position, at: position * 10, ...given });
  };
  onTestFinished(() => readModels.close());
  return {
    ...server,
    backend: bank.backend,
    query: bank.query,
    followers: () => followers,
    begin: (name: string, ...rows: readonly number[]) => step({ begin: { [name]: rows } }),
    tell: (name: string, ...told: NonNullable<Commit["tell"]>[string]) => step({ tell: { [name]: told } }),
    archive: (name: string) => {
      const standing = store.segments.standingOf(segmentId(name))!;
      position += 1;
      store.commit({
        ...noRows,
        checkpoint: { position, hash: "h" },
        segments: { states: [], standing: [{ ...standing, archived: true }], feed: [], bases: [], epoch: null },
      });
    },
  };
}
