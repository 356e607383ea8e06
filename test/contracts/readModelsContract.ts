import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMemoryLog } from "../../src/adapters/memory/createMemoryLog.ts";
import { customerStream } from "../../src/domain/ids.ts";
import { createEngine, type Engine } from "../../src/projections/engine.ts";
import type { ReadModelStore } from "../../src/projections/readModelStore.ts";
import type { Balance, EntryRow, ReadModels, ReadSession } from "../../src/projections/readModels.ts";
import { claimsKey, customerKey, identityKey, relationsKey } from "../../src/projections/touchedKeys.ts";
import { ada, adaId, appendAll, customerId, type TestFact } from "../projections/support/facts.ts";

export type OpenReadModels = {
  readonly store: ReadModelStore;
  readonly readModels: ReadModels;
  readonly close: () => void;
};

const boId = customerId("bo");
const bo = customerStream(boId);
const czk = (minorUnits: number) => ({ minorUnits, currency: "CZK" });
let names = 0;
const fact = (
  stream: string,
  type: string,
  occurredAt: number,
  data: TestFact["data"],
  more: Partial<TestFact> = {},
): TestFact => ({ stream, type, occurredAt, data, name: `fact-${++names}`, ...more });
const paid = (occurredAt: number, minorUnits: number, more: TestFact["data"] = {}, name = `paid-${++names}`) =>
  fact(ada, "transaction-posted", occurredAt, { account: "core/1", ...credit(minorUnits), ...more }, { name });
const credit = (minorUnits: number) => ({ direction: "credit", amount: czk(minorUnits) });
const all = { direction: "forward", limit: 100 } as const;

