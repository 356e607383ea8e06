import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type CampaignRowChange,
  type CampaignRowKind,
  campaignRowKinds,
  isDerived,
} from "../../src/projections/campaigns/campaignTables.ts";
import { servedText } from "../../src/projections/campaigns/effectRows.ts";
import { digestOf } from "../../src/projections/digest.ts";
import type { OpenStore } from "./segmentTablesContract.ts";
import { noRows } from "./support/segmentBook.ts";

const all = { limit: Number.MAX_SAFE_INTEGER };
const put = (kind: CampaignRowKind, key: string, text = key): CampaignRowChange => ({ kind, key, text });
const gone = (kind: CampaignRowKind, key: string): CampaignRowChange => ({ kind, key, text: null });

/** What every home of the read models promises about the rows of campaigns. */
export function campaignTablesContract(name: string, open: () => OpenStore): void {
  describe(`${name}, as a home of campaigns`, () => {
    let opened: OpenStore;
    beforeEach(() => {
      opened = open();
    });
    afterEach(() => opened.close());
    const commitTo = ({ store }: OpenStore, ...campaigns: readonly CampaignRowChange[]): void =>
      store.commit({ ...noRows, checkpoint: { position: 7, hash: "h" }, campaigns });
    const commit = (...changes: readonly CampaignRowChange[]): void => commitTo(opened, ...changes);
    const keys = (kind: CampaignRowKind, range = {}): string[] =>
      opened.store.campaigns.campaignRows(kind, { ...all, ...range }).map(({ key }) => key);
    const digestWith = (change: CampaignRowChange): string => {
      commit(change);
      return digestOf(opened.store.contents());
    };

    test("keeps the newest text of each row, apart by kind, also after it was closed", () => {
      commit(put("outbox", "1", "a"), put("pending", "1", "b"), put("group", "x", "1"));
      commit(put("outbox", "1", "c"), gone("group", "x"));
      opened = opened.reopen();
      const { campaignRow } = opened.store.campaigns;
      expect([campaignRow("outbox", "1"), campaignRow("pending", "1"), campaignRow("group", "x")]).toEqual([
        ...["c", "b", null],
      ]);
      expect(opened.store.campaigns.campaignRows("outbox", all)).toEqual([{ key: "1", text: "c" }]);
    });

    test("of two changes of one row in one commit the later holds", () => {
      commit(put("outbox", "2", "old"), put("outbox", "1"), gone("outbox", "1"), put("outbox", "2", "new"));
      commit(put("outbox", "3"), gone("outbox", "3"), put("outbox", "3", "back"));
      expect(opened.store.campaigns.campaignRows("outbox", all)).toEqual([
        { key: "2", text: "new" },
        { key: "3", text: "back" },
      ]);
    });

    test("lists by key, after one, within a prefix, and no more than asked for", () => {
      commit(...["b/2", "a", "b/10", "c", "b", "b/1", "b0"].map(key => put("group", key)));
      expect(keys("group")).toEqual(["a", "b", "b/1", "b/10", "b/2", "b0", "c"]);
      expect(keys("group", { prefix: "b/" })).toEqual(["b/1", "b/10", "b/2"]);
      expect(keys("group", { prefix: "b/", after: "b/1" })).toEqual(["b/10", "b/2"]);
      expect(keys("group", { prefix: "b/", after: "a" })).toEqual(["b/1", "b/10", "b/2"]);
      expect(keys("group", { prefix: "b/", after: "b0" })).toEqual([]);
      expect(keys("group", { after: "b/10", limit: 2 })).toEqual(["b/2", "b0"]);
      expect(keys("day")).toEqual([]);
    });

    test("orders keys by code points", () => {
      const inOrder = ["a", "é", "名", "\uffee", "💳", "💳b"];
      commit(...inOrder.toReversed().map(key => put("offerScore", key)));
      expect(keys("offerScore")).toEqual(inOrder);
      expect(keys("offerScore", { after: "\uffee" })).toEqual(["💳", "💳b"]);
    });

    test("a session goes on seeing what it opened, and answers the same as the store", () => {
      commit(put("outbox", "1", "a"));
      const session = opened.readModels.open();
      commit(put("outbox", "1", "b"), put("outbox", "2"));
      expect([session.campaignRow("outbox", "1"), session.campaignRows("outbox", all)]).toEqual([
        ...["a", [{ key: "1", text: "a" }]],
      ]);
      session.release();
      const next = opened.readModels.open();
      expect(next.campaignRows("outbox", { after: "1", limit: 5 })).toEqual([{ key: "2", text: "2" }]);
      next.release();
    });

    test("the digest is of what follows from the log", () => {
      let digest = digestOf(opened.store.contents());
      for (const kind of campaignRowKinds) {
        const before = digest;
        digest = digestWith(put(kind, "k", kind === "effects" ? servedText({ counted: "now", failed: 0 }) : "v"));
        expect([kind, digest !== before]).toEqual([kind, isDerived(kind) && kind !== "group" && kind !== "day"]);
      }
      // Sums belong to it once they are whole, and not while something else begins to be counted.
      for (const kind of ["group", "day"] as const) {
        const before = digest;
        expect(digestWith(put(kind, "k/later/cell", "v"))).toBe(before);
        digest = digestWith(put(kind, "k/now/cell", "v"));
        expect(digest).not.toBe(before);
      }
      expect(digestWith(put("campaign", "k", "w"))).not.toBe(digest);
      expect(digestWith(put("campaign", "k", "v"))).toBe(digest);
    });

    test("takes over from another generation what does not follow from the log", () => {
      const next = open();
      commit(put("pending", "1", "a"), put("wave", "w"), put("outbox", "5"));
      commitTo(next, put("pending", "0"), put("outbox", "6"));
      next.store.copyCampaignRows(opened.store);
      const { campaignRows } = next.store.campaigns;
      expect([campaignRows("pending", all), campaignRows("wave", all), campaignRows("outbox", all)]).toEqual([
        ...[[{ key: "1", text: "a" }], [{ key: "w", text: "w" }], [{ key: "6", text: "6" }]],
      ]);
      next.close();
    });

    test("keeps thousands of rows of one commit", () => {
      const rows = Array.from({ length: 5_000 }, (_, index) => put("outbox", String(index).padStart(16, "0"), "{}"));
      commit(...rows);
      expect(keys("outbox")).toEqual(rows.map(({ key }) => key));
      commit(...rows.slice(0, 4_999).map(({ key }) => gone("outbox", key)));
      expect(keys("outbox")).toEqual(["0000000000004999"]);
    });
  });
}
