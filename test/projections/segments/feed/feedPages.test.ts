import { expect, test } from "vitest";
import { createMemoryReadModels } from "../../../../src/adapters/memory/createMemoryReadModels.ts";
import { type FeedPage, type FollowOptions, followFeed } from "../../../../src/projections/segments/feed/feedPages.ts";
import { segmentBook, segmentId } from "../../../contracts/support/segmentBook.ts";

const gold = segmentId("gold");

function bank() {
  const { store, readModels } = createMemoryReadModels();
  const { commit } = segmentBook(store);
  const stop = new AbortController();
  const follow = (after: number, options: Partial<FollowOptions> = {}) =>
    followFeed(readModels, gold, after, { signal: stop.signal, ...options });
  return { store, readModels, commit, stop, follow };
}
const told = (page: FeedPage | undefined) =>
  page?.kind === "changes" ? page.changes.map(({ sequence, row }) => [sequence, row]) : page?.kind;

test("a follower gets what is there by page, then waits for each commit and gets what it brought", async () => {
  const { commit, follow, stop } = bank();
  commit({ position: 1, at: 1, begin: { gold: [] } });
  commit({
    position: 2,
    at: 2,
    tell: {
      gold: [
        [1, "in"],
        [2, "in"],
        [3, "in"],
      ],
    },
  });
  const pages = follow(0, { pageSize: 2 });
  const next = async () => told((await pages.next()).value);
  expect(await next()).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(await next()).toEqual([[3, 3]]);
  const waiting = next();
  // One that brings nothing for this segment, and one that moves no position.
  commit({ position: 3, at: 3, begin: { dormant: [1] } });
  await Promise.resolve();
  commit({ position: 3, at: 3, tell: { gold: [[1, "out"]] } });
  expect(await waiting).toEqual([[4, 1]]);
  const stopped = next();
  stop.abort();
  expect(await stopped).toBeUndefined();
});

test("a follower that does not ask holds no session, and finds everything when it asks again", async () => {
  const { commit, readModels } = bank();
  commit({ position: 1, at: 1, begin: { gold: [] } });
  commit({ position: 2, at: 2, tell: { gold: [[1, "in"]] } });
  let open = 0;
  const counted: typeof readModels.open = () => {
    const session = readModels.open();
    open += 1;
    return {
      ...session,
      release: () => {
        open -= 1;
        session.release();
      },
    };
  };
  const { signal } = new AbortController();
  const pages = followFeed({ ...readModels, open: counted }, gold, 0, { signal });
  await pages.next();
  expect(open).toBe(0);
  for (let row = 2; row < 50; row += 1) commit({ position: row + 1, at: row + 1, tell: { gold: [[row, "in"]] } });
  const { value } = await pages.next();
  expect(value?.kind === "changes" ? [value.sequence, value.changes.length] : value).toEqual([49, 48]);
  expect(open).toBe(0);
  await pages.return(undefined);
});

test("a follower of an archived segment is told the rest, then that it ended", async () => {
  const { commit, follow, store } = bank();
  commit({ position: 1, at: 1, begin: { gold: [] } });
  commit({ position: 2, at: 2, tell: { gold: [[1, "in"]] } });
  const pages = follow(0);
  await pages.next();
  const waiting = pages.next();
  const standing = store.segments.standing().map(segment => ({ ...segment, archived: true }));
  commit({ position: 3, at: 3, more: { standing } });
  expect(told((await waiting).value)).toBe("ended");
  expect((await pages.next()).done).toBe(true);
});

test("a follower is told when its epoch is not the feed's, when it is ahead of it, and when there is no such segment", async () => {
  const { commit, follow } = bank();
  expect((await follow(0).next()).value).toEqual({ kind: "unknown" });
  commit({ position: 1, at: 1, begin: { gold: [] } });
  expect((await follow(0, { epoch: "epoch-0" }).next()).value).toMatchObject({
    reason: "feedBegunAnew",
    epoch: "epoch-1",
  });
  expect((await follow(1).next()).value).toMatchObject({ kind: "expired", reason: "ahead" });
});

test("a follower may come to an end where the feed does", async () => {
  const { commit, follow } = bank();
  commit({ position: 1, at: 1, begin: { gold: [] } });
  commit({
    position: 2,
    at: 2,
    tell: {
      gold: [
        [1, "in"],
        [1, "out"],
      ],
    },
  });
  const pages: FeedPage[] = [];
  for await (const page of follow(1, { untilCaughtUp: true })) pages.push(page);
  expect(pages.map(told)).toEqual([[[2, 1]]]);
});