/** What every home of the read models promises, to the engine that writes and to those who read. */
export function readModelsContract(name: string, open: () => OpenReadModels): void {
  describe(`${name}, as read models`, () => {
    let opened: OpenReadModels;
    let log: ReturnType<typeof createMemoryLog>;
    let engine: Engine;
    let session: ReadSession | null;
    beforeEach(() => {
      opened = open();
      log = createMemoryLog({ logId: "log" });
      engine = createEngine({ log: log.reader, store: opened.store, upcast: event => event, now: () => 0 });
      session = null;
    });
    afterEach(() => {
      session?.release();
      opened.close();
    });
    const arrive = async (...facts: TestFact[]): Promise<void> => {
      appendAll(log.writer, facts);
      await engine.drain();
    };
    const look = (): ReadSession => {
      session?.release();
      session = opened.readModels.open();
      return session;
    };

    test("has nothing before the first event", async () => {
      const seen = look();
      expect([seen.position, await seen.customerCount(), await seen.customerList(all)]).toEqual([0, 0, []]);
      expect(await seen.customers([adaId])).toEqual([null]);
      expect([await seen.account("core/1"), await seen.balanceAt("core/1", 9)]).toEqual([null, null]);
      expect([await seen.entries("core/1", all), await seen.timeline(adaId, all)]).toEqual([[], []]);
    });

    test("leads from a merged customer's identities, accounts and relationships to the survivor, and says who was one when", async () => {
      const cleo = customerId("cleo");
      const merge = fact(ada, "identity-merged", 9, { customer: boId });
      await arrive(
        fact(ada, "identity-linked", 1, { system: "core", id: "77" }),
        fact(bo, "identity-linked", 1, { system: "core", id: "78" }),
        fact(bo, "transaction-posted", 2, { account: "core/2", ...credit(5) }),
        fact(customerStream(cleo), "relationship-established", 2, {
          relationshipId: "r",
          kind: "spouse",
          customer: boId,
        }),
        merge,
      );
      const merged = look();
      expect(await merged.customerOfIdentity("core", "78")).toBe(adaId);
      expect((await merged.account("core/2"))?.holder).toBe(adaId);
      expect((await merged.entries("core/2", all)).map(({ amount }) => amount)).toEqual([5]);
      expect((await merged.timeline(adaId, all)).map(({ position }) => position)).toEqual([1, 2, 3, 5]);
      expect(await merged.timeline(boId, all)).toEqual([]);
      const tiesOf = async (seen: ReadSession) =>
        (await seen.incomingRelationships([adaId, boId])).map(ties => ties.map(({ from }) => from));
      expect(await tiesOf(merged)).toEqual([[cleo], []]);
      const into = await merged.mergesInto(adaId, all);
      expect(into).toMatchObject([{ position: 5, survivor: adaId, absorbed: boId, splitAt: null }]);
      expect(await merged.mergeByEvent(into[0]?.eventId ?? "")).toEqual(into[0]);

      await arrive(fact(ada, "identity-split", 9, { customer: boId }, { corrects: merge.name }));
      const split = look();
      expect(await split.customerOfIdentity("core", "78")).toBe(boId);
      expect((await split.account("core/2"))?.holder).toBe(boId);
      expect(await tiesOf(split)).toEqual([[], [cleo]]);
      expect(await split.mergesInto(adaId, all)).toEqual([]);
      const members = async (position: number) => (await split.groupOf(boId, position)).members;
      expect([await members(4), await members(5), await members(6)]).toEqual([[boId], [adaId, boId], [boId]]);
    });

    test("lists who may be one person in order of appearance, by page, until somebody says no", async () => {
      const email = { name: "email", attributes: [{ name: "email", form: "email" as const }] };
      const matching = { rules: [email], sharedByAtMost: 3, ignored: ["no@where"] };
      engine = createEngine({ log: log.reader, store: opened.store, upcast: event => event, now: () => 0, matching });
      const mail = (name: string, email: string) =>
        fact(customerStream(customerId(name)), "customer-registered", 1, { attributes: { email } });
      await arrive(mail("a", "A@x"), mail("b", "a@X"), mail("c", "no@where"), mail("d", "no@where"), mail("e", "a@x"));
      const seen = look();
      const pairs = async (seen: ReadSession, range: Parameters<ReadSession["openProposals"]>[0]) =>
        (await seen.openProposals(range)).map(({ first, second }) => [first, second]);
      expect(await pairs(seen, all)).toEqual([
        [0, 1],
        [0, 4],
        [1, 4],
      ]);
      expect(await pairs(seen, { ...all, after: { first: 0, second: 1 }, limit: 1 })).toEqual([[0, 4]]);
      expect(await pairs(seen, { ...all, direction: "backward", limit: 2 })).toEqual([
        [1, 4],
        [0, 4],
      ]);
      const proposal = await seen.proposalOf(customerId("e"), customerId("a"));
      expect(proposal).toMatchObject({ first: 0, second: 4, values: [{ rule: "email", since: 5 }] });

      const values = proposal?.values.map(({ digest }) => digest) ?? [];
      const about = { customer: customerId("a"), proposalId: "p", values };
      await arrive(fact(customerStream(customerId("e")), "merge-proposal-rejected", 2, about));
      const rejected = look();
      expect(await pairs(rejected, all)).toEqual([
        [0, 1],
        [1, 4],
      ]);
      expect(await rejected.proposalOf(customerId("a"), customerId("e"))).toBeNull();
      expect(await rejected.rejectedProposals(all)).toEqual([
        { position: 6, customers: [customerId("e"), customerId("a")] },
      ]);
      const approval = { customer: customerId("b"), proposalId: "q" };
      await arrive(fact(customerStream(customerId("a")), "identity-merged", 2, approval));
      const approved = look();
      expect(await pairs(approved, all)).toEqual([]);
      expect(await approved.approvedProposals(all)).toMatchObject([{ position: 7, proposalId: "q" }]);
      await arrive(mail("f", "a@x"), mail("g", "a@x"));
      expect(await pairs(look(), all)).toEqual([]);
    });

    test("finds a customer by id, by identity and by account, in the order asked, null for strangers", async () => {
      await arrive(
        fact(bo, "identity-linked", 1, { system: "core", id: "77" }),
        fact(ada, "identity-linked", 1, { system: "core", id: "78", primary: true }),
        fact(ada, "account-opened", 2, { account: "core/1", product: "current" }),
      );
      const seen = look();
      const views = await seen.customers([adaId, customerId("nobody"), boId]);
      expect(views.map(view => view && [view.row, view.customer.id, view.customer.eventCount])).toEqual([
        [1, adaId, 2],
        null,
        [0, boId, 1],
      ]);
      expect(views[0]?.customer.identities).toMatchObject([{ system: "core", id: "78", primary: true }]);
      expect(await seen.customerOfIdentity("core", "77")).toBe(boId);
      expect(await seen.customerOfIdentity("crm", "77")).toBeNull();
      expect(await seen.customerOfAccount("core/1")).toBe(adaId);
      expect(await seen.account("core/1")).toMatchObject({ holder: adaId, account: { product: "current" } });
      expect(await seen.customerCount()).toBe(2);
    });

    test("lists customers in order of first appearance, both ways, strictly between two rows", async () => {
      const people = ["a", "b", "c", "d", "e"].map(customerId);
      await arrive(...people.map(id => fact(customerStream(id), "behaviour-observed", 1, {})));
      const rows = async (range: Parameters<ReadSession["customerList"]>[0]) =>
        (await look().customerList(range)).map(({ row, customer }) => [row, people.indexOf(customer.id)]);
      expect(await rows({ direction: "forward", limit: 2 })).toEqual([0, 1].map(row => [row, row]));
      expect(await rows({ after: 1, before: 4, direction: "forward", limit: 9 })).toEqual(
        [2, 3].map(row => [row, row]),
      );
      expect(await rows({ before: 3, direction: "backward", limit: 2 })).toEqual([2, 1].map(row => [row, row]));
      expect(await rows({ after: 2, direction: "backward", limit: 9 })).toEqual([4, 3].map(row => [row, row]));
    });

    test("keeps the timeline in order of occurrence, whatever the order of arrival, and filters it by type", async () => {
      await arrive(
        fact(ada, "call-recorded", 30, {}),
        fact(ada, "complaint-recorded", 10, {}),
        fact(ada, "call-recorded", -20, {}),
        fact(ada, "call-recorded", 10, {}),
        fact(bo, "call-recorded", 15, {}),
      );
      const seen = look();
      const keys = async (range: Parameters<ReadSession["timeline"]>[1], types?: string[]) =>
        (await seen.timeline(adaId, range, types)).map(({ position }) => position);
      expect(await seen.timeline(adaId, { ...all, limit: 1 })).toEqual([
        { occurredAt: -20, position: 3, type: "call-recorded" },
      ]);
      expect(await keys(all)).toEqual([3, 2, 4, 1]);
      expect(await keys(all, ["call-recorded"])).toEqual([3, 4, 1]);
      expect(await keys(all, ["never heard of"])).toEqual([]);
      expect(await keys({ ...all, after: { occurredAt: 10, position: 2 } })).toEqual([4, 1]);
      expect(await keys({ direction: "backward", limit: 2, before: { occurredAt: 30, position: 1 } })).toEqual([4, 2]);
    });

    test("keeps an account's entries in order of occurrence, sequence and position", async () => {
      await arrive(
        paid(10, 5, { sequence: 2 }, "second"),
        paid(10, 7, { sequence: 1, balanceAfter: czk(7) }, "first"),
        fact(ada, "balance-reported", 10, { account: "core/1", balance: czk(-3), sequence: 2 }),
        paid(4, 1, {}, "late"),
      );
      const seen = look();
      const entries = await seen.entries("core/1", all);
      expect(entries.map(({ transactionId, position }) => [transactionId, position])).toEqual([
        ["late", 4],
        ["first", 2],
        ["second", 1],
        [null, 3],
      ]);
      expect(entries[3]).toEqual({
        ...{ occurredAt: 10, sequence: 2, position: 3, kind: "balance", transactionId: null },
        ...{ amount: null, reportedBalance: -3, currency: "CZK", reversedBy: null },
      });
      expect((await seen.entries("core/1", all, "balance")).length).toBe(1);
      const [, first, second] = entries as [EntryRow, EntryRow, EntryRow];
      expect(await seen.entries("core/1", { ...all, after: first }, "transaction")).toEqual([second]);
      expect(await seen.entries("core/1", { direction: "backward", limit: 1, before: second })).toEqual([first]);
    });

    test("marks a reversed entry, whether the reversal comes after, before or in the same commit", async () => {
      const reversal = (of: string) => fact(ada, "transaction-reversed", 50, { account: "core/1" }, { corrects: of });
      await arrive(
        paid(1, 10, {}, "early"),
        paid(2, 20, {}, "together"),
        reversal("together"),
        reversal("still to come"),
      );
      await arrive(reversal("early"), paid(3, 30, {}, "still to come"), reversal("early"));
      const entries = await look().entries("core/1", all);
      expect(entries.map(({ amount, reversedBy }) => [amount, reversedBy])).toEqual([
        [10, 5],
        [20, 3],
        [30, 4],
      ]);
      expect(await look().balanceAt("core/1", 99)).toBeNull();
    });

    test("counts a correction in place of what it corrects, whichever comes first", async () => {
      const corrected = (of: string, minorUnits: number) =>
        fact(ada, "transaction-posted", 3, { account: "core/1", ...credit(minorUnits) }, { corrects: of });
      await arrive(paid(1, 10, {}, "known"), corrected("not yet known", 25));
      await arrive(corrected("known", 15), paid(2, 20, {}, "not yet known"));
      const entries = await look().entries("core/1", all);
      expect(entries.map(({ amount, reversedBy }) => [amount, reversedBy])).toEqual([
        [10, 3],
        [20, 2],
        [25, null],
        [15, null],
      ]);
      expect(await look().balanceAt("core/1", 99)).toMatchObject({ minorUnits: 40 });
    });

    test("tells entries and balances as they were known at any position, as a read model that ended there would", async () => {
      const act = fc.record({
        ...{ at: fc.nat({ max: 5 }), amount: fc.nat({ max: 99 }), reports: fc.option(fc.nat({ max: 500 })) },
        ends: fc.option(fc.nat()),
        corrects: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 10 }), fc.nat({ max: 5 }), async (acts, at) => {
          const account = `core/${++names}`;
          const facts: TestFact[] = [];
          const seenBefore: {
            readonly known: number;
            readonly entries: EntryRow[];
            readonly balance: Balance | null;
          }[] = [];
          for (const { amount, reports, ends, corrects, ...occurred } of acts) {
            const posted = facts.filter(({ type }) => type === "transaction-posted");
            const ended = ends === null ? undefined : posted[ends % Math.max(1, posted.length)]?.name;
            const data = { account, ...credit(amount), ...(reports === null ? {} : { balanceAfter: czk(reports) }) };
            const next =
              ended !== undefined && !corrects
                ? fact(ada, "transaction-reversed", occurred.at, { account }, { corrects: ended })
                : fact(ada, "transaction-posted", occurred.at, data, ended === undefined ? {} : { corrects: ended });
            facts.push(next);
            await arrive(next);
            const seen = look();
            const [entries, balance] = [await seen.entries(account, all), await seen.balanceAt(account, at)];
            seenBefore.push({ known: seen.position, entries, balance });
          }
          const seen = look();
          for (const { known, entries, balance } of seenBefore) {
            expect(await seen.entries(account, all, undefined, known)).toEqual(entries);
            expect(await seen.balanceAt(account, at, known)).toEqual(balance);
          }
        }),
        { numRuns: 40 },
      );
    });

    test("keeps amounts exact up to the largest safe integer, and refuses a balance beyond it", async () => {
      const largest = Number.MAX_SAFE_INTEGER;
      await arrive(paid(1, largest), paid(2, 0, { direction: "debit", amount: czk(largest) }), paid(3, largest));
      expect(await look().balanceAt("core/1", 3)).toMatchObject({ minorUnits: largest });
      await arrive(paid(4, largest));
      expect((await look().entries("core/1", all)).map(({ amount }) => amount)).toEqual([
        largest,
        -largest,
        largest,
        largest,
      ]);
      expect(() => look().balanceAt("core/1", 4)).toThrow("too large to be exact");
    });

    test("tells any balance at any instant as adding it all up would", async () => {
      const day = fc.integer({ min: 0, max: 8 });
      const entry = fc.record({
        at: day,
        credit: fc.boolean(),
        amount: fc.nat({ max: 1000 }),
        reports: fc.option(fc.integer({ min: -500, max: 500 })),
        onlyReport: fc.boolean(),
        sequence: fc.nat({ max: 2 }),
        reversed: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 12 }), day, async (entries, at) => {
          const account = `core/${++names}`;
          const facts = entries.map(({ at, credit, amount, reports, onlyReport, sequence }) =>
            onlyReport
              ? fact(ada, "balance-reported", at, { account, balance: czk(reports ?? 0), sequence })
              : fact(ada, "transaction-posted", at, {
                  ...{ account, direction: credit ? "credit" : "debit", amount: czk(amount), sequence },
                  ...(reports === null ? {} : { balanceAfter: czk(reports) }),
                }),
          );
          const reversals = entries.flatMap(({ reversed, onlyReport }, index) =>
            reversed && !onlyReport
              ? [fact(ada, "transaction-reversed", 9, { account }, { corrects: facts[index]?.name as string })]
              : [],
          );
          await arrive(...facts, ...reversals);
          const seen = look();
          expect(await seen.balanceAt(account, at)).toEqual(addedUp(await seen.entries(account, all), at));
        }),
        { numRuns: 60 },
      );
    });

    test("knows who points at a customer or an account, and forgets the old target when it changes", async () => {
      const related = (occurredAt: number, data: TestFact["data"]) =>
        fact(bo, "relationship-established", occurredAt, { relationshipId: "r1", kind: "disponent", ...data });
      await arrive(
        related(1, { customer: adaId, account: "core/1" }),
        fact(bo, "relationship-established", 1, { relationshipId: "r0", kind: "spouse", customer: adaId }),
      );
      const seen = look();
      const incoming = await seen.incomingRelationships([boId, adaId]);
      expect(incoming.map(list => list.map(({ from, relationship }) => [from, relationship.relationshipId]))).toEqual([
        [],
        [
          [boId, "r0"],
          [boId, "r1"],
        ],
      ]);
      expect(await seen.accountParties(["core/1", "core/2"])).toMatchObject([
        [{ from: boId, relationship: { kind: "disponent", status: "active", account: "core/1" } }],
        [],
      ]);
      await arrive(related(2, { account: "core/2" }), fact(bo, "relationship-ended", 3, { relationshipId: "r1" }));
      expect(await look().accountParties(["core/1", "core/2"])).toMatchObject([
        [],
        [{ from: boId, relationship: { status: "ended", until: 3 } }],
      ]);
      expect((await look().incomingRelationships([adaId]))[0]?.length).toBe(1);
    });

    test("keeps what was quarantined, and how it was settled", async () => {
      const refused = (id: string, source: string) =>
        fact(
          `source-${source}`,
          "fact-quarantined",
          5,
          {
            ...{ quarantineId: id, factType: "call-recorded", form: "fact" },
            faults: [{ field: "data.channel", code: "required", message: "is missing" }],
          },
          { source },
        );
      const settled = (id: string, source: string) =>
        fact(`source-${source}`, "quarantine-settled", 6, {
          ...{ quarantineId: id, status: "accepted", acceptedEventId: null, note: "", changed: [] },
        });
      await arrive(refused("q1", "crm"), refused("q2", "cards"), refused("q3", "crm"), settled("q1", "crm"));
      const seen = look();
      expect(await seen.quarantined("q1")).toEqual({
        ...{ quarantineId: "q1", position: 1, source: "crm", factType: "call-recorded", recordedAt: 1_000_000 },
        faults: [{ field: "data.channel", code: "required", message: "is missing" }],
        ...{ status: "accepted", settledBy: 4 },
      });
      const ids = async (...query: Parameters<ReadSession["quarantine"]>) =>
        (await seen.quarantine(...query)).map(({ quarantineId }) => quarantineId);
      expect(await ids(all)).toEqual(["q1", "q2", "q3"]);
      expect(await ids(all, { status: "open" })).toEqual(["q2", "q3"]);
      expect(await ids({ direction: "backward", limit: 1 }, { source: "crm" })).toEqual(["q3"]);
      expect(await ids({ ...all, after: 1 }, { status: "open", source: "crm" })).toEqual(["q3"]);
      expect(await seen.quarantined("q9")).toBeNull();
    });

    test("shows one snapshot per session, however much is committed meanwhile", async () => {
      await arrive(paid(1, 10));
      const before = look();
      session = null;
      await arrive(paid(2, 20), fact(bo, "call-recorded", 3, {}));
      const after = look();
      expect([before.position, after.position]).toEqual([1, 3]);
      expect([await before.customerCount(), await after.customerCount()]).toEqual([1, 2]);
      expect((await before.customers([adaId]))[0]?.customer.eventCount).toBe(1);
      expect((await before.balanceAt("core/1", 9))?.minorUnits).toBe(10);
      expect((await after.balanceAt("core/1", 9))?.minorUnits).toBe(30);
      before.release();
      before.release();
    });

    test("tells what was touched since an earlier snapshot, and nothing else", async () => {
      await arrive(paid(1, 10), fact(bo, "call-recorded", 3, {}));
      const keys = {
        ada: customerKey(adaId),
        bo: customerKey(boId),
        nobody: customerKey(customerId("nobody")),
        identity: identityKey("core", "7"),
        claims: claimsKey("core/1"),
        ties: relationsKey(ada),
      };
      const touchedAfter = (snapshot: number) =>
        Object.keys(keys).filter(name => look().touchedAfter([keys[name as keyof typeof keys]], snapshot));
      const { snapshot: first, generation } = look();
      expect(touchedAfter(first)).toEqual([]);
      await arrive(paid(2, 20));
      expect(touchedAfter(first)).toEqual(["ada"]);
      const second = look();
      expect([second.snapshot > first, second.generation]).toEqual([true, generation]);
      expect(touchedAfter(second.snapshot)).toEqual([]);
      await arrive(fact(bo, "identity-linked", 1, { system: "core", id: "7" }));
      await arrive(fact(bo, "account-opened", 1, { account: "core/1" }));
      await arrive(
        fact(bo, "relationship-established", 1, { relationshipId: "r", kind: "spouse", customer: adaId }),
        fact(customerStream(customerId("nobody")), "call-recorded", 3, {}),
      );
      expect(touchedAfter(first)).toEqual(Object.keys(keys));
      expect(touchedAfter(second.snapshot)).toEqual(["bo", "nobody", "identity", "claims", "ties"]);
      expect(look().touchedAfter([keys.ada, keys.bo], second.snapshot)).toBe(true);
    });

    test("takes everything for touched by a commit of very many customers, and until the first look", async () => {
      await arrive(paid(1, 10));
      const before = look().snapshot;
      expect(look().touchedAfter([customerKey(adaId)], before - 1)).toBe(true);
      const crowd = Array.from({ length: 300 }, (_, number) => customerStream(customerId(`one of many ${number}`)));
      await arrive(...crowd.map(stream => fact(stream, "call-recorded", 3, {})));
      expect(look().touchedAfter([customerKey(adaId)], before)).toBe(true);
      expect(look().touchedAfter([customerKey(adaId)], look().snapshot)).toBe(false);
    });

    test("knows when an account's next entry occurs", async () => {
      await arrive(paid(10, 5), paid(20, 5), paid(20, 7));
      const seen = look();
      const next = (after: number) => seen.nextEntryAt("core/1", after);
      expect(await Promise.all([next(-5), next(9), next(10), next(19), next(20)])).toEqual([10, 10, 20, 20, null]);
      expect(await seen.nextEntryAt("core/2", 0)).toBeNull();
    });

    test("refuses to read in a session that was released", async () => {
      await arrive(paid(1, 10));
      const seen = opened.readModels.open();
      seen.release();
      expect(() => seen.customerCount()).toThrow("released");
    });

    test("wakes who waits for a position, and tells who waited too long", async () => {
      const waiting = opened.readModels.waitFor(1, 20_000);
      expect(await opened.readModels.waitFor(1, 1)).toBe(false);
      await arrive(paid(1, 10));
      expect(await waiting).toBe(true);
      expect(await opened.readModels.waitFor(1, 0)).toBe(true);
      expect(look().position).toBe(1);
    });
  });
}

/** The meaning of a balance, spelled out: what stands, added up from the last report on. */
function addedUp(entries: readonly EntryRow[], at: number): Balance | null {
  const standing = entries.filter(entry => entry.occurredAt <= at && entry.reversedBy === null);
  const last = standing.at(-1);
  if (last === undefined) return null;
  const from = standing.findLastIndex(entry => entry.reportedBalance !== null);
  const followed = standing.slice(from + 1).reduce((sum, entry) => sum + (entry.amount ?? 0), 0);
  return {
    minorUnits: (standing[from]?.reportedBalance ?? 0) + followed,
    currency: "CZK",
    asOf: last.occurredAt,
    position: last.position,
    computed: last !== standing[from],
  };
}
