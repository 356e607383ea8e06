import { type Ask, allNodes, type Page, type WholeList, whole } from "./graphqlClient.ts";

/** One customer with all that hangs on them but their money's movements. */
export type BerkaCustomer = {
  readonly customerId: string;
  readonly registeredAt: string | null;
  readonly clientIds: readonly string[];
  readonly accounts: readonly BerkaAccount[];
  readonly cards: readonly { readonly product: string; readonly accountRef: string }[];
  readonly loans: readonly Loan[];
  readonly standingOrders: readonly StandingOrder[];
};

export type BerkaAccount = {
  readonly accountId: string;
  readonly currency: string;
  readonly openedAt: string;
  readonly details: { readonly frequency: string };
  readonly holder: { readonly customerId: string };
};

type Loan = {
  readonly details: { readonly status: string };
  readonly status: string;
  readonly principal: { readonly amount: string };
  readonly accountRef: string;
};

type StandingOrder = {
  readonly details: { readonly k_symbol?: string };
  readonly amount: { readonly amount: string };
  readonly frequency: string;
};

const query = /* GraphQL */ `
  query Holdings($after: Cursor) {
    customers(first: 100, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        customerId
        registeredAt
        identities(first: 5) { totalCount nodes { system id } }
        accounts(first: 5) { totalCount nodes { accountId currency openedAt details holder { customerId } } }
        cards(first: 5) { totalCount nodes { product accountRef } }
        loans(first: 5) { totalCount nodes { status details accountRef principal { amount } } }
        standingOrders(first: 20) { totalCount nodes { details frequency amount { amount } } }
      }
    }
  }
`;

type Node = {
  readonly [Field in "accounts" | "cards" | "loans" | "standingOrders"]: WholeList<BerkaCustomer[Field][number]>;
} & {
  readonly customerId: string;
  readonly registeredAt: string | null;
  readonly identities: WholeList<{ readonly system: string; readonly id: string }>;
};

/** Every customer of the bank with their accounts, cards, loans and standing orders, through GraphQL. */
export async function askBerkaHoldings(ask: Ask): Promise<readonly BerkaCustomer[]> {
  const nodes = await allNodes(ask, query, ({ customers }: { customers: Page<Node> }) => customers);
  return nodes.map(({ customerId, registeredAt, identities, accounts, cards, loans, standingOrders }) => ({
    customerId,
    registeredAt,
    clientIds: whole(identities).map(({ system, id }) => (system === "berka" ? id : `${system}/${id}`)),
    accounts: whole(accounts),
    cards: whole(cards),
    loans: whole(loans),
    standingOrders: whole(standingOrders),
  }));
}
