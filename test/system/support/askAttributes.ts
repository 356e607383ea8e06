import { type Ask, allNodes, type Page, type WholeList, whole } from "./graphqlClient.ts";

/** What is known of one customer: attribute name → value and the fact it comes from. */
export type KnownCustomer = {
  /** The id in the system asked for; any other identity comes with its system's name. */
  readonly clientId: string;
  readonly registeredAt: string | null;
  readonly attributes: Readonly<Record<string, KnownValue>>;
};

export type KnownValue = {
  readonly value: string;
  readonly source: string;
  readonly occurredAt: string;
  readonly type: string;
  readonly sourceEventId: string;
};

type Attribute = {
  readonly name: string;
  readonly value: string;
  readonly provenance: {
    readonly source: string;
    readonly occurredAt: string;
    readonly event: { readonly type: string; readonly sourceEventId: string };
  };
};
type Customer = {
  readonly registeredAt: string | null;
  readonly identities: WholeList<{ readonly system: string; readonly id: string }>;
  readonly attributes: WholeList<Attribute>;
};

const query = /* GraphQL */ `
  query Attributes($after: Cursor) {
    customers(first: 100, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        registeredAt
        identities(first: 5) { totalCount nodes { system id } }
        attributes(first: 30) {
          totalCount
          nodes { name value provenance { source occurredAt event { type sourceEventId } } }
        }
      }
    }
  }
`;

/** Every customer's attributes with their provenance, through GraphQL. */
export async function askAttributes(ask: Ask, system: string): Promise<readonly KnownCustomer[]> {
  const customers = await allNodes(ask, query, (data: { customers: Page<Customer> }) => data.customers);
  return customers.map(({ registeredAt, identities, attributes }) => {
    return {
      clientId: whole(identities)
        .map(identity => (identity.system === system ? identity.id : `${identity.system}/${identity.id}`))
        .join(" and "),
      registeredAt,
      attributes: Object.fromEntries(
        whole(attributes).map(({ name, value, provenance: { source, occurredAt, event } }) => [
          name,
          { value, source, occurredAt, ...event },
        ]),
      ),
    };
  });
}
