import type { BerkaQuestions } from "./askBerkaFigures.ts";
import { type BerkaFigures, balanceChain } from "./berkaFigures.ts";
import { countsBy, decimalText, groupBy, hundredths, sumOf, sumsBy } from "./exactSums.ts";
import { lastDayOf } from "./localDays.ts";
import { type Row, readTable, type Table } from "./tables.ts";

export const berkaTables = ["account", "client", "disp", "card", "loan", "order", "trans"] as const;
export type BerkaTables = Readonly<Record<(typeof berkaTables)[number], Table>>;

export const readBerkaTables = (folder: string): BerkaTables =>
  Object.fromEntries(berkaTables.map(name => [name, readTable(folder, name)])) as BerkaTables;

/** The same figures computed from the rows alone, by calendar day and day_seq, without any part of the product. */
export function berkaFiguresOfRows(tables: BerkaTables, { asOf, months, examples }: BerkaQuestions): BerkaFigures {
  const { account, disp, card, loan, order, trans } = tables;
  const ledgers = ledgersOf(trans);
  const balanceOn = (id: string, day: string) => ledgers.get(id)?.findLast(({ date }) => date <= day)?.balance ?? null;
  const openOn = (day: string) => account.filter(({ date }) => date! <= day).length;
  const negative = [...ledgers].filter(([, entries]) =>
    entries.some(({ reported }) => reported !== null && reported < 0n),
  );
  const amount = (row: Row) => row.amount!;
  return {
    rows: Object.fromEntries(berkaTables.map(name => [name, tables[name].length])) as BerkaFigures["rows"],
    disp_by_type: countsBy(disp, ({ type }) => type!),
    card_by_type: countsBy(card, ({ type }) => type!),
    account_by_frequency: countsBy(account, ({ frequency }) => frequency!),
    loan_by_status: Object.fromEntries(
      [...groupBy(loan, ({ status }) => status!)].map(([status, rows]) => [
        status,
        { n: rows.length, amount: Number(sumOf(rows.map(amount))) },
      ]),
    ),
    order_sum: sumOf(order.map(amount)),
    order_by_k_symbol: sumsBy(order, row => row.k_symbol!, amount),
    trans_by_type: sumsBy(trans, row => row.type!, amount),
    trans_by_operation: sumsBy(trans, row => row.operation || "(blank)", amount),
    trans_by_k_symbol: sumsBy(trans, row => row.k_symbol || "(blank)", amount),
    balance_chain: balanceChain(ledgers.values()),
    by_month: Object.fromEntries(
      months.map(month => {
        const inMonth = trans.filter(({ date }) => date!.startsWith(month));
        const closing = account.map(row => balanceOn(row.account_id!, lastDayOf(month)) ?? 0n);
        return [
          month,
          {
            n: inMonth.length,
            credit: sumOf(inMonth.filter(({ type }) => type === "PRIJEM").map(amount)),
            debit: sumOf(inMonth.filter(({ type }) => type !== "PRIJEM").map(amount)),
            accounts_open: openOn(lastDayOf(month)),
            closing_balance_total: decimalText(closing.reduce((sum, balance) => sum + balance, 0n)),
          },
        ];
      }),
    ),
    accounts_opened_by_as_of: openOn(asOf),
    balance_examples: Object.fromEntries(
      Object.entries(examples).map(([id, days]) => [
        id,
        Object.fromEntries(
          days.map(day => {
            const balance = balanceOn(id, day);
            return [day, balance === null ? null : decimalText(balance)];
          }),
        ),
      ]),
    ),
    accounts_ever_negative: { n: negative.length, ids: negative.map(([id]) => id).sort() },
  };
}

type Entry = {
  readonly date: string;
  readonly change: bigint;
  readonly reported: bigint | null;
  /** As reported, or else what was there before plus the change. */
  readonly balance: bigint;
};

function ledgersOf(trans: Table): Map<string, Entry[]> {
  const ordered = trans.toSorted((a, b) =>
    a.date === b.date ? Number(a.day_seq) - Number(b.day_seq) : a.date! < b.date! ? -1 : 1,
  );
  const ledgers = new Map<string, Entry[]>();
  for (const { account_id, date, type, amount, balance } of ordered) {
    const entries = ledgers.get(account_id!) ?? [];
    const change = type === "PRIJEM" ? hundredths(amount!) : -hundredths(amount!);
    const reported = balance === "" ? null : hundredths(balance!);
    const before = entries.at(-1)?.balance ?? 0n;
    entries.push({ date: date!, change, reported, balance: reported ?? before + change });
    ledgers.set(account_id!, entries);
  }
  return ledgers;
}
