import { type Ask, allNodes, type Page, type WholeList, whole } from "./graphqlClient.ts";

/** A transaction as the API tells it. */
export type Movement = {
  readonly occurredAt: string;
  readonly amount: { readonly amount: string; readonly currency: string };
  readonly balanceAfter: { readonly amount: string } | null;
  readonly reversed: boolean;
  readonly details: {
    readonly direction: string;
    readonly details: { readonly type: string; readonly operation?: string; readonly k_symbol?: string };
  };
};

/** A point of an account's balance history as the API tells it. */
export type HistoryPoint = {
  readonly kind: string;
  readonly occurredAt: string;
  readonly change: { readonly amount: string };
  readonly reportedBalance: { readonly amount: string } | null;
  readonly balance: { readonly money: { readonly amount: string }; readonly computed: boolean };
};

/** The whole list of one account. */
export type AccountList<Entry> = { readonly accountId: string; readonly entries: readonly Entry[] };

const movement = "occurredAt amount { amount currency } balanceAfter { amount } reversed details { direction details }";
const point = "kind occurredAt change { amount } reportedBalance { amount } balance { computed money { amount } }";

/** Every transaction of every account, in the API's order. */
export const askMovements = (ask: Ask): Promise<readonly AccountList<Movement>[]> =>
  askAccountLists<Movement>(ask, "transactions", movement);

/** The balance history of every account, in the API's order. */
export const askBalanceHistories = (ask: Ask): Promise<readonly AccountList<HistoryPoint>[]> =>
  askAccountLists<HistoryPoint>(ask, "balanceHistory", point);

type Account<Entry> = { readonly id: string; readonly accountId: string; readonly entries: Page<Entry> };
type Customer<Entry> = { readonly accounts: WholeList<Account<Entry>> };

/** First pages come with their customers; the few accounts that have more are asked one by one. */
async function askAccountLists<Entry>(ask: Ask, list: string, fields: string): Promise<readonly AccountList<Entry>[]> {
  const page = `pageInfo { hasNextPage endCursor } nodes { ${fields} }`;
  const customers = await allNodes(
    ask,
    `query FirstPages($after: Cursor) {
      customers(first: 30, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { accounts(first: 1) { totalCount nodes { id accountId entries: ${list}(first: 100) { ${page} } } } }
      }
    }`,
    (data: { customers: Page<Customer<Entry>> }) => data.customers,
  );
  const lists: AccountList<Entry>[] = [];
  for (const { id, accountId, entries } of customers.flatMap(({ accounts }) => whole(accounts))) {
    const rest = entries.pageInfo.hasNextPage
      ? await allNodes(
          ask,
          `query Rest($id: ID!, $after: Cursor) {
            node(id: $id) { ... on Account { entries: ${list}(first: 100, after: $after) { ${page} } } }
          }`,
          (data: { node: Account<Entry> }) => data.node.entries,
          { id, after: entries.pageInfo.endCursor },
        )
      : [];
    lists.push({ accountId, entries: [...entries.nodes, ...rest] });
  }
  return lists;
}
