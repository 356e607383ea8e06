import { afterAll, beforeAll, expect, test } from "vitest";
import type { ImportSummary } from "../../src/intake/files/importSummary.ts";
import { answersDigest } from "./support/answersDigest.ts";
import { askBerkaFigures, type BerkaQuestions } from "./support/askBerkaFigures.ts";
import { askBalanceHistories } from "./support/askMovements.ts";
import { askReach } from "./support/askReach.ts";
import { askRelationships } from "./support/askRelationships.ts";
import type { BerkaFigures, PublishedBerka } from "./support/berkaFigures.ts";
import { describeOnData, publicData, publishedFigures } from "./support/publicData.ts";
import { type RunningBank, startBank } from "./support/runningBank.ts";
import { readTable } from "./support/tables.ts";
import { tiesOfRows } from "./support/tiesOfRows.ts";

describeOnData(["berka"], "the Berka bank, imported and asked through GraphQL", () => {
  const folder = publicData("berka");
  const published = publishedFigures<PublishedBerka>("berka");
  const questions: BerkaQuestions = {
    asOf: published.as_of,
    months: Object.keys(published.by_month),
    examples: Object.fromEntries(
      Object.entries(published.balance_examples).map(([account, days]) => [account, Object.keys(days)]),
    ),
  };
  let bank: RunningBank;
  let summary: ImportSummary;
  let figures: BerkaFigures;

  beforeAll(async () => {
    bank = await startBank();
    summary = await bank.importExtract("berka", [folder]);
    figures = await askBerkaFigures(bank.ask, questions);
  });
  afterAll(() => bank?.close());

  test("every row of every file was accepted and is there as what it became", () => {
    const rows = Object.values(published.rows).reduce((sum, count) => sum + count, 0);
    expect(summary).toMatchObject({ read: rows, accepted: rows, duplicate: 0, quarantined: 0, stopped: null });
    expect(figures.rows).toEqual(published.rows);
  });

  test("cards, accounts and loans have their published counts and principals", () => {
    expect(figures.card_by_type).toEqual(published.card_by_type);
    expect(figures.account_by_frequency).toEqual(published.account_by_frequency);
    expect(figures.accounts_opened_by_as_of).toBe(published.accounts_opened_by_as_of);
    expect(figures.loan_by_status).toEqual(published.loan_by_status);
  });

  test("standing orders add up exactly, in all and by purpose", () => {
    expect(figures.order_sum).toBe(published.order_sum);
    expect(figures.order_by_k_symbol).toEqual(published.order_by_k_symbol);
  });

  test("transactions add up exactly by type, operation and purpose", () => {
    expect(figures.trans_by_type).toEqual(published.trans_by_type);
    expect(figures.trans_by_operation).toEqual(published.trans_by_operation);
    expect(figures.trans_by_k_symbol).toEqual(published.trans_by_k_symbol);
  });

  test("each account's reported balance follows from the one before and the amount, in the order of the API", () => {
    expect(figures.balance_chain).toEqual(published.balance_chain);
  });

  test.each(questions.months)("credits, debits, open accounts and the closing balance of %s are exact", month => {
    expect(figures.by_month[month]).toEqual(published.by_month[month]);
  });

  test("balances of single accounts on single days are the published ones, and null before the first entry", () => {
    expect(figures.balance_examples).toEqual(published.balance_examples);
  });

  test("the accounts that were ever below zero are the published ones", () => {
    const { n, ids } = published.accounts_ever_negative;
    expect(figures.accounts_ever_negative).toEqual({ n, ids: ids.map(String).sort() });
  });

  test("at the end of every instant of its history an account stands where its last report says", async () => {
    const histories = await askBalanceHistories(bank.ask);
    const lastOfInstant = histories.flatMap(({ entries }) =>
      entries.filter(({ occurredAt }, index) => occurredAt !== entries[index + 1]?.occurredAt),
    );
    expect(lastOfInstant.length).toBeGreaterThan(10_000);
    expect(
      lastOfInstant.filter(({ reportedBalance, balance }) => reportedBalance?.amount !== balance.money.amount),
    ).toEqual([]);
    expect(lastOfInstant.filter(({ balance }) => balance.computed)).toEqual([]);
  });

  test("owners and disponents are told alike from the customers at both ends and from the account", async () => {
    const { outgoing, incoming, parties } = await askRelationships(bank.ask);
    expect(figures.disp_by_type).toEqual(published.disp_by_type);
    expect(outgoing).toEqual(tiesOfRows(readTable(folder, "disp")));
    expect(parties).toEqual(outgoing);
    expect(incoming).toEqual(outgoing.filter(({ to }) => to !== null));
    expect(incoming).toHaveLength(published.disp_by_type.DISPONENT!);
  });

  test("importing the same files again adds nothing and says so", async () => {
    const before = { reach: await askReach(bank.ask), answers: await answersDigest(bank.ask) };
    const again = await bank.importExtract("berka", [folder]);
    expect(again).toMatchObject({
      read: summary.accepted,
      accepted: 0,
      duplicate: summary.accepted,
      quarantined: 0,
      firstPosition: null,
      lastPosition: null,
      rows: summary.rows,
      stopped: null,
    });
    expect({ reach: await askReach(bank.ask), answers: await answersDigest(bank.ask) }).toEqual(before);
  });

  test("the read models match a replay of the whole log, and a rebuild answers everything as before", async () => {
    const { head } = await askReach(bank.ask);
    expect(await bank.verify()).toEqual({ state: "DONE", error: null, processed: head, matches: true, findings: [] });
    const [answers, generation] = [await answersDigest(bank.ask), bank.generation()];
    expect(await bank.rebuild()).toEqual({ state: "DONE", error: null, processed: head });
    expect(bank.generation()).toBeGreaterThan(generation!);
    expect(await answersDigest(bank.ask)).toBe(answers);
    expect(await askBerkaFigures(bank.ask, questions)).toEqual(figures);
  });
});
