import { type Ask, allNodes, type Page, type WholeList, whole } from "./graphqlClient.ts";

/** The balances of one account at the ends of some instants, in the order asked for; null before the first entry. */
export type AccountBalances = { readonly accountId: string; readonly balances: readonly (string | null)[] };

type Account = { readonly accountId: string } & Readonly<Record<string, { money: { amount: string } } | null | string>>;
type Customer = { readonly accounts: WholeList<Account> };

/** Every account's balance at each of these instants (RFC 3339), through `balanceAt`. */
export async function askBalances(ask: Ask, instants: readonly string[]): Promise<readonly AccountBalances[]> {
  const aliases = instants.map((at, index) => `at${index}: balanceAt(at: ${JSON.stringify(at)}) { money { amount } }`);
  const customers = await allNodes(
    ask,
    `query Balances($after: Cursor) {
      customers(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { accounts(first: 2) { totalCount nodes { accountId ${aliases.join(" ")} } } }
      }
    }`,
    (data: { customers: Page<Customer> }) => data.customers,
  );
  return customers
    .flatMap(({ accounts }) => whole(accounts))
    .map(account => ({
      accountId: account.accountId,
      balances: instants.map((_, index) => {
        const balance = account[`at${index}`];
        return typeof balance === "object" && balance !== null ? balance.money.amount : null;
      }),
    }));
}
