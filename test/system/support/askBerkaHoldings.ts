import { type Ask, allNodes, type Page, type WholeList, whole } from "./graphqlClient.ts";

/** One customer with all that hangs on them but their money's movements. */
export type BerkaCustomer = {
  readonly accounts: readonly Account[];
  readonly cards: readonly { readonly product: string }[];
  readonly loans: readonly Loan[];
  readonly standingOrders: readonly StandingOrder[];
};

type Account = { readonly openedAt: string; readonly details: { readonly frequency: string } };

type Loan = {
  readonly details: { readonly status: string };
  readonly principal: { readonly amount: string };
};

type StandingOrder = {
  readonly details: { readonly k_symbol?: string };
  readonly amount: { readonly amount: string };
};

const query = /* GraphQL */ `
  query Holdings($after: Cursor) {
    customers(first: 100, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        accounts(first: 5) { totalCount nodes { openedAt details } }
        cards(first: 5) { totalCount nodes { product } }
        loans(first: 5) { totalCount nodes { details principal { amount } } }
        standingOrders(first: 20) { totalCount nodes { details amount { amount } } }
      }
    }
  }
`;

type Node = { readonly [List in keyof BerkaCustomer]: WholeList<BerkaCustomer[List][number]> };

/** Every customer of the bank with their accounts, cards, loans and standing orders, through GraphQL. */
export async function askBerkaHoldings(ask: Ask): Promise<readonly BerkaCustomer[]> {
  const nodes = await allNodes(ask, query, ({ customers }: { customers: Page<Node> }) => customers);
  return nodes.map(({ accounts, cards, loans, standingOrders }) => ({
    accounts: whole(accounts),
    cards: whole(cards),
    loans: whole(loans),
    standingOrders: whole(standingOrders),
  }));
}
