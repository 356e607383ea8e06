import { type Ask, allNodes, type Page, type WholeList, whole } from "./graphqlClient.ts";

/** A tie told from one of its ends; customers by their ids in the core system, accounts by theirs. */
export type Tie = {
  readonly relationshipId: string;
  readonly kind: string;
  /** Who is it, to whom (null for a tie to an account only), on which account. */
  readonly from: string;
  readonly to: string | null;
  readonly account: string | null;
};

/** The same ties, told from three sides. */
export type Ties = {
  /** By the customer who is it. */
  readonly outgoing: readonly Tie[];
  /** By the customer to whom somebody is it. */
  readonly incoming: readonly Tie[];
  /** By the account, as its parties. */
  readonly parties: readonly Tie[];
};

type Identities = { readonly identities: WholeList<{ readonly id: string }> };
type Relationship = {
  readonly relationshipId: string;
  readonly kind: string;
  readonly direction: "INCOMING" | "OUTGOING";
  readonly customer: Identities | null;
  readonly account: { readonly accountId: string } | null;
};
type Party = { readonly relationshipId: string; readonly kind: string; readonly customer: Identities };
type Customer = Identities & {
  readonly relationships: WholeList<Relationship>;
  readonly accounts: WholeList<{
    readonly accountId: string;
    readonly holder: Identities;
    readonly parties: WholeList<Party>;
  }>;
};

const query = /* GraphQL */ `
  query Ties($after: Cursor) {
    customers(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        ...Identities
        relationships(first: 10) {
          totalCount
          nodes { relationshipId kind direction customer { ...Identities } account { accountId } }
        }
        accounts(first: 2) {
          totalCount
          nodes {
            accountId
            holder { ...Identities }
            parties(first: 10) { totalCount nodes { relationshipId kind customer { ...Identities } } }
          }
        }
      }
    }
  }
  fragment Identities on Customer { identities(first: 1) { totalCount nodes { id } } }
`;

const clientId = ({ identities }: Identities): string => whole(identities)[0]!.id;

/** Every relationship of every customer and every party of every account, through GraphQL. */
export async function askRelationships(ask: Ask): Promise<Ties> {
  const customers = await allNodes(ask, query, (data: { customers: Page<Customer> }) => data.customers);
  const told = customers.flatMap(customer =>
    whole(customer.relationships).map(({ relationshipId, kind, direction, customer: other, account }) => {
      const ends = { self: clientId(customer), other: other && clientId(other) };
      const tie = { relationshipId, kind, account: account?.accountId ?? null };
      return direction === "OUTGOING"
        ? { direction, tie: { ...tie, from: ends.self, to: ends.other } }
        : { direction, tie: { ...tie, from: ends.other ?? "nobody", to: ends.self } };
    }),
  );
  const parties = customers
    .flatMap(({ accounts }) => whole(accounts))
    .flatMap(({ accountId, holder, parties }) =>
      whole(parties).map(({ relationshipId, kind, customer }) => {
        const [from, owner] = [clientId(customer), clientId(holder)];
        return { relationshipId, kind, from, to: from === owner ? null : owner, account: accountId };
      }),
    );
  const byId = (a: Tie, b: Tie) => (a.relationshipId < b.relationshipId ? -1 : 1);
  return {
    outgoing: told.flatMap(({ direction, tie }) => (direction === "OUTGOING" ? [tie] : [])).sort(byId),
    incoming: told.flatMap(({ direction, tie }) => (direction === "INCOMING" ? [tie] : [])).sort(byId),
    parties: parties.sort(byId),
  };
}
