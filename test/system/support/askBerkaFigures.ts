import { askBalances } from "./askBalances.ts";
import { askBerkaHoldings } from "./askBerkaHoldings.ts";
import { askBalanceHistories, askMovements, type Movement } from "./askMovements.ts";
import { askRelationships } from "./askRelationships.ts";
import { type BerkaFigures, balanceChain, type MonthFigures } from "./berkaFigures.ts";
import { countsBy, groupBy, hundredths, sumOf, sumsBy } from "./exactSums.ts";
import type { Ask } from "./graphqlClient.ts";
import { lastDayOf, localDays } from "./localDays.ts";

/** For which months and days balances are asked. */
export type BerkaQuestions = {
  readonly asOf: string;
  readonly months: readonly string[];
  /** Days by account id. */
  readonly examples: Readonly<Record<string, readonly string[]>>;
};

const { dayOf, endOfDay } = localDays("Europe/Prague");
const size = ({ amount }: Movement): string => amount.amount.replace("-", "");

/** The figures of the bank as GraphQL answers them: nothing here looks at a file. */
export async function askBerkaFigures(ask: Ask, { asOf, months, examples }: BerkaQuestions): Promise<BerkaFigures> {
  const customers = await askBerkaHoldings(ask);
  const accounts = customers.flatMap(customer => customer.accounts);
  const loans = customers.flatMap(customer => customer.loans);
  const orders = customers.flatMap(customer => customer.standingOrders);
  const cards = customers.flatMap(customer => customer.cards);
  const { outgoing } = await askRelationships(ask);
  const ledgers = await askMovements(ask);
  const movements = ledgers.flatMap(({ entries }) => entries);
  const histories = await askBalanceHistories(ask);
  const exampleDays = [...new Set(Object.values(examples).flat())].sort();
  const days = [...months.map(lastDayOf), ...exampleDays];
  const balances = await askBalances(ask, days.map(endOfDay));

  const byDay = (day: string) => balances.map(({ balances }) => balances[days.indexOf(day)] ?? null);
  const openOn = (day: string) => accounts.filter(({ openedAt }) => dayOf(openedAt) <= day).length;
  const movementsOf = groupBy(movements, ({ occurredAt }) => dayOf(occurredAt).slice(0, 7));
  const sumOfDirection = (of: readonly Movement[], direction: string) =>
    sumOf(of.filter(({ details }) => details.direction === direction).map(size));
  const month = (name: string): MonthFigures => {
    const inMonth = movementsOf.get(name) ?? [];
    return {
      n: inMonth.length,
      credit: sumOfDirection(inMonth, "CREDIT"),
      debit: sumOfDirection(inMonth, "DEBIT"),
      accounts_open: openOn(lastDayOf(name)),
      closing_balance_total: sumOf(byDay(lastDayOf(name)).filter(balance => balance !== null)),
    };
  };
  const negative = histories
    .filter(({ entries }) => entries.some(({ reportedBalance }) => reportedBalance?.amount.startsWith("-")))
    .map(({ accountId }) => accountId);

  return {
    rows: {
      account: accounts.length,
      client: customers.length,
      disp: outgoing.length,
      card: cards.length,
      loan: loans.length,
      order: orders.length,
      trans: movements.length,
    },
    disp_by_type: countsBy(outgoing, ({ kind }) => kind.toUpperCase()),
    card_by_type: countsBy(cards, ({ product }) => product),
    account_by_frequency: countsBy(accounts, ({ details }) => details.frequency),
    loan_by_status: Object.fromEntries(
      [...groupBy(loans, ({ details }) => details.status)].map(([status, group]) => [
        status,
        { n: group.length, amount: Number(sumOf(group.map(({ principal }) => principal.amount))) },
      ]),
    ),
    order_sum: sumOf(orders.map(({ amount }) => amount.amount)),
    order_by_k_symbol: sumsBy(
      orders,
      ({ details }) => details.k_symbol ?? "",
      ({ amount }) => amount.amount,
    ),
    trans_by_type: sumsBy(movements, ({ details }) => details.details.type, size),
    trans_by_operation: sumsBy(movements, ({ details }) => details.details.operation ?? "(blank)", size),
    trans_by_k_symbol: sumsBy(movements, ({ details }) => details.details.k_symbol ?? "(blank)", size),
    balance_chain: balanceChain(
      ledgers.map(({ entries }) =>
        entries.map(({ amount, balanceAfter }) => ({
          change: hundredths(amount.amount),
          reported: balanceAfter && hundredths(balanceAfter.amount),
        })),
      ),
    ),
    by_month: Object.fromEntries(months.map(name => [name, month(name)])),
    accounts_opened_by_as_of: openOn(asOf),
    balance_examples: Object.fromEntries(
      Object.entries(examples).map(([id, wanted]) => {
        const account = balances.find(({ accountId }) => accountId === id);
        return [id, Object.fromEntries(wanted.map(day => [day, account?.balances[days.indexOf(day)] ?? null]))];
      }),
    ),
    accounts_ever_negative: { n: negative.length, ids: negative.sort() },
  };
}
